"""What COSEM objects and ZCL attributes are called, by the names that coverage has of them."""

from functools import cache
from typing import Final

from emulator.cosem.logical_names import format_obis, parse_obis
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.zcl.primitives import Side
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId

ZCL: Final = "0x"
"""How the names of ZCL attributes begin; those of COSEM objects begin with their class."""


def is_zcl(place: str) -> bool:
    """Whether a name is one of ZCL."""
    return place.startswith(ZCL)


def place_name(place: str) -> str:
    """What the specification calls a place; empty where it does not say.

    Args:
        place: as `emulator.bench.cases.touched` has it.
    """
    return _zcl_name(place) if is_zcl(place) else _cosem_names().get(place, "")


def place_order(place: str) -> tuple[int, str]:
    """Places in order of cluster or class."""
    first, _, rest = place.partition("/")
    return int(first, 0), rest


@cache
def _cosem_names() -> dict[str, str]:
    """What SMETS or CHTS call COSEM objects, by place."""
    found: dict[str, str] = {}
    for use_case in use_cases():
        for row in use_case.cosem:
            if row.obis and None not in (row.class_id, row.member):
                member = "method" if row.method else "attribute"
                obis = format_obis(parse_obis(row.obis))
                found.setdefault(f"{row.class_id}/{obis}/{member} {row.member}", _object(row.name))
    return found


def _object(name: str) -> str:
    """The object of a data item: `MeterBalance` of `MeterBalance: value`."""
    return name.partition(": ")[0]


def _zcl_name(place: str) -> str:
    cluster, _, rest = place.partition("/")
    what, _, number = rest.partition(" ")
    declared = CLUSTERS.get(ClusterId(int(cluster, 0)))
    if declared is None:
        return ""
    server = declared.side(Side.SERVER)
    found = server.attribute(int(number, 0)) if what == "attribute" else None
    if what == "command":
        command = server.command(int(number, 0))
        return f"{declared.name}: {command.name}" if command else declared.name
    return f"{declared.name}: {found.name}" if found else declared.name
