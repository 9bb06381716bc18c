"""Radios by name: known kinds pass, all that is wrong is told at once."""

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.interactive.radio_options import read_radios


def test_no_radio_is_a_simulated_home() -> None:
    assert (read_radios(()).urls, read_radios(()).speed) == ({}, "max")


def test_a_simulated_radio_needs_no_clock() -> None:
    found = read_radios(("hub=simulated:x",))

    assert (dict(found.urls), found.real, found.speed) == ({"hub": "simulated:x"}, False, "max")


def test_everything_that_is_wrong_is_told() -> None:
    with pytest.raises(UsageError) as refused:
        read_radios(("hub", "hub=moon:1", "hub=simulated:x", "meter=simulated"))

    assert [each.partition(": ")[0] for each in refused.value.problems] == [
        "--radio hub",
        "--radio hub=moon:1",
        "--radio hub=simulated:x",
        "--radio meter=simulated",
    ]
