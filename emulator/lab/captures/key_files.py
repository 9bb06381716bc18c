"""The keys that open a capture: from a `zigbee_pc_keys` file, from the capture, or as words.

What a file says of a key is its octets, their order and a label; whether it is a network key or a
link key is not said, so each is tried as either.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from emulator.kernel.csv_text import csv_cells
from emulator.kernel.errors import UsageError
from emulator.kernel.text_files import read_text
from emulator.lab.captures.packet import StoredKey
from emulator.lab.dissector.key_ring import KEY_SIZE, KeyRing
from emulator.zigbee.addresses import NO_EUI64
from emulator.zigbee.aps.primitives import KeyOrigin

NAME: Final = "zigbee_pc_keys"
"""How Wireshark names the file, and a run the one beside its capture."""
_ORDERS: Final = ("Normal", "Reverse")
_FIELDS: Final = 3


def ring_of(keys: Iterable[tuple[bytes, str]], stored: Iterable[StoredKey] = ()) -> KeyRing:
    """A key ring in which every key may open either layer.

    Args:
        keys: octets in the order in which they are written down, and labels.
        stored: keys of the capture itself, of which the layer is known.
    """
    ring = KeyRing()
    for octets, label in keys:
        ring.add_network_key(octets, label=label)
        ring.add_link_key(octets, NO_EUI64, label, KeyOrigin.PRECONFIGURED)
    for key in stored:
        if key.network:
            ring.add_network_key(key.octets, label="of the capture")
        else:
            ring.add_link_key(key.octets, NO_EUI64, "of the capture", KeyOrigin.PRECONFIGURED)
    return ring


def read_key_file(path: Path) -> tuple[tuple[bytes, str], ...]:
    """Keys and labels of a `zigbee_pc_keys` file.

    Raises:
        UsageError: when it cannot be read, or with every line that is none of such a file.
    """
    found: list[tuple[bytes, str]] = []
    problems: list[str] = []
    for number, row in enumerate(read_text(path).splitlines(), 1):
        if not row or row.startswith("#"):
            continue
        try:
            found.append(_key(csv_cells(row)))
        except (UsageError, ValueError) as problem:
            problems.append(f"{path}:{number}: {problem}")
    if problems:
        raise UsageError("\n".join(problems))
    return tuple(found)


def _key(row: list[str]) -> tuple[bytes, str]:
    if len(row) < _FIELDS:
        raise UsageError(f'expected "key","byte order","label"; {len(row)} fields')
    order = row[1].strip()
    if order not in _ORDERS:
        raise UsageError(f"byte order {order!r}: expected {' or '.join(_ORDERS)}")
    octets = key_of(row[0])
    return octets if order == "Normal" else octets[::-1], row[2]


def key_of(text: str) -> bytes:
    """The key that 32 hexadecimal digits are; colons, blanks and 0x are passed over.

    Raises:
        UsageError: when it is none.
    """
    digits = text.strip().removeprefix("0x").replace(":", "").replace(" ", "")
    try:
        octets = bytes.fromhex(digits)
    except ValueError:
        octets = b""
    if len(octets) != KEY_SIZE:
        raise UsageError(f"{len(digits)} characters are no key: expected 32 hexadecimal digits")
    return octets
