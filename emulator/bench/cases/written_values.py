"""Which attributes the commands of records read and write, and how they must look."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from emulator.bench.cases.cases import Case
from emulator.bench.cases.command_maker import example_payload, has_required_values
from emulator.cosem.date_times import NOW
from emulator.cosem.objects import CosemObject, cosem_objects
from emulator.cosem.server.members import Attribute, object_members
from emulator.dlms.access import AccessRequest
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import AccessKind, Descriptor
from emulator.gbcs.use_cases.record import UseCase
from emulator.gbcs_device.device_kind import DeviceKind

_REGISTERS: Final = frozenset((3, 4, 5))
"""Interface classes whose attribute 3 is scaler and unit (IEC 62056-6-2 4.3)."""
SCALER_UNIT: Final = 3


def items(use_case: UseCase) -> Sequence[tuple[Descriptor, Data]]:
    """The items of a command in DLMS, each with its data; none of any other command."""
    payload = example_payload(use_case)
    if not isinstance(payload, AccessRequest):
        return ()
    return tuple(zip(payload.descriptors, payload.data, strict=True))


def attribute(item: Descriptor) -> Attribute:
    """The attribute that an item is about."""
    return Attribute(item.class_id, item.obis, item.member)


def written(use_case: UseCase) -> Iterator[tuple[Attribute, Data]]:
    """The values that a command leaves in place: neither dates, nor what a date takes away."""
    sets = [(item, data) for item, data in items(use_case) if item.kind is AccessKind.SET]
    dated = {(item.class_id, item.obis) for item, data in sets if data.value == NOW}
    for item, data in sets:
        if (item.class_id, item.obis) not in dated:
            yield attribute(item), data


def read(use_case: UseCase) -> frozenset[Attribute]:
    """The attributes that a command reads as a whole."""
    return frozenset(attribute(item) for item, _ in items(use_case) if item.kind is AccessKind.GET)


def readers_of(case: Case, others: Sequence[Case]) -> tuple[Case, ...]:
    """The cases whose commands only read something that the command of this one writes."""
    wanted = frozenset(each for each, _ in written(case.use_case))
    if not wanted:
        return ()
    return tuple(
        each
        for each in others
        if not has_required_values(each.use_case)
        and not any(True for _ in written(each.use_case))
        and wanted & read(each.use_case)
    )


def scaled(item: Descriptor) -> CosemObject | None:
    """The register whose scaler and unit an item reads, where the annex fixes them."""
    if item.class_id not in _REGISTERS or item.member != SCALER_UNIT:
        return None
    known = cosem_objects().get((item.class_id, item.obis))
    return known if known is not None and known.unit is not None else None


def reads_scaler(use_case: UseCase) -> bool:
    """Whether a command reads a scaler and unit that the annex fixes."""
    return any(
        item.kind is AccessKind.GET and scaled(item) is not None for item, _ in items(use_case)
    )


def reads_types(use_case: UseCase, kind: DeviceKind) -> bool:
    """Whether a command reads an attribute whose type is known."""
    return any(
        item.kind is AccessKind.GET and types_of(attribute(item), kind)
        for item, _ in items(use_case)
    )


def types_of(wanted: Attribute, kind: DeviceKind) -> frozenset[DataType]:
    """The types that a value of an attribute may have; none where no source tells."""
    return _types(kind.value).get(wanted, frozenset())


@cache
def _types(device: str) -> dict[Attribute, frozenset[DataType]]:
    """By attribute: the types in which values may be written, and that of the value as shipped."""
    found: dict[Attribute, frozenset[DataType]] = {}
    for each in object_members():
        if device not in each.devices:
            continue
        for number in each.readable:
            types = set(each.writable.get(number, ()))
            if number in each.initial:
                types.add(each.initial[number].type)
            if types:
                found[Attribute(each.class_id, each.obis, number)] = frozenset(types)
    return found
