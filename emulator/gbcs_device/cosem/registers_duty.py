"""Registers of an electricity meter as COSEM objects show them (GBCS ECS17a, ECS17b, ECS17c).

The objects hold scales and units. What passed is counted in one place, and put in when a remote
party reads.

The use-case annex has a total beside the power of each element (ECS17c), but of energy only an
active import register (SMETS2 5.7.5.3) and one of the second element (5.13.2.11). That the former
counts what passes through the first element, and is no sum of both, is unverified.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.members import Attribute
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import Data
from emulator.gbcs_device.cosem.duty import Duty, Read
from emulator.gbcs_device.execution import Command
from emulator.metering.quantities import Channel

IMPORT_REGISTERS: Final = Attribute(1, parse_obis("0-0:94.44.34.10"), 2)
ACTIVE_EXPORT: Final = Attribute(3, parse_obis("1-0:2.8.0.255"), 2)
REACTIVE_EXPORT: Final = Attribute(3, parse_obis("1-0:4.8.0.255"), 2)
POWER_IMPORT: Final = Attribute(1, parse_obis("0-0:94.44.34.20"), 2)
_WHOLE: Final = -1
"""The place of a value that is no part of a structure."""
_LARGEST: Final = 2**32
"""A double-long-unsigned register begins again at zero."""


@dataclass(frozen=True, slots=True)
class MeterReader:
    """Looks at a meter, now.

    Args:
        register: whole watt hours or var hours of a channel.
        primary: watts that its first element imports.
        imported: watts that it imports through all elements.
    """

    register: Callable[[Channel], int]
    primary: Callable[[], int]
    imported: Callable[[], int]


_Places = Mapping[int, Channel]
_REGISTERS: Final[Mapping[Attribute, _Places]] = MappingProxyType(
    {
        IMPORT_REGISTERS: {
            0: Channel.ACTIVE_IMPORT,
            2: Channel.REACTIVE_IMPORT,
            4: Channel.SECONDARY_IMPORT,
        },
        ACTIVE_EXPORT: {_WHOLE: Channel.ACTIVE_EXPORT},
        REACTIVE_EXPORT: {_WHOLE: Channel.REACTIVE_EXPORT},
    }
)
_IMPORTED, _PRIMARY = 0, 2
"""Places of active power import and primary active power import (GBCS ECS17c)."""


def registers_duty(store: ObjectStore, meter: MeterReader, channels: Sequence[Channel]) -> Duty:
    """The duty of the register objects of one meter.

    Args:
        store: the objects, with scales and units.
        meter: what is looked at.
        channels: what it measures; other values stay as the objects hold them.
    """

    def shown(attribute: Attribute, places: Mapping[int, int]) -> Data:
        held = store.value(attribute)
        if _WHOLE in places:
            return Data(held.type, places[_WHOLE] % _LARGEST)
        parts = held.value if isinstance(held.value, tuple) else ()
        values = [
            Data(part.type, places[place] % _LARGEST)
            if place in places and isinstance(part, Data)
            else part
            for place, part in enumerate(parts)
        ]
        return Data(held.type, tuple(each for each in values if isinstance(each, Data)))

    def counted(attribute: Attribute, of: _Places) -> Read:
        measured = {place: channel for place, channel in of.items() if channel in channels}
        if not measured:
            return lambda _: store.value(attribute)
        return lambda _: shown(
            attribute, {at: meter.register(each) for at, each in measured.items()}
        )

    def powers(_: Command) -> Data:
        return shown(POWER_IMPORT, {_IMPORTED: meter.imported(), _PRIMARY: meter.primary()})

    registers = {attribute: counted(attribute, of) for attribute, of in _REGISTERS.items()}
    return Duty(name="registers", reads={**registers, POWER_IMPORT: powers})
