"""A user in the role of Meter Data Retrieval reads by schedule through the DCC (SEC DP162)."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.inputs.settlement_settings import SettlementSettings
from emulator.lab.installing.installation import Installation
from emulator.lab.lab import ROOMS
from emulator.lab.laboratory import LabOptions
from emulator.lab.settlement.consent import Consent
from emulator.lab.settlement.retrieval import Metered, Retrieval, periods
from emulator.testing.scenes.installed_homes import installed_home

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv"
MPAN = "1200012345688"
DUE = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
QUIET = ("nwk.link_status_period=6h",)


def test_day_has_48_half_hours_and_a_month_is_whole() -> None:
    half_hours = list(periods(Consent.HALF_HOURLY, DUE))

    assert len(half_hours) == 48
    assert half_hours[0][0] == datetime(2026, 3, 1, tzinfo=UTC)
    assert half_hours[-1][1] == datetime(2026, 3, 2, tzinfo=UTC)
    assert list(periods(Consent.DAILY, DUE)) == [(half_hours[0][0], half_hours[-1][1])]
    assert list(periods(Consent.MONTHLY, DUE)) == [
        (datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC))
    ]


@cache
def home() -> Installation:
    options = LabOptions(overrides=parse_overrides(QUIET, ROOMS, None))
    return installed_home(SHIPMENT, "ESME", options=options)


@cache
def retrieved() -> Retrieval:
    work = home()
    retrieval = Retrieval(work.side, SettlementSettings(at="00:05:00"))
    meter = work.home.device("ESME").description.eui64
    retrieval.arrange((Metered(mpan=MPAN, meter=meter),))
    until = datetime(2026, 1, 6, 0, 10, tzinfo=UTC) - work.side.moment
    work.lab.run(f"{int(until.total_seconds())} s")
    return retrieval


def test_every_half_hour_of_the_day_before_is_a_row_with_its_response_time() -> None:
    rows = retrieved().rows

    assert len(rows) == 48
    assert {each.code for each in rows} == {"I0"}
    assert {each.due for each in rows} == {datetime(2026, 1, 6, 0, 5, tzinfo=UTC)}
    assert all(0 < each.response < 30 and each.in_time for each in rows)
    assert not retrieved().problems


def test_meter_that_the_dcc_does_not_know_is_refused_with_its_words() -> None:
    retrieval = Retrieval(home().side, SettlementSettings())

    with pytest.raises(UsageError, match=f"{MPAN}: E"):
        retrieval.arrange((Metered(mpan=MPAN, meter=Eui64(1)),))


def test_answer_of_another_schedule_is_left_alone() -> None:
    retrieval = Retrieval(home().side, SettlementSettings())

    retrieved()

    assert retrieval.rows == []
