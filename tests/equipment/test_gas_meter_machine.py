"""A gas meter in its device: gas in, attributes of the HAN and alerts out."""

import pytest

from emulator.equipment.gas_meter_machine import (
    ActivateEmergencyCredit,
    EnableSupply,
    EnterCode,
    GasMeterMachine,
    GasMeterOnHan,
    LosePowerSupply,
    ReplaceBattery,
    Tamper,
)
from emulator.equipment.meter_machine import TakeLoad
from emulator.gbcs_device.facts import KeysPressed
from emulator.gbcs_device.gas_meter.keypad import Keypad
from emulator.gbcs_device.gas_meter.watch import GasEvent
from emulator.gbcs_device.gbz.event_reports import EventAction
from emulator.gbcs_device.gbz.state.event_logs import GENERAL_LOG
from emulator.gbcs_device.primitives import AlertRequest, ClockSet, HubTimeCompared, MeterSet
from emulator.kernel.units import Instant
from emulator.metering.quantities import DAY, HALF_HOUR, HOUR, Channel
from emulator.metering.step_function import NOTHING, StepFunction
from emulator.zcl.primitives import SetAttributeRequest
from emulator.zigbee.addresses import Endpoint
from tests.gbcs_device.gas_meter.scene import POUND, GasMeter, prepaid_meter

REGISTER, SUPPLY = (0x0702, 0x0000), (0x0702, 0x0014)
SEEN = GasMeterOnHan(
    endpoint=Endpoint(1),
    attributes=frozenset((REGISTER, SUPPLY)),
    counted=frozenset((REGISTER,)),
)


class Scene:
    """The machine of a meter, and what it said."""

    def __init__(self, meter: GasMeter) -> None:
        self.gas = meter
        self.machine = GasMeterMachine(
            meter.meter, Keypad(meter.executor, meter.work), SEEN, meter.now
        )
        self.said: list[object] = []
        self.run(0)

    def post(self, event: object) -> None:
        self.said += self.machine.handle(event, self.gas.now)

    def run(self, length: int) -> int:
        """How often it woke."""
        end, woken = Instant(self.gas.now + length), 0
        while (due := self.machine.deadline) is not None and due <= end:
            self.gas.now = max(due, self.gas.now)
            self.said += self.machine.wake(self.gas.now)
            woken += 1
        self.gas.now = end
        return woken

    def shown(self, attribute: int) -> list[object]:
        return [
            each.value
            for each in self.said
            if isinstance(each, SetAttributeRequest) and each.attribute == attribute
        ]

    def alerts(self) -> list[int]:
        return [each.code for each in self.said if isinstance(each, AlertRequest)]


def burn(litres_an_hour: int, at: int = 0) -> TakeLoad:
    return TakeLoad(Channel.GAS, StepFunction([(at, litres_an_hour * 1_000)]))


def test_meter_that_nobody_takes_gas_from_sleeps() -> None:
    scene = Scene(GasMeter())

    assert scene.run(100 * DAY) == 0
    assert scene.said == scene.said[:2]


def test_han_sees_registers_of_half_hours_and_no_later_ones() -> None:
    scene = Scene(GasMeter())
    scene.run(HALF_HOUR // 2)
    scene.post(burn(1_000))
    assert scene.run(HOUR) == 2
    scene.post(MeterSet())
    scene.post(TakeLoad(Channel.GAS, NOTHING))
    scene.run(DAY)

    # a quarter of an hour, half an hour more, and what flowed before it was turned off
    assert scene.shown(0x0000) == [0, 250, 750, 1_000]
    assert scene.machine.deadline is None


def test_machine_sleeps_until_gas_is_taken() -> None:
    scene = Scene(GasMeter())
    scene.post(burn(1_000, at=5 * HOUR))

    assert scene.machine.deadline == 5 * HOUR
    assert list(scene.machine.wake(Instant(HOUR))) == []


def test_supply_that_ends_is_told_in_time() -> None:
    scene = Scene(prepaid_meter(balance=36_000))
    scene.post(burn(1_000))
    scene.run(HOUR - 1)
    assert scene.alerts() == []
    scene.run(1)

    assert scene.alerts() == [GasEvent.CREDIT_BELOW_DISABLEMENT]
    assert scene.shown(0x0014)[-1] == 0


def test_keys_are_pressed() -> None:
    scene = Scene(prepaid_meter(balance=POUND))
    for event in (EnterCode("1" * 20), ActivateEmergencyCredit(), EnableSupply()):
        scene.post(event)

    pressed = [each for each in scene.said if isinstance(each, KeysPressed)]
    assert [each.result for each in pressed] == ["INVALID", "refused", "refused"]
    assert scene.alerts() == [GasEvent.TOKEN_NOT_AUTHENTIC]


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Tamper(), GasEvent.TAMPER),
        (LosePowerSupply(), GasEvent.POWER_SUPPLY_LOSS),
        (ReplaceBattery(), GasEvent.BATTERY_RESET),
    ],
)
def test_what_somebody_does_to_it_is_told(event: object, code: GasEvent) -> None:
    scene = Scene(GasMeter())

    scene.post(event)

    assert scene.alerts() == [code]


def test_time_of_the_hub_sets_its_clock_and_other_loads_are_not_its() -> None:
    scene = Scene(GasMeter())
    scene.gas.meter.clock.synchronise(scene.gas.now, 5_000_000)

    scene.post(ClockSet(accepted=False))
    assert scene.gas.meter.clock.error(scene.gas.now) == 5_000_000
    scene.post(ClockSet(accepted=True))
    assert scene.gas.meter.clock.error(scene.gas.now) == 0
    scene.post(TakeLoad(Channel.ACTIVE_IMPORT, StepFunction([(0, 1)])))
    assert list(scene.gas.meter.channels) == [Channel.GAS]


def test_clock_that_is_set_or_cannot_be_is_an_event() -> None:
    # GBCS 9.1.3, GCS28: 8145 adjusted, 81C6 outside tolerance (GBCS 16.2)
    scene = Scene(GasMeter())
    configured = scene.gas.executor.store.event_configurations.configurations
    for code in (0x8145, 0x81C6):
        configured[code] = GENERAL_LOG | EventAction.TELL_WAN
    scene.gas.meter.clock.synchronise(scene.gas.now, 5_000_000)

    scene.post(ClockSet(accepted=False))
    scene.post(ClockSet(accepted=True))
    # nothing was adjusted
    scene.post(ClockSet(accepted=True))

    assert scene.alerts() == [0x81C6, 0x8145]
    logged = [each.event_id for each in scene.gas.executor.store.events.events]
    assert logged[-2:] == [0x81C6, 0x8145]


def test_clock_follows_the_hub_by_itself_or_tells_that_it_is_too_far_away() -> None:
    # GBCS 9.1 and 16.2: 8F0C is always told
    scene = Scene(GasMeter())
    scene.gas.meter.clock.synchronise(scene.gas.now, 20_000_000)

    scene.post(HubTimeCompared(-20_000_000, accepted=False))
    assert scene.gas.meter.clock.error(scene.gas.now) == 20_000_000
    assert scene.alerts() == [GasEvent.CLOCK_NOT_ADJUSTED]
    scene.post(HubTimeCompared(-5_000_000, accepted=True))
    assert scene.gas.meter.clock.error(scene.gas.now) == 15_000_000
    logged = [each.event_id for each in scene.gas.executor.store.events.events]
    assert logged[-1] == GasEvent.CLOCK_NOT_ADJUSTED
