"""The radio of a device that stands on two airs: the real one, and the virtual one of the run.

Some devices of a home may be real and some emulated; whoever has a dongle hears and reaches both.
A frame for one device goes to the air on which that device was heard; where it was not heard yet,
the virtual air is tried first. Broadcasts go to both.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from emulator.radio.acknowledgement import wants_acknowledgement
from emulator.radio.port import (
    RadioAliases,
    RadioCommand,
    RadioConfigure,
    RadioEnergyScan,
    RadioEvent,
    RadioPending,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.smart_energy.device import PoweredRadio

_SIZES: Final = {0: 0, 2: 2, 3: 8}
_HEAD: Final = 3
_PAN: Final = 2
_COMPRESSED: Final = 0x40


@dataclass(slots=True)
class _Sending:
    """A transmission until every air that it goes to has told."""

    command: RadioTransmit
    left: list[int] = field(default_factory=list)
    told: list[RadioTransmitted] = field(default_factory=list)
    fallback: int | None = None


class JoinedRadio:
    """Implements `emulator.smart_energy.device.PoweredRadio` over two others.

    Args:
        virtual: on the virtual air.
        real: on the real one; energy is measured there.
    """

    def __init__(self, virtual: PoweredRadio, real: PoweredRadio) -> None:
        self._radios = (virtual, real)
        self._listener: Callable[[RadioEvent], None] | None = None
        self._heard: dict[bytes, int] = {}
        self._sending: dict[int, _Sending] = {}
        for side, radio in enumerate(self._radios):
            radio.connect(partial(self._event, side))

    def connect(self, listener: Callable[[RadioEvent], None]) -> None:
        """Give every event to `listener`."""
        self._listener = listener

    def power(self, *, on: bool) -> None:
        """Switch the supply of both."""
        self._sending.clear()
        for radio in self._radios:
            radio.power(on=on)

    def command(self, command: RadioCommand) -> None:
        """Carry out a command on the airs it concerns."""
        match command:
            case RadioTransmit():
                self._transmit(command)
            case RadioEnergyScan():
                self._radios[_REAL].command(command)
            case RadioConfigure() | RadioPending() | RadioAliases():
                for radio in self._radios:
                    radio.command(command)

    def _transmit(self, command: RadioTransmit) -> None:
        sending = self._sending[command.handle] = _Sending(command)
        if not wants_acknowledgement(command.psdu):
            sending.left = [_VIRTUAL, _REAL]
        else:
            destination, _ = mac_addresses(command.psdu)
            known = self._heard.get(destination)
            sending.left = [_VIRTUAL if known is None else known]
            sending.fallback = _REAL if known is None else None
        for side in tuple(sending.left):
            self._radios[side].command(command)

    def _event(self, side: int, event: RadioEvent) -> None:
        match event:
            case RadioReceived(psdu):
                _, source = mac_addresses(psdu)
                if source:
                    self._heard[source] = side
                self._emit(event)
            case RadioTransmitted():
                self._transmitted(side, event)
            case _:
                self._emit(event)

    def _transmitted(self, side: int, event: RadioTransmitted) -> None:
        sending = self._sending.get(event.handle)
        if sending is None or side not in sending.left:
            return
        sending.left.remove(side)
        if event.outcome is not TransmitOutcome.ACKED and sending.fallback is not None:
            sending.left.append(sending.fallback)
            sending.fallback = None
            self._radios[sending.left[0]].command(sending.command)
            return
        sending.told.append(event)
        if not sending.left:
            del self._sending[event.handle]
            self._emit(min(sending.told, key=lambda each: _BEST_FIRST.index(each.outcome)))

    def _emit(self, event: RadioEvent) -> None:
        if self._listener is not None:
            self._listener(event)


_VIRTUAL: Final = 0
_REAL: Final = 1
_BEST_FIRST: Final = (
    TransmitOutcome.ACKED,
    TransmitOutcome.SENT,
    TransmitOutcome.NO_ACK,
    TransmitOutcome.CHANNEL_ACCESS_FAILURE,
)


def mac_addresses(psdu: bytes) -> tuple[bytes, bytes]:
    """Destination and source address of a frame, as octets on the air; empty where it has none.

    IEEE 802.15.4-2006 7.2.1: frame control, sequence number, addressing fields.
    """
    if len(psdu) < _HEAD:
        return b"", b""
    to, by = _SIZES.get(psdu[1] >> 2 & 3, 0), _SIZES.get(psdu[1] >> 6, 0)
    at = _HEAD + (_PAN if to else 0)
    destination = psdu[at : at + to]
    at += to + (_PAN if by and not psdu[0] & _COMPRESSED else 0)
    return destination, psdu[at : at + by] if by else b""
