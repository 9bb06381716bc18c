import json
from pathlib import Path

import pytest

from emulator.lab.cli import main

SHIPMENTS = Path(__file__).parent.parent.parent / "data" / "shipments"
MAIN_JOB = "commissioning/join_every_device"
FILES = ["han.pcapng", "junit.xml", "report.html", "report.json", "trace.jsonl", "zigbee_pc_keys"]


def status(*words: object) -> object:
    with pytest.raises(SystemExit) as end:
        main(["run", *map(str, words)])
    return end.value.code


@pytest.mark.parametrize("shipment", ["dual-fuel.csv", "electricity-only-short-codes.csv"])
def test_every_joining_device_of_a_good_shipment_agrees_its_own_key(
    shipment: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"

    assert status(MAIN_JOB, "--devices", SHIPMENTS / shipment, "--out", out, "--json") == 0

    document = json.loads(capsys.readouterr().out)
    keys = {row["link_key"] for row in document["devices"] if row["type"] not in ("CHF", "GPF")}
    assert keys == {"cbke"}
    assert sorted(path.name for path in out.iterdir()) == FILES


def test_shipment_without_a_hub_runs_with_the_benchs_own_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shipment = SHIPMENTS / "one-meter.csv"

    assert status(MAIN_JOB, "--devices", shipment, "--out", tmp_path / "out") == 0

    assert f"note: {shipment}: no hub: the bench supplies its own" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("file", "lines"),
    [
        (
            "bad-crc.csv",
            (
                (
                    ":4: column install_code: 83FED3407A939723A5C639B26916D505C3B6: "
                    "CRC C3B6, expected C3B5"
                ),
            ),
        ),
        (
            "duplicate-eui64.csv",
            (
                (
                    ":5: column eui64: 00-DB-12-34-56-78-90-A0: "
                    "expected an EUI-64 of its own, line 4 has the same"
                ),
            ),
        ),
        (
            "two-hubs.csv",
            (
                ":10: column device_type: CHF: expected one hub, line 2 has its CHF",
                ":11: column device_type: GPF: expected one hub, line 3 has its GPF",
            ),
        ),
        ("absent.csv", (": No such file or directory: expected a shipment file (CSV)",)),
    ],
)
def test_bad_shipment_is_told_line_by_line_and_nothing_is_written(
    file: str, lines: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = SHIPMENTS / file

    assert status(MAIN_JOB, "--devices", path, "--out", tmp_path / "out") == 2

    told = capsys.readouterr()
    assert told.err.splitlines() == [f"{path}{line}" for line in lines]
    assert told.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"\xff" * 100])
def test_empty_and_binary_files_are_told_in_one_line(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "shipment.csv"
    path.write_bytes(content)

    assert status(MAIN_JOB, "--devices", path, "--out", tmp_path / "out") == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{path}:1: ")
    assert [each.name for each in tmp_path.iterdir()] == ["shipment.csv"]


def test_device_that_holds_another_code_than_its_papers_say_fails_an_ordinary_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = "00-DB-12-34-56-78-90-A0.install_code=83FED3407A932B70"
    shipment = SHIPMENTS / "one-meter.csv"

    code = status(
        MAIN_JOB, "--devices", shipment, "--set", other, "--out", tmp_path / "out", "--json"
    )

    document = json.loads(capsys.readouterr().out)
    assert code == 1
    assert document["verdict"] == "fail"
    assert list(document["settings"]) == ["00-DB-12-34-56-78-90-A0.install_code"]
