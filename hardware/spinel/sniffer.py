"""A co-processor that only listens: promiscuous, on one channel at a time.

It hears what its radio can decode, addressed to anybody, and acknowledges nothing.
"""

from collections.abc import Callable
from typing import Final

from emulator.kernel.errors import WireError
from emulator.kernel.scheduler import Scheduler
from emulator.lab.radios.lines import Send
from emulator.lab.sniffing.kinds import SniffedFrame
from emulator.radio.fcs import FCS_SIZE, with_fcs
from emulator.radio.port import Channel
from hardware.spinel.frames import (
    OctetValue,
    OnePacked,
    PhyData,
    PropertyPayload,
    ReceivedFrame,
    SpinelFrame,
    flag,
)
from hardware.spinel.hdlc import HdlcReader
from hardware.spinel.properties import PROMISCUOUS_FULL, RESETS, Command, Property, Status
from hardware.spinel.property_link import DeadDongle, PropertyLink, SpinelSettings

_BAD_FRAME: Final = 0x0004
"""spinel.h `SPINEL_MD_FLAG_BAD_FCS`."""
_YES: Final = flag(value=True).encode()
_PATIENT: Final = SpinelSettings()


class SpinelSniffer:
    """Implements `emulator.lab.sniffing.kinds.Sniffer`.

    Args:
        name: for messages.
        scheduler: the time it lives in.
        heard: told of every frame with a right FCS.
    """

    def __init__(
        self, name: str, scheduler: Scheduler, heard: Callable[[SniffedFrame], None]
    ) -> None:
        self.resets = 0
        """Times the dongle began anew by itself."""
        self.broken = 0
        """Frames that it heard with a wrong FCS."""
        self._name = name
        self._heard = heard
        self._send: Send = _nowhere
        self._reader = HdlcReader()
        self._channel = Channel(0, 11)
        self._unanswered = 0
        self._properties = PropertyLink(name, scheduler, _PATIENT, self._write, self._do_without)

    @property
    def troubles(self) -> str:
        """What went wrong and was mended; empty when nothing did."""
        counts = (
            (self._reader.noise, "times noise on the line"),
            (self.resets, "resets of the dongle"),
            (self.broken, "frames with a wrong FCS"),
        )
        return ", ".join(f"{count} {what}" for count, what in counts if count)

    def attach(self, send: Send) -> None:
        """Send octets through `send`; what comes in on that line goes to `receive`."""
        self._send = send

    def tune(self, channel: Channel) -> None:
        """Listen on a channel of page 0 from now on."""
        self._channel = channel
        self._properties.want(
            {
                Property.PHY_ENABLED: _YES,
                Property.PHY_CHAN: OctetValue(channel.number).encode(),
                Property.MAC_PROMISCUOUS_MODE: OctetValue(PROMISCUOUS_FULL).encode(),
                Property.MAC_RX_ON_WHEN_IDLE_MODE: _YES,
                Property.MAC_RAW_STREAM_ENABLED: _YES,
            }
        )

    def receive(self, octets: bytes) -> None:
        """Take octets from the line, whatever they are.

        Raises:
            DeadDongle: when the dongle refuses to listen, or resets again and again.
        """
        for payload in self._reader.feed(octets):
            try:
                self._frame(payload)
            except WireError:
                self._reader.noise += 1

    def _frame(self, payload: bytes) -> None:
        frame = SpinelFrame.decode(payload)
        if Command(frame.command) is not Command.PROP_VALUE_IS:
            return
        about = PropertyPayload.decode(frame.payload)
        name = Property(about.property)
        if name is Property.STREAM_RAW:
            self._received(ReceivedFrame.decode(about.value))
        elif name is Property.LAST_STATUS:
            self._status(frame.transaction, OnePacked.take(about.value)[0].number)
        elif self._properties.answered(frame.transaction, name):
            self._unanswered = 0

    def _status(self, transaction: int, number: int) -> None:
        if transaction:
            self._properties.refused(transaction, Status(number))
        elif number in RESETS:
            self.resets += 1
            self._unanswered += 1
            if self._unanswered > _PATIENT.resets:
                raise DeadDongle(
                    f"{self._name}: the dongle resets again and again: use another cable or port, "
                    "or flash it anew"
                )
            self._properties.forget()

    def _received(self, frame: ReceivedFrame) -> None:
        if len(frame.psdu) <= FCS_SIZE:
            return
        if frame.flags & _BAD_FRAME:
            self.broken += 1
            return
        channel, moment = self._channel, 0
        try:
            phy, _ = PhyData.take(frame.phy)
            channel, moment = Channel(0, phy.channel), phy.timestamp
        except WireError:
            pass  # firmware that tells neither: the channel is the one that was asked for
        # Chips put strength and quality where the FCS was; that it was right is known.
        whole = with_fcs(frame.psdu[:-FCS_SIZE])
        self._heard(SniffedFrame(whole, frame.rssi, channel, moment))

    def _write(self, octets: bytes) -> None:
        self._send(octets)

    def _do_without(self, name: Property) -> None:
        if name is Property.MAC_PROMISCUOUS_MODE:
            raise DeadDongle(
                f"{self._name}: this firmware cannot listen to others (no promiscuous mode): "
                "flash a newer OpenThread RCP image"
            )


def _nowhere(_octets: bytes) -> None:
    """Where octets go before there is a line."""
