"""A gas meter's valve: shut, armed, opened, and locked by what befalls the meter."""

import pytest

from emulator.gbcs_device.gas_meter.watch import GasEvent
from emulator.metering.quantities import HOUR
from emulator.testing.scenes.gbz_scene import filled
from emulator.zcl.payloads.metering import SetSupplyStatus, SetUncontrolledFlowThreshold
from tests.gbcs_device.gas_meter.scene import METERING, GasMeter

OFF, ARMED, ON = 0, 1, 2
"""SupplyStatus."""


def test_closed_valve_opens_for_nobody_before_it_is_armed() -> None:
    meter = GasMeter()
    meter.burn(1_000)

    # SMETS2 4.5.3.10, GCS32; 4.5.3.7, GCS39
    assert meter.change_supply(0) == [0]
    meter.live(HOUR)
    assert (meter.supply, meter.read(METERING, 0x0000)) == (OFF, 0)
    assert meter.keypad.enable().result == "refused"
    meter.change_supply(1)
    assert (meter.supply, meter.told) == (ARMED, [GasEvent.SUPPLY_ARMED])
    meter.keypad.enable()
    meter.live(HOUR)

    assert (meter.supply, meter.read(METERING, 0x0000)) == (ON, 1_000)


def test_gas_that_flows_from_the_start_closes_the_valve_again() -> None:
    meter = GasMeter()
    meter.tell_all(GasEvent.ARMED_AFTER_UNCONTROLLED_FLOW)
    threshold = filled(
        SetUncontrolledFlowThreshold,
        uncontrolled_flow_threshold=1_000,
        multiplier=1,
        divisor=10_000,
        stabilisation_period=20,
        measurement_period=10,
    )
    meter.send(METERING, threshold)
    meter.change_supply(0)
    meter.change_supply(1)
    meter.told.clear()
    meter.burn(200)
    meter.keypad.enable()
    meter.live(HOUR)

    # SMETS2 4.6.4.33: 0.2 cubic metres an hour, above 0.1
    assert meter.supply == ARMED
    assert meter.told == [GasEvent.ARMED_AFTER_UNCONTROLLED_FLOW]
    meter.burn(50)
    meter.keypad.enable()
    meter.live(HOUR)
    assert meter.supply == ON


@pytest.mark.parametrize(("state", "supply"), [(0, OFF), (3, ON)])
def test_tampering_locks_supply_where_that_is_configured(state: int, supply: int) -> None:
    meter = GasMeter()
    meter.send(METERING, filled(SetSupplyStatus, supply_tamper_state=state))

    meter.work.tamper(GasEvent.TAMPER)
    meter.hear(meter.executor.settle())

    # SMETS2 4.6.4.26, GCS24a
    assert meter.supply == supply
    assert GasEvent.TAMPER in meter.told


@pytest.mark.parametrize("code", [GasEvent.METER_COVER_CLOSED, GasEvent.MAGNETIC_FIELD_REMOVED])
def test_end_of_tampering_locks_nothing(code: GasEvent) -> None:
    meter = GasMeter()
    meter.send(METERING, filled(SetSupplyStatus, supply_tamper_state=0))

    meter.work.tamper(code)
    meter.hear(meter.executor.settle())

    assert meter.supply == ON


@pytest.mark.parametrize(("state", "supply"), [(0, OFF), (3, ON)])
def test_loss_of_power_supply_locks_supply_where_that_is_configured(
    state: int, supply: int
) -> None:
    meter = GasMeter()
    meter.send(METERING, filled(SetSupplyStatus, supply_depletion_state=state))

    meter.work.lose_power_supply()
    meter.hear(meter.executor.settle())

    # SMETS2 4.6.4.25, GCS24a
    assert (meter.supply, meter.told) == (supply, [GasEvent.POWER_SUPPLY_LOSS])
