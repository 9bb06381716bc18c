"""Codes typed at a meter: many wrong ones suspend entry for a while (GBCS 16.2, 81C4)."""

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified
from emulator.kernel.units import hours
from emulator.metering.prepayment.manual_entry import ManualEntry, ManualEntrySettings

SETTINGS = ManualEntrySettings(refused=3, pause=hours(2))


def test_entry_is_suspended_after_so_many_wrong_codes_and_for_so_long() -> None:
    entry = ManualEntry(SETTINGS)

    assert [entry.tried(7, accepted=False) for _ in range(3)] == [False, False, True]

    assert entry.suspended(7)
    assert entry.suspended(7 + hours(2) - 1)
    assert not entry.suspended(7 + hours(2))
    assert [entry.tried(7 + hours(2), accepted=False) for _ in range(3)] == [False, False, True]


def test_good_code_between_begins_the_count_again() -> None:
    entry = ManualEntry(SETTINGS)
    outcomes = (False, False, True, False, False)

    assert not any(entry.tried(0, accepted=each) for each in outcomes)
    assert not entry.suspended(0)
    assert entry.tried(0, accepted=False)


def test_nobody_knows_how_many_are_refused_and_for_how_long() -> None:
    assert list(unverified(ManualEntrySettings())) == ["refused", "pause"]
    entry = ManualEntry()

    suspended = [entry.tried(0, accepted=False) for _ in range(5)][-1]

    assert (suspended, entry.suspended(hours(1) - 1), entry.suspended(hours(1))) == (
        True,
        True,
        False,
    )


def test_five_are_refused_unless_it_is_set_otherwise() -> None:
    entry = ManualEntry()

    assert [entry.tried(0, accepted=False) for _ in range(5)] == [False] * 4 + [True]


def test_meter_that_takes_no_code_at_all_is_refused() -> None:
    with pytest.raises(UsageError, match=r"manual_entry\.refused is 0: expected at least 1"):
        ManualEntrySettings(refused=0)
