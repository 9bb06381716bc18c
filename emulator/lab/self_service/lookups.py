"""How devices of the inventory are found: by exactly one thing that is known of them (SRV 8.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from emulator.dcc.inventory.inventory import Inventory
from emulator.dcc.inventory.records import DeviceRecord
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import parse_eui64

BY: Final[Mapping[str, str]] = MappingProxyType(
    {"eui64": "Device ID", "mpxn": "MPAN or MPRN", "uprn": "UPRN", "postcode": "Postcode"}
)
"""What a device can be found by, and how people call it."""
_LONGEST: Final = 40
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class Lookup:
    """What is looked for.

    Args:
        by: one of `BY`; empty for every device there is.
        value: as it is written.
    """

    by: str = ""
    value: str = ""


def lookup_of(fields: Mapping[str, str]) -> Lookup:
    """What a form or the query of an address looks for.

    Raises:
        UsageError: when it is more than one thing, or none that can be.
    """
    given = {name: fields[name].strip() for name in BY if fields.get(name, "").strip()}
    if len(given) > 1:
        raise UsageError(f"expected one of {', '.join(BY)}, got {', '.join(given)}")
    for name, value in given.items():
        if len(value) > _LONGEST or not value.isprintable():
            raise UsageError(f"{BY[name]}: expected at most {_LONGEST} characters")
        if name == "eui64":
            parse_eui64(value)
        return Lookup(name, value)
    return Lookup()


def found_devices(inventory: Inventory, lookup: Lookup) -> tuple[DeviceRecord, ...]:
    """The devices that fit, at most `MOST`."""
    match lookup.by:
        case "eui64":
            one = inventory.device(parse_eui64(lookup.value))
            found: tuple[DeviceRecord, ...] = () if one is None else (one,)
        case "mpxn":
            found = inventory.by_mpxn(lookup.value)
        case "uprn":
            found = inventory.by_uprn(lookup.value)
        case "postcode":
            found = inventory.by_postcode(lookup.value)
        case _:
            found = inventory.snapshot()
    return found[:MOST]
