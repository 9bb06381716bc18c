"""What is shipped to a dwelling: devices of given types, with numbers that no other dwelling has.

Numbers, install codes and supply points are made for emulation. EUI-64s are locally administered,
so that no manufacturer can have given them to a device.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

from emulator.crypto.install_code import InstallCode
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.shipments.mpxn import mpan_check_digit, mprn_check_digits
from emulator.lab.shipments.shipment import DEVICE_TYPES, HUB_TYPES, Shipment, ShipmentDevice

_BLOCK: Final = 0x02_48_41_4E_42_00_00_00
"""EUI-64s of buildings: among those of the bench, above what it takes itself."""
_OF_A_DWELLING: Final = 0x100
MOST_DWELLINGS: Final = 4096


def dwelling_shipment(number: int, joining: Sequence[str]) -> Shipment:
    """A hub and joining devices for a dwelling.

    Args:
        number: of the dwelling in its building, from 0; every number gives other devices.
        joining: the types of what joins, in order.

    Raises:
        UsageError: when the number is out of range, or a type is unknown or joins nothing.
    """
    problems = [
        f"{kind!r} joins no HAN: expected {', '.join(_joining())}"
        for kind in joining
        if kind not in _joining()
    ]
    if not 0 <= number < MOST_DWELLINGS:
        problems.append(f"dwelling {number}: expected 0 to {MOST_DWELLINGS - 1}")
    if problems:
        raise UsageError(*problems)
    first = _BLOCK + number * _OF_A_DWELLING
    devices = [
        _device(kind, Eui64(first + at), number) for at, kind in enumerate((*HUB_TYPES, *joining))
    ]
    return Shipment(tuple(devices))


def _joining() -> tuple[str, ...]:
    return tuple(kind for kind, about in DEVICE_TYPES.items() if about.joins)


def _device(kind: str, eui64: Eui64, number: int) -> ShipmentDevice:
    about = DEVICE_TYPES[kind]
    drawn = hashlib.sha256(b"hanlab install code" + eui64.to_bytes(8, "big")).digest()
    code = InstallCode.from_octets(drawn[:16]) if about.joins else None
    return ShipmentDevice(
        type=kind,
        eui64=eui64,
        install_code=code,
        manufacturer="1027",
        model=f"{kind[:8]}-01",
        firmware="01020304",
        mpxn=_supply_point(about.meter_point, number),
    )


def _supply_point(kind: str | None, number: int) -> str:
    """An MPAN or MPRN of its own, with the right check digits."""
    if kind == "MPAN":
        core = f"12{number:010d}"
        return core + mpan_check_digit(core)
    if kind == "MPRN":
        body = f"74{number:06d}"
        return body + mprn_check_digits(body)
    return ""
