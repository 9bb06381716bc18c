"""The power thresholds that a supplier sets (GBCS ECS34, ECS26f; SMETS2 5.7.4.24 and 5.7.4.29)."""

from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.made_values import parts_of
from emulator.cosem.server.members import Attribute
from emulator.dlms.data import Data
from emulator.gbcs_device.cosem.duty import Duty
from emulator.gbcs_device.cosem.unexecutable import executable, number, parts, refused
from emulator.metering.power_bands import PowerThresholds

POWER_THRESHOLDS: Final = Attribute(21, parse_obis("0-0:16.0.0.255"), 2)


def power_threshold_duty() -> Duty:
    """The duty of the thresholds: to be two that ascend."""
    return Duty(name="power thresholds", checks={POWER_THRESHOLDS: executable(power_thresholds)})


def power_thresholds(monitor: Data) -> PowerThresholds | None:
    """The thresholds in watts; None while none are set.

    Raises:
        UnexecutableError: when they are not two numbers, or the second is below the first.
    """
    if not parts_of(monitor):
        return None
    low_medium, medium_high = (number(each) for each in parts(monitor, 2))
    if medium_high < low_medium:
        raise refused(f"power thresholds {low_medium} W, {medium_high} W: expected ascending")
    return PowerThresholds(low_medium, medium_high)
