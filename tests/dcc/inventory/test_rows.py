from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.dcc.inventory.rows import fitting, from_micros, to_eui64, to_micros
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64, format_eui64


@given(moment=st.datetimes(timezones=st.just(UTC)))
def test_a_moment_keeps_every_microsecond(moment: datetime) -> None:
    assert from_micros(to_micros(moment)) == moment


def test_a_moment_of_another_zone_is_kept_as_utc() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=1)))

    assert from_micros(to_micros(summer)) == datetime(2026, 7, 1, 11, tzinfo=UTC)


@given(device=st.integers(0, 2**64 - 1))
def test_an_eui64_of_any_value_fits(device: int) -> None:
    assert to_eui64(format_eui64(device)) == Eui64(device)


@pytest.mark.parametrize("text", ["1" * 13, "12\n", "\ud800"])
def test_a_text_that_does_not_fit_is_refused(text: str) -> None:
    with pytest.raises(LocalError, match="uprn"):
        fitting("uprn", text)


def test_a_text_that_fits_is_kept() -> None:
    assert fitting("uprn", "1" * 12) == "1" * 12
