import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from emulator.gbcs.pki import make_pki
from emulator.kernel.identity import Eui64
from emulator.lab.cli import main

METER = "00-DB-12-34-56-78-90-A0"
FILES = make_pki(7, (Eui64(0x00DB1234567890A0),)).files()


def status(*words: object) -> object:
    with pytest.raises(SystemExit) as end:
        main(["pki", *map(str, words)])
    return end.value.code


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_made_folder_holds_the_pki_of_the_seed(tmp_path: Path) -> None:
    out = tmp_path / "keys"

    assert status("make", "--seed", 7, "--eui64", METER, "--out", out) == 0

    assert contents(out) == FILES
    assert (out / "00db1234567890a0-ds.key").stat().st_mode & 0o777 == 0o600


def test_folder_is_made_again_in_its_own_place(tmp_path: Path) -> None:
    words = ("make", "--seed", 7, "--eui64", METER, "--out", tmp_path / "keys")

    assert (status(*words), status(*words)) == (0, 0)


def test_folder_of_somebody_else_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    assert status("make", "--out", tmp_path) == 2

    assert contents(tmp_path) == {"mine.txt": b"mine"}
    assert "holds mine.txt already" in capsys.readouterr().err


def test_folder_that_cannot_be_written_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert status("make", "--out", tmp_path / "file" / "keys") == 3


def test_rows_say_whose_keys_there_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, octets in FILES.items():
        (tmp_path / name).write_bytes(octets)

    assert status("show", tmp_path, "--json") == 0

    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 15
    assert rows[0] == {
        "eui64": METER,
        "role": "device",
        "use": "ds",
        "private_key": True,
        "not_before": "2015-01-01T00:00:00+00:00",
        "not_after": "9999-12-31T23:59:59+00:00",
        "issuer": "CN=hanlab test device-issuing,OU=07",
    }
    assert {row["role"] for row in rows[2:]} >= {"supplier", "access control broker", "recovery"}


def test_person_reads_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pem").write_bytes(FILES["00db1234567890a0-ds.pem"])

    assert status("show", tmp_path) == 0

    assert METER[:11] in capsys.readouterr().out


def test_test_set_is_gathered_from_the_folders_in_it(tmp_path: Path) -> None:
    source = tmp_path / "set"
    for kind, suffix in (("cert", ".pem"), ("key", ".key")):
        (source / kind).mkdir(parents=True)
        (source / kind / f"supplier{suffix}").write_bytes(FILES[f"0248414e4f524702-ds{suffix}"])

    assert status("import", source, "--out", tmp_path / "out") == 0

    names = ("0248414e4f524702-ds.pem", "0248414e4f524702-ds.key")
    assert contents(tmp_path / "out") == {name: FILES[name] for name in names}


def test_test_set_is_gathered_from_an_archive(tmp_path: Path) -> None:
    archive = tmp_path / "set.zip"
    with ZipFile(archive, "w") as made:
        made.writestr("assets/cert/a.pem", FILES["00db1234567890a0-ka.pem"])
        made.writestr("assets/other/a.pem", FILES["device-root.pem"])
        made.writestr("assets/readme.md", b"words")

    assert status("import", archive, "--out", tmp_path / "out") == 0

    assert contents(tmp_path / "out") == {
        "00db1234567890a0-ka.pem": FILES["00db1234567890a0-ka.pem"],
        "authority-1.pem": FILES["device-root.pem"],
    }


@pytest.mark.parametrize("name", ["missing", "text.txt", "empty"])
def test_source_without_keys_is_bad_input(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.txt").write_text("no archive")
    (tmp_path / "empty").mkdir()

    assert status("import", tmp_path / name, "--out", tmp_path / "out") == 2

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("size", [0x1_0001])
def test_archive_with_something_large_is_bad_input(
    tmp_path: Path, size: int, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = tmp_path / "set.zip"
    with ZipFile(archive, "w") as made:
        made.writestr("a.pem", bytes(size))

    assert status("import", archive, "--out", tmp_path / "out") == 2

    assert "a.pem is no key" in capsys.readouterr().err
