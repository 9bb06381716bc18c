"""What each object of a device has: attributes to read and write, methods, values as shipped.

The use-case annex of GBCS names the objects; which members there are, and the types of their
values, is what the annex and the reference messages show.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from emulator.cosem.logical_names import parse_obis
from emulator.cosem.server.notation import data_from_notation
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType

_DATA: Final = "members.jsonl"
_TYPES: Final = {kind.words: kind for kind in DataType}


class Attribute(NamedTuple):
    """One attribute of one object.

    Args:
        class_id: interface class.
        obis: logical name, 6 octets.
        member: number of the attribute.
    """

    class_id: int
    obis: bytes
    member: int


class MeterVariant(StrEnum):
    """What an electricity meter measures (SMETS2 5.2, parts A to C)."""

    SINGLE_ELEMENT = "single"
    TWIN_ELEMENT = "twin"
    POLYPHASE = "polyphase"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectMembers:
    """The members of one object.

    Args:
        class_id: interface class.
        obis: logical name, 6 octets.
        devices: types of device that a source shows it on.
        assumed: types of device that have it although no source shows it: unverified.
        variants: meters that have it; all when empty.
        readable: attributes that can be read.
        writable: attributes that can be written, and the types their values may have.
        initial: values as shipped, by attribute.
        twin: those that are others in a twin element meter.
        methods: numbers of its methods.
    """

    class_id: int
    obis: bytes
    devices: frozenset[str]
    assumed: frozenset[str] = frozenset()
    variants: frozenset[MeterVariant] = frozenset()
    readable: frozenset[int] = frozenset()
    writable: Mapping[int, frozenset[DataType]] = field(default_factory=dict)
    initial: Mapping[int, Data] = field(default_factory=dict)
    twin: Mapping[int, Data] = field(default_factory=dict)
    methods: frozenset[int] = frozenset()

    def belongs_to(self, device: str, variant: MeterVariant) -> bool:
        """Whether a device of this type and variant has the object."""
        if self.variants and variant not in self.variants:
            return False
        return device in self.devices or device in self.assumed

    def shipped(self, variant: MeterVariant) -> Mapping[int, Data]:
        """Its values in a new device, by attribute."""
        if variant is MeterVariant.TWIN_ELEMENT:
            return {**self.initial, **self.twin}
        return self.initial


@cache
def object_members() -> tuple[ObjectMembers, ...]:
    """Every object, ordered by class and logical name."""
    lines = files(__package__).joinpath(_DATA).read_text("utf-8").splitlines()
    return tuple(_members(json.loads(line)) for line in lines[1:])


def members_of(
    device: str, variant: MeterVariant = MeterVariant.SINGLE_ELEMENT
) -> tuple[ObjectMembers, ...]:
    """The objects of one type of device.

    Args:
        device: `ESME`, `CHF` or `SAPC`; other types have no COSEM objects.
        variant: of an electricity meter.
    """
    return tuple(each for each in object_members() if each.belongs_to(device, variant))


def _members(record: Mapping[str, Any]) -> ObjectMembers:
    return ObjectMembers(
        class_id=record["class"],
        obis=parse_obis(record["obis"]),
        devices=frozenset(record["devices"]),
        assumed=frozenset(record.get("assumed", ())),
        variants=frozenset(MeterVariant(each) for each in record.get("elements", ())),
        readable=frozenset(record.get("read", ())),
        writable={
            int(number): frozenset(_TYPES[word] for word in words)
            for number, words in record.get("write", {}).items()
        },
        initial=_values(record.get("initial", {})),
        twin=_values(record.get("twin", {})),
        methods=frozenset(record.get("methods", ())),
    )


def _values(record: Mapping[str, Any]) -> Mapping[int, Data]:
    return {int(number): data_from_notation(value) for number, value in record.items()}
