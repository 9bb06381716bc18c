"""Sub-GHz channels as elements (MMC 5.4; DBCH01 to DBCH03)."""

from typing import Final

from emulator.duis.mmc.content import Content
from emulator.duis.tree import Node

_FIRST_CHANNELS: Final = {28: 0, 29: 27, 30: 35, 31: 0}
"""First channel of a page in its band."""
_TRIGGERS: Final = (
    "RemotePartyCommand",
    "GSMERequest",
    "GSMEMissedItsCurfew",
    "GSMEMissingForTheLastDay",
    "CHDetectedMessageFailureProblems",
    "CHDetectedMessageRetryProblems",
    "SubGHzNon-GSMEDeviceRequest",
    "SMHANFormation",
)
"""Why channels were scanned, numbered in the order in which the catalogue lists it: unverified."""
_LOGGED: Final = 7
"""Octets of an entry of the log: channel, then an octet string of one (RTDS 4.5.0, DBCH02)."""


def channels(value: object) -> Content | None:
    """The channels of a page that may be used (DBCH03)."""
    told = _channels(value)
    if told is None:
        return None
    return Content(parts=tuple(Node(f"Channel{number}") for number in told[1]))


def operating_channel(value: object) -> Content | None:
    """The channel that a hub is on (DBCH01)."""
    told = _channels(value)
    if told is None or len(told[1]) != 1:
        return None
    band = "Upper" if told[0] == 31 else "Lower"
    name = f"Operating{band}BandSubGHzChannel"
    return Content(parts=(Node(name, parts=(Node(f"Channel{told[1][0]}"),)),))


def _channels(value: object) -> tuple[int, list[int]] | None:
    """A page, and the numbers of its channels in the band."""
    bits = value if isinstance(value, str) else _bits_of(value)
    if len(bits) != 32:
        return None
    page, mask = int(bits[:5], 2), int(bits[5:], 2)
    first = _FIRST_CHANNELS.get(page)
    if first is None:
        return None
    return page, [first + place for place in range(27) if mask >> place & 1]


def _bits_of(value: object) -> str:
    octets = value if isinstance(value, bytes) else b""
    return "".join(f"{octet:08b}" for octet in octets)


def logged_channel(value: object) -> Content | None:
    """The channel of an entry of the log."""
    logged = isinstance(value, bytes) and len(value) == _LOGGED
    return operating_channel(value[:4]) if logged and isinstance(value, bytes) else None


def scan_trigger(value: object) -> Content | None:
    """Why the channels were scanned of which an entry of the log tells."""
    if not isinstance(value, bytes) or len(value) != _LOGGED or value[-1] >= len(_TRIGGERS):
        return None
    return Content(_TRIGGERS[value[-1]])
