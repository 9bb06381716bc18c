from dataclasses import dataclass, fields

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import at_least, lasting, setting, unverified, within
from emulator.kernel.units import Duration, seconds


@dataclass(frozen=True, slots=True)
class JoinSettings:
    attempts: int = setting(3, source="R22 3.6.1.4")
    patience: Duration = setting(seconds(2), source="seen on meters", verified=False)
    plain: int = 5


def test_a_setting_has_its_default_and_may_be_given() -> None:
    assert JoinSettings().attempts == 3
    assert JoinSettings(attempts=9).attempts == 9


def test_a_setting_carries_its_source() -> None:
    assert [field.metadata.get("source") for field in fields(JoinSettings)] == [
        "R22 3.6.1.4",
        "seen on meters",
        None,
    ]


def test_only_what_no_source_proves_is_unverified() -> None:
    assert list(unverified(JoinSettings())) == ["patience"]


@pytest.mark.parametrize("value", [0, 7, 254])
def test_what_lies_within_its_bounds_is_taken(value: int) -> None:
    within("join.attempts", value, 0, 254)


@pytest.mark.parametrize("value", [-1, 255])
def test_what_lies_outside_is_refused_by_name_and_bounds(value: int) -> None:
    with pytest.raises(UsageError, match=f"join.attempts is {value}: expected 0 to 254"):
        within("join.attempts", value, 0, 254)


def test_a_time_that_passes_is_taken() -> None:
    lasting("join.patience", seconds(1))


def test_a_time_that_never_passes_is_refused() -> None:
    with pytest.raises(UsageError, match=r"join\.patience is 0 us: expected more than no time"):
        lasting("join.patience", Duration(0))


def test_a_count_that_is_large_enough_is_taken() -> None:
    at_least("join.attempts", 1, 1)


def test_a_count_that_is_too_small_is_refused() -> None:
    with pytest.raises(UsageError, match=r"join\.attempts is 0: expected at least 1"):
        at_least("join.attempts", 0, 1)
