"""The address filter of a receiver (IEEE 802.15.4-2006 7.5.6.2), looking at octets only.

A frame that is not for this receiver costs a slice and a look-up; nothing of it is decoded.
"""

from typing import Final

from emulator.radio.port import RadioAliases, RadioConfig

_BROADCAST: Final = b"\xff\xff"
_ADDRESS_MODES: Final = 0x0C
_SHORT: Final = 0x08
_EXTENDED: Final = 0x0C
_TYPE: Final = 0x07
_BEACON: Final = 0
_ACK: Final = 2
_NOBODY_ELSE: Final = RadioAliases(frozenset(), frozenset())
_SHORTEST: Final = 5
"""Octets of the shortest frame: frame control, sequence number and FCS."""


class AddressFilter:
    """Says which frames a receiver with this configuration takes; acknowledgements always pass.

    Args:
        config: its own addresses.
        aliases: for whom else it answers.
    """

    __slots__ = (
        "_any_pan",
        "_coordinator",
        "_extended",
        "_long_names",
        "_pan",
        "_promiscuous",
        "_short_names",
    )

    def __init__(self, config: RadioConfig, aliases: RadioAliases = _NOBODY_ELSE) -> None:
        self._pan = pan = config.pan_id.to_bytes(2, "little")
        shorts = [config.short_address, *aliases.short_addresses]
        extendeds = [config.eui64, *aliases.extended_addresses]
        self._extended = config.eui64.to_bytes(8, "little")
        self._any_pan = pan == _BROADCAST
        self._coordinator = config.coordinator
        self._promiscuous = config.promiscuous
        self._short_names = frozenset(
            where + who
            for where in (pan, _BROADCAST)
            for who in (*(each.to_bytes(2, "little") for each in shorts), _BROADCAST)
        )
        self._long_names = frozenset(
            where + each.to_bytes(8, "little") for where in (pan, _BROADCAST) for each in extendeds
        )

    def accepts(self, psdu: bytes) -> bool:
        """Whether `psdu`, with its FCS, is for this receiver."""
        if len(psdu) < _SHORTEST or self._promiscuous:
            return len(psdu) >= _SHORTEST
        mode = psdu[1] & _ADDRESS_MODES
        if mode == _SHORT:
            return psdu[3:7] in self._short_names
        if mode == _EXTENDED:
            return psdu[3:13] in self._long_names or self._is_own_beacon(psdu)
        kind = psdu[0] & _TYPE
        if kind == _ACK:
            return True
        if kind == _BEACON:
            return self._any_pan or psdu[3:5] == self._pan
        return self._coordinator and psdu[3:5] == self._pan

    def _is_own_beacon(self, psdu: bytes) -> bool:
        """Whether it is an enhanced beacon that our scan asked for, from whichever PAN."""
        return self._any_pan and psdu[0] & _TYPE == _BEACON and psdu[5:13] == self._extended


def is_broadcast(psdu: bytes) -> bool:
    """Whether the destination is the short broadcast address."""
    return psdu[1] & _ADDRESS_MODES == _SHORT and psdu[5:7] == _BROADCAST


def addressed(config: RadioConfig) -> tuple[object, ...]:
    """What an address filter is made from; a radio that sleeps between polls keeps its own."""
    return (
        config.pan_id,
        config.short_address,
        config.eui64,
        config.coordinator,
        config.promiscuous,
    )
