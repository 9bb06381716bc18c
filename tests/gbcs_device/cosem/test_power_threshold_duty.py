"""Power thresholds as suppliers set them, and what the home sees of them (GBCS ECS34)."""

import pytest

from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data, array
from emulator.dlms.data_types import DataType
from emulator.equipment.electricity_supply import ElectricitySupply
from emulator.gbcs_device.cosem.power_threshold_duty import POWER_THRESHOLDS, power_thresholds
from emulator.kernel.units import START
from emulator.metering.power_bands import PowerThresholds
from emulator.testing.scenes.cosem_scene import put
from tests.gbcs_device.cosem.living_meter import LivingMeter, results_of


def watts(*numbers: int) -> Data:
    return array(*(Data(DataType.DOUBLE_LONG_UNSIGNED, each) for each in numbers))


def test_thresholds_of_a_reference_command_say_how_much_is_much() -> None:
    living = LivingMeter()
    supply = ElectricitySupply(living.executor, living.clock)
    assert supply.power_band(0, START) is None

    assert set(living.reference("ECS34_6.12_SUCCESS")) == {AccessResult.SUCCESS}

    held = power_thresholds(living.executor.store.value(POWER_THRESHOLDS))
    assert held is not None
    low, high = held
    bands = [supply.power_band(each, START) for each in (0, low + 1, high + 1)]
    assert bands == [0, 1, 2]


@pytest.mark.parametrize("numbers", [(500,), (2_000, 500), (1, 2, 3)])
def test_thresholds_that_cannot_be_executed_are_refused_and_change_nothing(
    numbers: tuple[int, ...],
) -> None:
    living = LivingMeter()
    living.do(put(POWER_THRESHOLDS, watts(500, 2_000)))

    refused = results_of(living.do(put(POWER_THRESHOLDS, watts(*numbers))))

    assert refused[0] in (AccessResult.OTHER_REASON, AccessResult.TYPE_UNMATCHED)
    held = power_thresholds(living.executor.store.value(POWER_THRESHOLDS))
    assert held == PowerThresholds(500, 2_000)
