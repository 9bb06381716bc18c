"""Devices that measure: one count, seen by remote parties and by the HAN, kept without power."""

from dataclasses import replace

import pytest

from emulator.equipment.meter_machine import TakeLoad
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant
from emulator.metering.quantities import HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.testing.judges.device_rules import made, request_for
from emulator.zcl.primitives import SetAttributeRequest

LOADS = {"ESME": Channel.ACTIVE_IMPORT, "GSME": Channel.GAS}


def running(kind: str) -> tuple[SmartEnergyDevice, Scheduler, list[SetAttributeRequest]]:
    request = request_for(kind)
    device = made(request)
    shown: list[SetAttributeRequest] = []
    device.observe((SetAttributeRequest,), shown.append)
    device.power_on()
    device.post(TakeLoad(LOADS[kind], StepFunction([(0, 1_000_000)])))
    return device, request.surroundings.scheduler, shown


@pytest.mark.parametrize("kind", ["ESME", "GSME"])
def test_han_sees_what_was_counted(kind: str) -> None:
    _, scheduler, shown = running(kind)

    scheduler.run(until=Instant(2 * HOUR))

    assert shown[-1].value == 2_000


@pytest.mark.parametrize("kind", ["ESME", "GSME"])
def test_register_is_kept_without_power_and_stands_still(kind: str) -> None:
    device, scheduler, _ = running(kind)
    scheduler.run(until=Instant(HOUR))
    device.power_off()
    scheduler.run(until=Instant(5 * HOUR))
    device.power_on()
    scheduler.run(until=Instant(6 * HOUR))

    counted = device.snapshot()["meter"]["channels"][LOADS[kind]]["amount"]
    assert counted == 2 * HOUR * 1_000_000


@pytest.mark.parametrize("kind", ["ESME", "GSME"])
def test_load_of_a_run_passes_from_the_first_moment(kind: str) -> None:
    request = request_for(kind)
    loaded = replace(request, load={LOADS[kind]: StepFunction([(0, 1_000_000)])})
    device = made(loaded)
    device.power_on()
    request.surroundings.scheduler.run(until=Instant(2 * HOUR))

    counted = device.snapshot()["meter"]["channels"][LOADS[kind]]["amount"]
    assert counted == 2 * HOUR * 1_000_000
