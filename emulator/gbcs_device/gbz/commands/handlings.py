"""Every cluster command that a gas meter or the gas proxy function takes from remote parties."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs_device.gbz.commands import (
    calendar_commands,
    device_commands,
    metering,
    prepayment,
    price,
)
from emulator.gbcs_device.gbz.commands.handling import CommandKey, Handling

HANDLINGS: Final[Mapping[CommandKey, Handling[Any]]] = MappingProxyType(
    {
        **price.HANDLINGS,
        **metering.HANDLINGS,
        **prepayment.HANDLINGS,
        **calendar_commands.HANDLINGS,
        **device_commands.HANDLINGS,
    }
)
"""By cluster, receiving side and command."""
