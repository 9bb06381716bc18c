"""A tenant is shown no gas that somebody else took before (GBCS GCS09)."""

from datetime import UTC, datetime, timedelta

import pytest

from emulator.equipment.gas_tenancy import CHANGE_OF_TENANCY, tenants_consumption
from emulator.gbcs_device.gbz.state.as_shipped import GPF
from emulator.gbcs_device.gbz.state.moments import seconds_since_2000
from emulator.gbcs_device.gbz.state.samples import SampleId
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.metering.consumption import Span

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
NOW = MONDAY + timedelta(days=1, hours=12)
HALF_HOURS = 72


def proxy(since: datetime | None, *, logged: bool = True) -> MeterStore:
    """A proxy that logged 1, 2, 3, ... counts a half hour from Monday to Tuesday noon."""
    store = MeterStore(GPF)
    if since is not None:
        store.attributes.set(*CHANGE_OF_TENANCY, seconds_since_2000(since))
    if logged:
        store.samples.start(SampleId.PROFILE_DATA, seconds_since_2000(MONDAY), 0, 1800)
        for each in range(1, HALF_HOURS + 1):
            store.samples.add(SampleId.PROFILE_DATA, each)
    return store


@pytest.mark.parametrize(
    ("since", "span", "counts"),
    [
        (None, Span.MONTH, None),
        (NOW - timedelta(hours=1), Span.DAY, 71 + 72),
        (NOW - timedelta(hours=1), Span.WEEK, 71 + 72),
        (NOW - timedelta(minutes=59), Span.MONTH, 72),  # the half hour of the change is hidden
        (NOW, Span.DAY, 0),
        (NOW + timedelta(seconds=1), Span.DAY, None),  # not yet
        (MONDAY + timedelta(hours=1), Span.DAY, None),  # yesterday
        (MONDAY + timedelta(hours=1), Span.WEEK, sum(range(3, 73))),
        (MONDAY, Span.WEEK, None),  # with the week
        (MONDAY - timedelta(days=2), Span.MONTH, sum(range(1, 73))),
    ],
)
def test_what_passed_before_the_change_is_left_out(
    since: datetime | None, span: Span, counts: int | None
) -> None:
    assert tenants_consumption(proxy(since), span, NOW) == counts


def test_proxy_without_a_log_shows_nothing_of_the_day_of_the_change() -> None:
    since = NOW - timedelta(hours=1)

    assert tenants_consumption(proxy(since, logged=False), Span.DAY, NOW) == 0
