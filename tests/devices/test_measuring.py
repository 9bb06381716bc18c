"""An electricity meter put together: commanded, measured, and kept without power."""

from dataclasses import replace
from typing import Any, Literal

import pytest

from emulator.equipment.clock_keeper import ClockKeeper
from emulator.equipment.gas_meter_machine import EnterCode
from emulator.equipment.meter_machine import TakeLoad
from emulator.equipment.request import RemoteParties
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.utrn import TokenKey, ValueClass, build_utrn
from emulator.gbcs_device.facts import KeysPressed
from emulator.gbcs_device.primitives import AlertRequest
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.kernel.units import Instant, seconds
from emulator.metering.prepayment.manual_entry import ManualEntrySettings
from emulator.metering.prepayment.token_settings import TokenSettings
from emulator.metering.quantities import HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.settings import ElectricityMeterSettings
from emulator.testing.judges.device_rules import made, request_for
from emulator.testing.scenes.remote_party_bench import DEVICE, bench_pki
from emulator.zcl.primitives import SetAttributeRequest

LOAD = TakeLoad(Channel.ACTIVE_IMPORT, StepFunction([(0, 1_000_000)]))


def test_meter_without_demand_wakes_nobody() -> None:
    request = request_for("ESME")
    device = made(request)
    device.power_on()
    shown: list[Any] = []
    device.observe((SetAttributeRequest, AlertRequest), shown.append)

    request.surroundings.scheduler.run(until=Instant(2 * HOUR))

    assert shown == []


def test_state_is_what_a_snapshot_holds() -> None:
    request = request_for("ESME")
    device = made(request)
    device.power_on()
    device.post(LOAD)
    scheduler = request.surroundings.scheduler
    scheduler.run(until=Instant(3 * HOUR))
    device.power_off()
    kept = device.snapshot()["meter"]

    assert kept["tariff"]["time_of_use"] == [(1, 3_000)]
    assert kept["at"] - kept["daily"]["day"] * 24 * HOUR == 3 * HOUR


@pytest.mark.parametrize("minutes", [2, 5])
def test_device_that_remote_parties_do_not_know_tells_nobody_of_an_outage(minutes: int) -> None:
    request = request_for("ESME")
    device = made(request)
    scheduler = request.surroundings.scheduler
    told: list[AlertRequest] = []
    device.observe((AlertRequest,), told.append)
    device.power_on()
    scheduler.run(until=Instant(HOUR))
    device.power_off()
    scheduler.run(until=Instant(HOUR + seconds(60 * minutes)))

    device.power_on()
    scheduler.run(until=Instant(2 * HOUR))

    assert told == []


@pytest.mark.parametrize("variant", ["single", "twin", "polyphase"])
def test_meter_is_of_the_variant_that_is_set(
    variant: Literal["single", "twin", "polyphase"],
) -> None:
    room = ElectricityMeterSettings(variant=variant, drift=1_000_000)
    asked = request_for("ESME")
    request = replace(asked, settings=replace(asked.settings, electricity_meter=room))
    device = made(request)
    device.power_on()
    request.surroundings.scheduler.run(until=Instant(10 * HOUR))
    device.power_off()
    kept = device.snapshot()["meter"]

    assert ("second" in kept) is (variant == "twin")
    # a part in a thousand fast: 36 s ahead after ten hours
    assert kept["at"] - kept["clock"]["own"] == 10 * HOUR + HOUR // 100


@pytest.mark.parametrize(
    ("kind", "room"),
    [("ESME", "electricity_meter"), ("GSME", "gas_meter"), ("SAPC", "load_controller")],
)
def test_messages_tell_the_time_of_the_clock_that_drifts(kind: str, room: str) -> None:
    asked = request_for(kind)
    drifts = replace(getattr(asked.settings, room), drift=100_000)
    settings = replace(asked.settings, **{room: drifts})
    remote = RemoteParties(keys=bench_pki().keys)
    device = made(replace(asked, eui64=DEVICE, settings=settings, remote=remote))
    device.power_on()
    assert device.assembly is not None
    machine = device.assembly.persistent["remote_parties"]
    assert isinstance(machine, RemotePartyMachine)

    ahead = machine.clock.moment(Instant(24 * HOUR)) - asked.surroundings.calendar.moment(
        Instant(24 * HOUR)
    )

    # 10^-4 fast: 8.64 s a day, and the hub is asked about once a day
    assert ahead.total_seconds() == pytest.approx(8.64)
    assert any(isinstance(each, ClockKeeper) for each in device.assembly.machines)


@pytest.mark.parametrize("kind", ["ESME", "GSME"])
def test_wrong_codes_suspend_entry_as_is_set(kind: str) -> None:
    asked = request_for(kind)
    settings = replace(asked.settings, manual_entry=ManualEntrySettings(refused=1))
    remote = RemoteParties(keys=bench_pki().keys)
    device = made(replace(asked, eui64=DEVICE, settings=settings, remote=remote))
    device.power_on()

    for _ in range(2):
        device.post(EnterCode("0" * 20))

    pressed = [each.result for _, each in asked.surroundings.trace.of(KeysPressed)]
    assert pressed[-1] == "KEYPAD_LOCKED"
    assert pressed[0] != pressed[-1]


def topped_up(kind: str, times: int) -> SmartEnergyDevice:
    """A meter that remembers two tokens and logs one, after so many top-ups typed at it."""
    asked, keys = request_for(kind), bench_pki().keys
    settings = replace(asked.settings, tokens=TokenSettings(remembered=2, logged=1))
    remote = RemoteParties(keys=keys)
    device = made(replace(asked, eui64=DEVICE, settings=settings, remote=remote))
    device.power_on()
    supplier = keys.with_role(RemotePartyRole.SUPPLIER)[0]
    key = TokenKey(supplier, DEVICE, StoredKeyAgreement(keys, KeyUse.PREPAYMENT_KEY_AGREEMENT))
    for counter in range(1, times + 1):
        device.post(EnterCode(build_utrn(key, counter << 32, 1, ValueClass.POUNDS).digits))
    return device


def test_electricity_meter_remembers_as_many_tokens_as_is_set() -> None:
    kept = topped_up("ESME", 3).snapshot()["meter"]["account"]

    assert kept["tokens"] == [2, 3]


def test_gas_meter_remembers_and_logs_as_many_tokens_as_is_set() -> None:
    kept = topped_up("GSME", 3).snapshot()["remote_parties"]["executors"]["GBZ"]

    assert kept["taken_tokens"]["counters"] == [2, 3]
    assert len(kept["top_ups"]) == 1
