"""A radio behind Spinel: implements `emulator.radio.port.Radio` over any line.

Address filter, CSMA/CA, acknowledgements, retries and source match are the firmware's; queueing,
configuration, and what becomes of a line that loses octets or a dongle that resets are done here.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.scheduler import Scheduler, Timer
from emulator.kernel.units import Duration, Instant
from emulator.radio.acknowledgement import wants_acknowledgement
from emulator.radio.air import Transmission
from emulator.radio.fcs import FCS_SIZE, with_fcs
from emulator.radio.levels import energy_level, link_quality
from emulator.radio.phy.pages import PHYS
from emulator.radio.port import (
    Channel,
    RadioAliases,
    RadioCommand,
    RadioConfig,
    RadioConfigure,
    RadioEnergy,
    RadioEnergyScan,
    RadioEvent,
    RadioPending,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.radio.settings import RadioSettings
from hardware.spinel.configuration import POWERED, UNPOWERED, configured, pending_tables
from hardware.spinel.frames import (
    EnergyResult,
    FrameToTransmit,
    OctetValue,
    OnePacked,
    PhyData,
    PropertyPayload,
    ReceivedFrame,
    ShortValue,
    SpinelFrame,
    TransmitDone,
    TransmitSettings,
    property_frame,
)
from hardware.spinel.hdlc import HdlcReader, hdlc_frame
from hardware.spinel.properties import RESETS, SCAN_ENERGY, Command, Property, Status
from hardware.spinel.property_link import DeadDongle, PropertyLink, SpinelSettings

OUTSIDE: Final = "outside"
"""The sender of frames on the real air, as captures and charts name it."""
_BAD_FRAME: Final = 0x0004
"""spinel.h `SPINEL_MD_FLAG_BAD_FCS`."""
_BUSY: Final = frozenset((Status.INVALID_STATE, Status.BUSY, Status.NOMEM))
_OUTCOMES: Final[Mapping[Status, TransmitOutcome]] = {
    Status.NO_ACK: TransmitOutcome.NO_ACK,
    Status.CCA_FAILURE: TransmitOutcome.CHANNEL_ACCESS_FAILURE,
}
_USUAL: Final = RadioSettings()
_PATIENT: Final = SpinelSettings()

Observer = Callable[[Transmission, int | None], None]
"""Told of a frame on the real air, and of its strength in dBm when it was heard."""


@dataclass(slots=True)
class Troubles:
    """What went wrong and was mended.

    Args:
        noise: octets between flags that were no frame, or frames that were no Spinel.
        resets: times the dongle began anew by itself.
        lost: transmissions of which the dongle never told how they ended.
        missing: properties that the firmware does not have.
    """

    noise: int = 0
    resets: int = 0
    lost: int = 0
    missing: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = f"{self.noise} times noise, {self.resets} resets, {self.lost} unanswered frames"
        missing = f", without {', '.join(self.missing)}" if self.missing else ""
        return counts + missing

    def __bool__(self) -> bool:
        return bool(self.noise or self.resets or self.lost or self.missing)


class SpinelRadio:
    """One dongle as the radio of one device.

    Args:
        name: the device.
        scheduler: the time it lives in.
        settings: what a receiver makes of a signal, and how often frames are tried.
        observe: told of every frame on the real air.
    """

    def __init__(
        self,
        name: str,
        scheduler: Scheduler,
        settings: RadioSettings = _USUAL,
        observe: Observer | None = None,
    ) -> None:
        self.name = name
        self.troubles = Troubles()
        self._scheduler = scheduler
        self._send: Callable[[bytes], None] = _nowhere
        self._settings = settings
        self._observe = observe
        self._patience = _PATIENT
        self._reader = HdlcReader()
        self._listener: Callable[[RadioEvent], None] | None = None
        self._powered = False
        self._config: RadioConfig | None = None
        self._properties = PropertyLink(name, scheduler, _PATIENT, self._write, self._do_without)
        self._properties.settled = self._next
        self._queue: deque[RadioTransmit | RadioEnergyScan] = deque()
        self._current: RadioTransmit | RadioEnergyScan | None = None
        self._transaction = 0
        self._timer: Timer | None = None
        self._tries = 0
        self._silent = 0
        self._resets = 0

    def attach(self, send: Callable[[bytes], None]) -> None:
        """Send octets through `send`; what comes in on that line goes to `receive`."""
        self._send = send

    def connect(self, listener: Callable[[RadioEvent], None]) -> None:
        """Give every event to `listener`."""
        self._listener = listener

    def command(self, command: RadioCommand) -> None:
        """Carry out a command; commands to a radio without power are lost.

        Raises:
            LocalError: when it is asked to send before it was configured, or to answer for others.
        """
        if not self._powered:
            return
        match command:
            case RadioConfigure(config):
                self._config = config
                self._properties.want(configured(config))
            case RadioPending():
                self._properties.want(pending_tables(command))
            case RadioTransmit() | RadioEnergyScan():
                if self._config is None:
                    raise LocalError(f"{self.name}: asked to send before it was configured")
                self._queue.append(command)
                self._next()
            case RadioAliases():
                raise LocalError(f"{self.name}: a dongle answers for itself alone")

    def power(self, *, on: bool) -> None:
        """Enable the radio, or disable it and forget what was on its way."""
        self._powered = on
        self._config = None
        self._queue.clear()
        self._end_current()
        self._properties.only(POWERED if on else UNPOWERED)

    def receive(self, octets: bytes) -> None:
        """Take octets from the line, whatever they are.

        Raises:
            DeadDongle: when the dongle refuses what a radio must do, or resets again and again.
        """
        before = self._reader.noise
        for payload in self._reader.feed(octets):
            self._frame(payload)
        self.troubles.noise += self._reader.noise - before

    # What the dongle says

    def _frame(self, payload: bytes) -> None:
        try:
            frame = SpinelFrame.decode(payload)
            if Command(frame.command) is not Command.PROP_VALUE_IS:
                return
            about = PropertyPayload.decode(frame.payload)
            self._told(frame.transaction, Property(about.property), about.value)
        except WireError:
            self.troubles.noise += 1

    def _told(self, transaction: int, name: Property, value: bytes) -> None:
        if name is Property.STREAM_RAW:
            self._received(ReceivedFrame.decode(value))
        elif name is Property.LAST_STATUS:
            self._status(transaction, value)
        elif name is Property.MAC_ENERGY_SCAN_RESULT:
            self._measured(EnergyResult.decode(value))
        elif transaction and self._properties.answered(transaction, name):
            self._resets = 0

    def _status(self, transaction: int, value: bytes) -> None:
        first, _ = OnePacked.take(value)
        status = Status(first.number)
        if transaction == 0:
            if first.number in RESETS:
                self._restarted(status)
            return
        if isinstance(self._current, RadioTransmit) and transaction == self._transaction:
            self._transmitted(status, value)
        else:
            self._properties.refused(transaction, status)

    def _received(self, frame: ReceivedFrame) -> None:
        if len(frame.psdu) <= FCS_SIZE or frame.flags & _BAD_FRAME or not self._powered:
            return
        quality = link_quality(frame.rssi, self._settings.receiver)
        try:
            phy, _ = PhyData.take(frame.phy)
            quality = phy.lqi if 0 < phy.lqi < 0xFF else quality
        except WireError:
            pass
        psdu = frame.psdu[:-FCS_SIZE]
        self._seen(OUTSIDE, psdu, frame.rssi)
        self._emit(RadioReceived(psdu, frame.rssi, quality))

    def _restarted(self, status: Status) -> None:
        """Configure a dongle anew that began anew by itself, and send again what it lost."""
        self.troubles.resets += 1
        self._resets += 1
        if self._resets > self._patience.resets:
            raise DeadDongle(
                f"{self.name}: the dongle resets again and again ({status.name}): "
                "use another cable or port, or flash it anew"
            )
        again = self._current
        self._end_current()
        if again is not None:
            self._queue.appendleft(again)
        self._properties.forget()
        self._next()

    # Sending, one at a time, once every change of configuration was answered

    def _next(self) -> None:
        if self._current is not None or self._properties.busy or not self._queue:
            return
        self._current = self._queue.popleft()
        self._tries = 0
        if isinstance(self._current, RadioTransmit):
            self._transmit()
        else:
            self._scan(self._current)

    def _transmit(self) -> None:
        command, config = self._current, self._config
        assert isinstance(command, RadioTransmit)  # noqa: S101 - what `_next` took
        assert config is not None  # noqa: S101 - checked when it was asked for
        csma = self._settings.csma
        backoffs = command.max_backoffs
        retries = command.max_retries
        settings = TransmitSettings(
            max_backoffs=csma.max_backoffs if backoffs is None else backoffs,
            max_retries=csma.max_frame_retries if retries is None else retries,
            csma=int(command.csma),
            header_updated=0,
            retransmission=0,
            security_processed=1,
            delay=0,
            delay_base=0,
            channel_after=config.channel.number,
        )
        frame = FrameToTransmit(with_fcs(command.psdu), config.channel.number, settings.encode())
        self._ask(Property.STREAM_RAW, frame.encode())
        self._timer = self._scheduler.after(self._patience.transmit_limit, self._not_told)

    def _transmitted(self, status: Status, value: bytes) -> None:
        command = self._current
        assert isinstance(command, RadioTransmit)  # noqa: S101 - checked by the caller
        if status in _BUSY and self._tries < self._patience.busy_tries:
            self._tries += 1
            self._drop_timer()
            self._timer = self._scheduler.after(self._patience.busy_pause, self._transmit)
            return
        self._silent = self._resets = 0
        pending = False
        if status is Status.OK:
            done = TransmitDone.decode(value) if len(value) > 2 else None
            pending = done is not None and bool(done.frame_pending)
        self._finish(command, _outcome(command.psdu, status), pending=pending)

    def _not_told(self) -> None:
        """The dongle never told how a transmission ended: the frame may or may not have gone."""
        self._timer = None
        command = self._current
        assert isinstance(command, RadioTransmit)  # noqa: S101 - the timer runs only then
        self.troubles.lost += 1
        self._silent += 1
        if self._silent >= self._patience.tries:
            raise DeadDongle(
                f"{self.name}: the dongle sends no more: unplug it, plug it in and run again"
            )
        self._finish(command, TransmitOutcome.NO_ACK, pending=False)

    def _finish(self, command: RadioTransmit, outcome: TransmitOutcome, *, pending: bool) -> None:
        if outcome is not TransmitOutcome.CHANNEL_ACCESS_FAILURE:
            self._seen(self.name, command.psdu, None)
        self._end_current()
        self._next()
        self._emit(RadioTransmitted(command.handle, outcome, pending))

    # Measuring

    def _scan(self, command: RadioEnergyScan) -> None:
        milliseconds = max(1, min(0xFFFF, command.duration // 1_000))
        channel = bytes((command.channel.number,))
        self._ask(Property.MAC_SCAN_MASK, channel)
        self._ask(Property.MAC_SCAN_PERIOD, ShortValue(milliseconds).encode())
        self._ask(Property.MAC_SCAN_STATE, OctetValue(SCAN_ENERGY).encode())
        limit = Duration(command.duration + self._patience.transmit_limit)
        self._timer = self._scheduler.after(limit, self._not_measured)

    def _measured(self, result: EnergyResult) -> None:
        if isinstance(self._current, RadioEnergyScan):
            self._measurement_ended(result.dbm)

    def _not_measured(self) -> None:
        self._timer = None
        self.troubles.lost += 1
        self._measurement_ended(None)

    def _measurement_ended(self, dbm: int | None) -> None:
        command = self._current
        assert isinstance(command, RadioEnergyScan)  # noqa: S101 - checked by the callers
        level = 0 if dbm is None else energy_level(dbm, self._settings.receiver)
        self._end_current()
        self._next()
        self._emit(RadioEnergy(command.channel, level, dbm))

    # The line

    def _ask(self, name: Property, value: bytes) -> None:
        self._transaction = self._properties.reserved = self._properties.next_transaction()
        self._write(
            hdlc_frame(property_frame(self._transaction, Command.PROP_VALUE_SET, name, value))
        )

    def _write(self, octets: bytes) -> None:
        self._send(octets)

    def _do_without(self, name: Property) -> None:
        if name.name not in self.troubles.missing:
            self.troubles.missing.append(name.name)

    def _end_current(self) -> None:
        self._drop_timer()
        self._current = None
        self._properties.reserved = 0

    def _drop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _emit(self, event: RadioEvent) -> None:
        if self._powered and self._listener is not None:
            self._listener(event)

    def _seen(self, sender: str, psdu: bytes, rss: int | None) -> None:
        """Tell of a frame whose last symbol ended now."""
        if self._observe is None:
            return
        whole = with_fcs(psdu)
        duration = PHYS[0].airtime(len(whole))
        start = Instant(max(0, self._scheduler.now - duration))
        channel = Channel(0, 11) if self._config is None else self._config.channel
        self._observe(Transmission(start, duration, channel, sender, whole), rss)


def _outcome(psdu: bytes, status: Status) -> TransmitOutcome:
    """How a transmission ended, of a frame that may have asked for an acknowledgement."""
    if status is not Status.OK:
        return _OUTCOMES.get(status, TransmitOutcome.CHANNEL_ACCESS_FAILURE)
    return TransmitOutcome.ACKED if wants_acknowledgement(psdu) else TransmitOutcome.SENT


def _nowhere(_octets: bytes) -> None:
    """Where octets go before there is a line."""
