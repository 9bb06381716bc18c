"""A virtual dongle in a process of its own."""

from pathlib import Path

import pytest

from emulator.testing.served.served_dongle import served_dongle


def test_dongle_is_there_until_it_is_stopped(tmp_path: Path) -> None:
    port = tmp_path / "port"

    with served_dongle(port, ("--kind", "spinel")) as dongle:
        there = port.is_symlink()
        status = dongle.stop()

    assert there
    assert status == 130
    assert dongle.port == str(port)
    assert [each["event"] for each in dongle.events] == ["serving", "stopped"]
    assert not port.is_symlink()


def test_dongle_that_cannot_be_served_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match="--kind nothing"),
        served_dongle(tmp_path / "port", ("--kind", "nothing")),
    ):
        pass
