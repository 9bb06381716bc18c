"""The objects that GBCS names: class, logical name, what SMETS calls them, scaler and unit."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from emulator.cosem.layouts import Layout, layout
from emulator.cosem.logical_names import format_obis, parse_obis

_DATA: Final = "objects.jsonl"


@dataclass(frozen=True, slots=True)
class CosemObject:
    """One object of a device.

    Args:
        class_id: interface class.
        obis: logical name, 6 octets.
        name: what SMETS, CHTS or DLMS calls it; empty where no source names it.
        devices: device types that a source shows it on.
        scaler: power of ten of its value, where the annex fixes one.
        unit: number of the unit of its value, where the annex fixes one.
        layouts: names for the parts of attributes and methods that are this object's own.
    """

    class_id: int
    obis: bytes
    name: str
    devices: tuple[str, ...] = ()
    scaler: int | None = None
    unit: int | None = None
    layouts: Mapping[str, Layout] = field(default_factory=dict)

    @property
    def logical_name(self) -> str:
        """Its logical name as people write it."""
        return format_obis(self.obis)


@cache
def cosem_objects() -> Mapping[tuple[int, bytes], CosemObject]:
    """Every object by class and logical name."""
    lines = files(__package__).joinpath(_DATA).read_text("utf-8").splitlines()
    listed = (_object(json.loads(line)) for line in lines[1:])
    return MappingProxyType({(each.class_id, each.obis): each for each in listed})


def _object(record: Mapping[str, object]) -> CosemObject:
    devices, scaler, unit = record["devices"], record.get("scaler"), record.get("unit")
    layouts = record.get("layouts", {})
    return CosemObject(
        class_id=int(str(record["class"])),
        obis=parse_obis(str(record["obis"])),
        name=str(record["name"]),
        devices=tuple(map(str, devices)) if isinstance(devices, list) else (),
        scaler=scaler if isinstance(scaler, int) else None,
        unit=unit if isinstance(unit, int) else None,
        layouts={member: layout(text) for member, text in layouts.items()}
        if isinstance(layouts, dict)
        else {},
    )
