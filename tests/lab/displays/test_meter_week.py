"""The last week of a meter, as it can be plotted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from emulator.equipment.meter_machine import TakeLoad
from emulator.kernel.errors import UsageError
from emulator.kernel.units import Instant
from emulator.lab.displays.meter_week import meter_of, meter_week
from emulator.lab.displays.week_picture import week_picture
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.metering.quantities import DAY, HALF_HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.smart_energy.home.home_seen import HomeSeen

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv"
START = datetime(2026, 1, 5, tzinfo=UTC)
IMPORT, EXPORT = Channel.ACTIVE_IMPORT, Channel.ACTIVE_EXPORT


def lived_in(days: int = 9) -> Lab:
    """A meter that measured for some days, with no air around it."""
    lab = Lab(read_shipment(SHIPMENT), LabOptions())
    esme = lab.home().device("ESME")
    esme.power_on()
    esme.post(TakeLoad(IMPORT, StepFunction([(0, 1_000_000)])))
    esme.post(TakeLoad(EXPORT, StepFunction([(0, 500_000)])))
    seen = HomeSeen(supply=esme.description.eui64, fuel="electricity", balance=250_000)
    lab.trace.add(Instant((days - 1) * DAY), "PPMID", seen)
    esme.power_off()
    lab.scheduler.run(Instant(days * DAY))
    return lab


def test_device_without_a_meter_that_runs_is_refused() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions())

    for name in ("ESME", "IHD"):
        with pytest.raises(UsageError, match=f"{name} has no meter that runs"):
            meter_week(lab, lab.home().device(name))


def test_week_has_its_half_hours_register_balance_and_events() -> None:
    lab = lived_in(1)
    esme = lab.home().device("ESME")
    esme.power_on()
    esme.post(TakeLoad(IMPORT, StepFunction([(0, 1_000_000)])))
    lab.scheduler.run(Instant(DAY + 4 * HALF_HOUR))

    week = meter_week(lab, esme)

    assert [each.counts for each in week.profiles[IMPORT]][-4:] == [500] * 4
    assert set(week.profiles) == {IMPORT, EXPORT}
    assert week.register[-1].counts == meter_of(esme).counts(IMPORT, lab.scheduler.now)
    assert week.register[-1].start == START + timedelta(days=1, hours=2)
    assert week.balance == ((START, 250_000),)
    assert [each.what for each in week.events] == ["power on", "power off", "power on"]


def test_older_than_a_week_is_left_out() -> None:
    lab = lived_in()
    esme = lab.home().device("ESME")
    esme.power_on()

    week = meter_week(lab, esme)

    assert len(week.profiles[IMPORT]) == 7 * 48
    assert [each.what for each in week.events] == ["power on"]


def test_same_week_gives_the_same_picture() -> None:
    lab = lived_in(1)
    lab.home().device("ESME").power_on()
    week = meter_week(lab, lab.home().device("ESME"))

    drawn = week_picture(week)

    assert drawn == week_picture(week)
    assert "power off" in drawn
    assert "register" in drawn
