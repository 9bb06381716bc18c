"""The address filter of a receiver (IEEE 802.15.4-2006 7.5.6.2), looking at octets only.

A frame that is not for this receiver costs a slice and a look-up; nothing of it is decoded.
"""

from typing import Final

from emulator.radio.port import RadioConfig

_BROADCAST: Final = b"\xff\xff"
_ADDRESS_MODES: Final = 0x0C
_SHORT: Final = 0x08
_EXTENDED: Final = 0x0C
_TYPE: Final = 0x07
_BEACON: Final = 0
_ACK: Final = 2
_SHORTEST: Final = 5
"""Octets of the shortest frame: frame control, sequence number and FCS."""


class AddressFilter:
    """Says which frames a receiver with this configuration takes; acknowledgements always pass."""

    __slots__ = ("_any_pan", "_coordinator", "_long_names", "_pan", "_promiscuous", "_short_names")

    def __init__(self, config: RadioConfig) -> None:
        self._pan = pan = config.pan_id.to_bytes(2, "little")
        short = config.short_address.to_bytes(2, "little")
        extended = config.eui64.to_bytes(8, "little")
        self._any_pan = pan == _BROADCAST
        self._coordinator = config.coordinator
        self._promiscuous = config.promiscuous
        self._short_names = frozenset(
            where + who for where in (pan, _BROADCAST) for who in (short, _BROADCAST)
        )
        self._long_names = frozenset((pan + extended, _BROADCAST + extended))

    def accepts(self, psdu: bytes) -> bool:
        """Whether `psdu`, with its FCS, is for this receiver."""
        if len(psdu) < _SHORTEST or self._promiscuous:
            return len(psdu) >= _SHORTEST
        mode = psdu[1] & _ADDRESS_MODES
        if mode == _SHORT:
            return psdu[3:7] in self._short_names
        if mode == _EXTENDED:
            return psdu[3:13] in self._long_names
        kind = psdu[0] & _TYPE
        if kind == _ACK:
            return True
        if kind == _BEACON:
            return self._any_pan or psdu[3:5] == self._pan
        return self._coordinator and psdu[3:5] == self._pan


def is_broadcast(psdu: bytes) -> bool:
    """Whether the destination is the short broadcast address."""
    return psdu[1] & _ADDRESS_MODES == _SHORT and psdu[5:7] == _BROADCAST
