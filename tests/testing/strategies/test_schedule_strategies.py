"""Schedules, and homes they happen to."""

import pytest
from hypothesis import given

from emulator.kernel.errors import UsageError
from emulator.kernel.units import minutes, seconds
from emulator.testing.plugin.home_device import HomeDevice
from emulator.testing.strategies.schedule_strategies import (
    Appointment,
    Happening,
    Schedule,
    perform,
    schedules,
)


@given(schedules(("CHF", "ESME"), longest=minutes(5), most=4))
def test_whatever_happened_is_mended_in_the_end(schedule: Schedule) -> None:
    state: dict[tuple[str, str], bool] = {}
    for each in schedule:
        power = each.what in (Happening.POWER_OFF, Happening.POWER_ON)
        good = each.what in (Happening.POWER_ON, Happening.IN_REACH)
        state[each.device, "power" if power else "reach"] = good

    assert all(state.values())
    assert all(each.after <= minutes(5) for each in schedule)


@given(schedules(("CHF",), mended=False))
def test_a_hub_only_loses_power(schedule: Schedule) -> None:
    assert {each.what for each in schedule} <= {Happening.POWER_OFF, Happening.POWER_ON}


def test_a_schedule_happens_to_a_home(esme: HomeDevice) -> None:
    lab = esme.work.lab
    before = lab.scheduler.now
    cut = Appointment(seconds(30), Happening.POWER_OFF, "ESME")
    back = Appointment(seconds(60), Happening.POWER_ON, "ESME")

    perform(lab, (cut,))
    off = esme.device.powered
    perform(lab, (back,))

    assert (off, esme.device.powered) == (False, True)
    assert lab.scheduler.now - before == seconds(90)
    assert [step.name for step in lab.steps[-2:]] == ["ESME: power off", "ESME: power on"]


def test_a_home_without_the_device_is_refused(esme: HomeDevice) -> None:
    with pytest.raises(UsageError, match="TOASTER"):
        perform(esme.work.lab, (Appointment(seconds(1), Happening.POWER_OFF, "TOASTER"),))
