"""`hanlab radio` as it is typed."""

import json

import pytest

from emulator.lab.cli import main


def status(*words: object) -> object:
    with pytest.raises(SystemExit) as end:
        main(["radio", *map(str, words)])
    return end.value.code


def test_list_shows_kinds_and_ports(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("list", "--json") == 0

    names = [row["name"] for row in json.loads(capsys.readouterr().out)]
    assert {"simulated", "spinel"} <= set(names)


def test_absent_port_is_one_line_and_exit_status_three(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("probe", "/dev/absent") == 3

    assert capsys.readouterr().err == (
        "hanlab: /dev/absent: no such port: see `hanlab radio list`\n"
    )


def test_what_is_no_port_is_a_usage_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("probe", "ftp://x") == 2

    assert "expected a serial path or tcp://HOST:PORT" in capsys.readouterr().err


def test_doctor_gives_status_three_for_a_port_that_is_not_well() -> None:
    assert status("doctor", "/dev/absent") == 3


def test_serving_checks_everything_first(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("serve", "--kind", "x", "--port", "tcp://192.168.7.1:1", "--fault", "smoke")

    assert status(*words) == 2

    assert len(capsys.readouterr().err.splitlines()) == 3


def test_dongle_that_is_pulled_out_on_purpose_ends_with_status_three(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ("serve", "--kind", "spinel", "--port", "tcp://127.0.0.1:0", "--fault", "unplug=5 ms")

    assert status(*words) == 3

    assert "pulled out, as asked for" in capsys.readouterr().err
