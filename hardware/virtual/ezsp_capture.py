"""Capture: the radio of a co-processor that is on no network, given to its host (`mfglib`)."""

from collections.abc import Callable
from typing import Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.radio.fcs import FCS_SIZE
from emulator.radio.port import (
    Channel,
    RadioCommand,
    RadioConfig,
    RadioConfigure,
    RadioEvent,
    RadioReceived,
    RadioTransmit,
)
from emulator.smart_energy.device import PoweredRadio
from hardware.ezsp.formats import Captured, Level, MfgPower, Octet, Octets
from hardware.ezsp.frames import Nothing
from hardware.ezsp.identifiers import Command, EmberStatus
from hardware.virtual.ezsp_network import CHANNELS
from hardware.virtual.ezsp_part import HostCallback, Reply, Servers

_NO_ADDRESS: Final = 0xFFFF
_AFTER_FRAME: Final = bytes(FCS_SIZE)
"""Firmware puts two octets after a captured frame that are no FCS."""
_SHORTEST: Final = 5
_LONGEST: Final = 127


class TappedRadio:
    """A radio that either the stack or the host has.

    Args:
        radio: on the air.
    """

    def __init__(self, radio: PoweredRadio) -> None:
        self._radio = radio
        self._stack: Callable[[RadioEvent], None] = _nobody
        self._tap: Callable[[RadioEvent], None] | None = None
        radio.connect(self._heard)

    def connect(self, listener: Callable[[RadioEvent], None]) -> None:
        """Give every event to the stack, while it has the radio."""
        self._stack = listener

    def command(self, command: RadioCommand) -> None:
        """Carry out a command of the stack, while it has the radio."""
        if self._tap is None:
            self._radio.command(command)

    def power(self, *, on: bool) -> None:
        """Switch the supply."""
        self._radio.power(on=on)

    def tap(self, listener: Callable[[RadioEvent], None] | None) -> None:
        """Give the radio to `listener`, or back to the stack."""
        self._tap = listener

    def tapped(self, command: RadioCommand) -> None:
        """Carry out a command of whoever taps it."""
        self._radio.command(command)

    def _heard(self, event: RadioEvent) -> None:
        (self._tap or self._stack)(event)


class NcpCapture:
    """Frames of whatever network, as the host asks for them.

    Args:
        radio: which the stack uses otherwise.
        up: tells whether a network runs; then there is no capture.
        tell: takes callbacks.
    """

    def __init__(
        self,
        radio: TappedRadio,
        up: Callable[[], bool],
        tell: Callable[[HostCallback], None],
    ) -> None:
        self._radio = radio
        self._up = up
        self._tell = tell
        self._running = False
        self._listening = False
        self._channel = CHANNELS[0]
        self._power = 0
        radio.tap(None)

    @property
    def servers(self) -> Servers:
        """The commands."""
        return {
            Command.MFGLIB_START: (Octet, self._start),
            Command.MFGLIB_END: (Nothing, self._end),
            Command.MFGLIB_SET_CHANNEL: (Octet, self._set_channel),
            Command.MFGLIB_GET_CHANNEL: (Nothing, self._get_channel),
            Command.MFGLIB_SET_POWER: (MfgPower, self._set_power),
            Command.MFGLIB_GET_POWER: (Nothing, self._get_power),
            Command.MFGLIB_SEND_PACKET: (Octets, self._transmit),
        }

    def _start(self, request: Octet, _now: Instant) -> Reply:
        if self._running or self._up():
            return Reply(Octet(EmberStatus.INVALID_CALL))
        self._running, self._listening = True, bool(request.value)
        self._radio.tap(self._heard)
        self._tune()
        return Reply(Octet(EmberStatus.SUCCESS))

    def _end(self, _request: Nothing, _now: Instant) -> Reply:
        if not self._running:
            return Reply(Octet(EmberStatus.INVALID_CALL))
        self._running = False
        self._tune()
        self._radio.tap(None)
        return Reply(Octet(EmberStatus.SUCCESS))

    def _set_channel(self, request: Octet, _now: Instant) -> Reply:
        if not self._running or request.value not in CHANNELS:
            return Reply(Octet(EmberStatus.BAD_ARGUMENT))
        self._channel = request.value
        self._tune()
        return Reply(Octet(EmberStatus.SUCCESS))

    def _get_channel(self, _request: Nothing, _now: Instant) -> Reply:
        return Reply(Octet(self._channel))

    def _set_power(self, request: MfgPower, _now: Instant) -> Reply:
        self._power = request.dbm
        return Reply(Octet(EmberStatus.SUCCESS))

    def _get_power(self, _request: Nothing, _now: Instant) -> Reply:
        return Reply(Level(self._power))

    def _transmit(self, request: Octets, now: Instant) -> Reply:
        """Send a frame as it is; its last two octets leave room for the FCS."""
        if not self._running or not _SHORTEST <= len(request.data) <= _LONGEST:
            return Reply(Octet(EmberStatus.BAD_ARGUMENT))
        handle = int(now) & 0xFFFF
        self._radio.tapped(RadioTransmit(handle, request.data[:-FCS_SIZE], csma=False))
        return Reply(Octet(EmberStatus.SUCCESS))

    def _tune(self) -> None:
        config = RadioConfig(
            channel=Channel(0, self._channel),
            pan_id=_NO_ADDRESS,
            short_address=_NO_ADDRESS,
            eui64=Eui64(0),
            receiver_on=self._running and self._listening,
            promiscuous=self._running,
        )
        self._radio.tapped(RadioConfigure(config))

    def _heard(self, event: RadioEvent) -> None:
        if isinstance(event, RadioReceived) and self._listening:
            frame = event.psdu + _AFTER_FRAME
            told = Captured(event.lqi, event.rssi, frame)
            self._tell(HostCallback(Command.MFGLIB_RX_HANDLER, told))


def _nobody(_event: RadioEvent) -> None:
    """Who hears while nobody is connected."""
