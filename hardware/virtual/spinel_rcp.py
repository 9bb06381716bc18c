"""A radio co-processor in software: Spinel towards its host, a simulated radio towards our air.

It answers as OpenThread's RCP firmware does (ncp_base, ncp_base_radio), to whatever comes: what is
no command gets the status that firmware gives, and what is no frame is left out as noise.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from emulator.kernel.errors import WireError
from emulator.kernel.units import milliseconds
from emulator.lab.radios.kinds import DonglePlace
from emulator.lab.radios.lines import Send
from emulator.radio.acknowledgement import (
    Pending,
    acknowledgement,
    says_pending,
    wants_acknowledgement,
)
from emulator.radio.fcs import FCS_SIZE, with_fcs
from emulator.radio.port import (
    Channel,
    RadioConfigure,
    RadioDutyCycle,
    RadioEnergy,
    RadioEnergyScan,
    RadioEvent,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from hardware.spinel.frames import (
    MARK,
    EnergyResult,
    FrameToTransmit,
    OctetValue,
    OnePacked,
    PhyData,
    PropertyPayload,
    ReceivedFrame,
    SpinelFrame,
    TransmitDone,
    TransmitSettings,
    property_frame,
)
from hardware.spinel.hdlc import HdlcReader, hdlc_frame
from hardware.spinel.properties import SCAN_IDLE, Command, Property, Status
from hardware.virtual.rcp_state import RcpState, RefusedError

if TYPE_CHECKING:
    from emulator.kernel.scheduler import Timer

_ACKED_PENDING: Final = 0x0010
"""spinel.h `SPINEL_MD_FLAG_ACKED_FP`: acknowledged with frame pending."""
_NO_NOISE_FLOOR: Final = -128
_SHORTEST: Final = 5
_LONGEST: Final = 127
"""Octets of a PSDU that can go on the air: an acknowledgement; aMaxPHYPacketSize."""
_OUTCOMES: Final[Mapping[TransmitOutcome, Status]] = {
    TransmitOutcome.SENT: Status.OK,
    TransmitOutcome.ACKED: Status.OK,
    TransmitOutcome.NO_ACK: Status.NO_ACK,
    TransmitOutcome.CHANNEL_ACCESS_FAILURE: Status.CCA_FAILURE,
}
_USUAL: Final = TransmitSettings(4, 3, 1, 0, 0, 0, 0, 0, 0).encode()
"""What STREAM_RAW may leave out: CSMA, macMaxCSMABackoffs, macMaxFrameRetries (OpenThread)."""


class SpinelRcp:
    """OpenThread RCP: a Spinel radio co-processor.

    Args:
        place: where it stands.
    """

    def __init__(self, place: DonglePlace) -> None:
        self._scheduler = place.surroundings.scheduler
        self._radio = place.surroundings.radio(place.name)
        self._radio.connect(self._heard)
        stream = place.surroundings.streams.stream(place.name, "eui64")
        self._hardware_address = stream.integer(1, (1 << 40) - 1) | 0x02_48_4C << 40
        self._send: Send = _nowhere
        self._reader = HdlcReader()
        self._begin()

    def connect(self, send: Send) -> None:
        """Give every octet for the host to `send`."""
        self._send = send

    def receive(self, octets: bytes) -> None:
        """Take octets of the host."""
        for payload in self._reader.feed(octets):
            self._frame(payload)

    def reset(self, status: Status = Status.RESET_POWER_ON) -> None:
        """Begin anew, as after a loss of power, and say so."""
        self._radio.power(on=False)
        if self._timer is not None:
            self._timer.cancel()
        self._begin()
        self._emit(0, Command.PROP_VALUE_IS, Property.LAST_STATUS, OnePacked(status).encode())

    def _begin(self) -> None:
        self._state = RcpState(self._hardware_address, self._scheduler)
        self._sending: tuple[int, FrameToTransmit, TransmitSettings] | None = None
        self._scan: list[int] = []
        self._timer: Timer | None = None
        self._radio.power(on=True)
        self._apply()

    # What the host asks

    def _frame(self, payload: bytes) -> None:
        try:
            frame = SpinelFrame.decode(payload)
        except WireError:
            return
        if frame.mark != MARK:
            return
        if frame.interface != 0:
            self._status(frame.transaction, Status.INVALID_INTERFACE)
            return
        command = Command(frame.command)
        if command is Command.RESET:
            self.reset(Status.RESET_SOFTWARE)
        elif command is Command.NOOP:
            self._status(frame.transaction, Status.OK)
        else:
            self._about_property(frame.transaction, command, frame.payload)

    def _about_property(self, transaction: int, command: Command, payload: bytes) -> None:
        action = self._actions.get(command)
        if action is None:
            self._status(transaction, Status.INVALID_COMMAND)
            return
        try:
            about = PropertyPayload.decode(payload)
            action(self, transaction, Property(about.property), about.value)
        except WireError:
            self._status(transaction, Status.PARSE_ERROR)
        except RefusedError as refusal:
            self._status(transaction, refusal.status)

    def _get(self, transaction: int, name: Property, _value: bytes) -> None:
        self._emit(transaction, Command.PROP_VALUE_IS, name, self._state.get(name))

    def _set(self, transaction: int, name: Property, value: bytes) -> None:
        if name is Property.STREAM_RAW:
            self._transmit(transaction, FrameToTransmit.decode(value))
            return
        if name is Property.MAC_SCAN_STATE:
            self._scan_state(transaction, OctetValue.decode(value).number)
            return
        self._state.set(name, value)
        self._apply()
        told = self._state.get(name) if self._state.readable(name) else value
        self._emit(transaction, Command.PROP_VALUE_IS, name, told)

    def _insert(self, transaction: int, name: Property, value: bytes) -> None:
        self._state.insert(name, value)
        self._apply()
        self._emit(transaction, Command.PROP_VALUE_INSERTED, name, value)

    def _remove(self, transaction: int, name: Property, value: bytes) -> None:
        self._state.remove(name, value)
        self._apply()
        self._emit(transaction, Command.PROP_VALUE_REMOVED, name, value)

    _actions: Final[Mapping[Command, Callable[["SpinelRcp", int, Property, bytes], None]]] = {
        Command.PROP_VALUE_GET: _get,
        Command.PROP_VALUE_SET: _set,
        Command.PROP_VALUE_INSERT: _insert,
        Command.PROP_VALUE_REMOVE: _remove,
    }

    def _apply(self) -> None:
        """Let the radio filter and answer as the properties say."""
        self._radio.command(RadioConfigure(self._state.config))
        self._radio.command(self._state.pending)

    # Sending

    def _transmit(self, transaction: int, frame: FrameToTransmit) -> None:
        if not _SHORTEST <= len(frame.psdu) <= _LONGEST:
            raise RefusedError(Status.PARSE_ERROR)
        if not self._state.listening or self._sending is not None or self._scan:
            raise RefusedError(Status.INVALID_STATE)
        told = frame.settings
        settings, _ = TransmitSettings.take(told + _USUAL[len(told) :])
        self._state.tune(frame.channel)
        self._sending = transaction, frame, settings
        self._radio.command(RadioConfigure(self._state.config))
        self._radio.command(
            RadioTransmit(
                transaction,
                frame.psdu[:-FCS_SIZE],
                max_backoffs=settings.max_backoffs,
                max_retries=settings.max_retries,
                csma=bool(settings.csma),
            )
        )

    def _transmitted(self, event: RadioTransmitted) -> None:
        if self._sending is None:
            return
        (transaction, frame, settings), self._sending = self._sending, None
        if settings.channel_after and settings.channel_after != frame.channel:
            self._state.tune(settings.channel_after)
            self._radio.command(RadioConfigure(self._state.config))
        status = _OUTCOMES[event.outcome]
        answer = b""
        if status is Status.OK:
            answer = self._metadata(_answer(frame.psdu, event), 0, 0, 0)
        done = TransmitDone(status, event.frame_pending, settings.header_updated, answer)
        self._emit(transaction, Command.PROP_VALUE_IS, Property.LAST_STATUS, done.encode())

    # What the radio says

    def _heard(self, event: RadioEvent) -> None:
        match event:
            case RadioReceived(psdu, rssi, lqi):
                whole = with_fcs(psdu)
                flags = _ACKED_PENDING if self._acked_pending(whole) else 0
                value = self._metadata(whole, rssi, lqi, flags)
                self._emit(0, Command.PROP_VALUE_IS, Property.STREAM_RAW, value)
            case RadioTransmitted():
                self._transmitted(event)
            case RadioEnergy():
                self._energy(event)
            case RadioDutyCycle():
                pass  # it has none at 2.4 GHz

    def _acked_pending(self, psdu: bytes) -> bool:
        if not wants_acknowledgement(psdu):
            return False
        told = self._state.pending
        table = Pending.of(told.short_addresses, told.extended_addresses, everyone=told.everyone)
        return says_pending(acknowledgement(psdu, table))

    def _metadata(self, psdu: bytes, rssi: int, lqi: int, flags: int) -> bytes:
        phy = PhyData(self._state.channel, lqi, self._scheduler.now).encode()
        received = ReceivedFrame(psdu, rssi, _NO_NOISE_FLOOR, flags, phy, _NO_FURTHER_DATA)
        return received.encode()

    # Measuring

    def _scan_state(self, transaction: int, state: int) -> None:
        self._scan = self._state.scan(state, busy=bool(self._sending or self._scan))
        self._emit(
            transaction, Command.PROP_VALUE_IS, Property.MAC_SCAN_STATE, OctetValue(state).encode()
        )
        self._measure()

    def _measure(self) -> None:
        if self._scan:
            channel = Channel(0, self._scan[0])
            duration = milliseconds(self._state.scan_period)
            self._radio.command(RadioEnergyScan(channel, duration))

    def _energy(self, event: RadioEnergy) -> None:
        if not self._scan:
            return
        self._scan = self._scan[1:]
        level = self._state.quietest if event.rss is None else event.rss
        result = EnergyResult(event.channel.number, level).encode()
        self._emit(0, Command.PROP_VALUE_IS, Property.MAC_ENERGY_SCAN_RESULT, result)
        if self._scan:
            self._measure()
            return
        idle = OctetValue(SCAN_IDLE).encode()
        self._emit(0, Command.PROP_VALUE_IS, Property.MAC_SCAN_STATE, idle)

    # What the host is told

    def _status(self, transaction: int, status: Status) -> None:
        value = OnePacked(status).encode()
        self._emit(transaction, Command.PROP_VALUE_IS, Property.LAST_STATUS, value)

    def _emit(self, transaction: int, command: Command, name: Property, value: bytes) -> None:
        self._send(hdlc_frame(property_frame(transaction, command, name, value)))


_NO_FURTHER_DATA: Final = bytes.fromhex("0100 00 0500 0000000000")
"""Vendor data (receive error 0), then MAC data (key and counter of a protected acknowledgement)."""


def _answer(psdu: bytes, event: RadioTransmitted) -> bytes:
    """The acknowledgement that ended a transmission, with its FCS; empty when none was asked."""
    if event.outcome is not TransmitOutcome.ACKED:
        return b""
    return with_fcs(bytes((0x02 | 0x10 * event.frame_pending, 0, psdu[2])))


def _nowhere(_octets: bytes) -> None:
    """Where octets go while no host is connected."""


def make(place: DonglePlace) -> Any:
    """OpenThread RCP: a Spinel radio co-processor."""
    return SpinelRcp(place)
