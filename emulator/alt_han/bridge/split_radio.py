"""The radio of a router whose antennas are in two places (`Transparency.ROUTER`).

One Zigbee router stands at the wired end; its second antenna is at the far end of a backhaul. What
is heard there arrives late, what is sent there goes out late, and each antenna acknowledges by
itself. A unicast frame goes out where its destination was heard, everything else at both.
"""

from collections.abc import Callable
from dataclasses import dataclass

from emulator.alt_han.bridge.backhaul import Backhaul
from emulator.alt_han.bridge.primitives import Seen
from emulator.alt_han.bridge.reading import destination_of, source_of
from emulator.alt_han.bridge.settings import CONTROL_OCTETS
from emulator.kernel.errors import WireError
from emulator.kernel.scheduler import Scheduler
from emulator.radio.port import (
    RadioCommand,
    RadioEnergyScan,
    RadioEvent,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.smart_energy.device import PoweredRadio
from emulator.zigbee.mac.frames import decode_frame

_BEST_FIRST = (
    TransmitOutcome.ACKED,
    TransmitOutcome.SENT,
    TransmitOutcome.NO_ACK,
    TransmitOutcome.CHANNEL_ACCESS_FAILURE,
)


@dataclass(frozen=True, slots=True)
class Antennas:
    """The two places, and the line each way between them."""

    near: PoweredRadio
    far: PoweredRadio
    outward: Backhaul
    inward: Backhaul


class SplitRadio:
    """One radio to its router, two on the air.

    Args:
        antennas: where it sends and listens.
        scheduler: on which a command that cannot reach the far end fails.
    """

    def __init__(self, antennas: Antennas, scheduler: Scheduler) -> None:
        self._antennas = antennas
        self._scheduler = scheduler
        self._listener: Callable[[RadioEvent], None] | None = None
        self._far_devices: set[Seen] = set()
        self._near_devices: set[Seen] = set()
        self._under_way: dict[int, list[RadioTransmitted | None]] = {}
        antennas.near.connect(self._heard_near)
        antennas.far.connect(self._heard_far)

    def connect(self, listener: Callable[[RadioEvent], None]) -> None:
        """Give every event to `listener`."""
        self._listener = listener

    def power(self, *, on: bool) -> None:
        """Switch both ends; off forgets who was heard where."""
        self._far_devices.clear()
        self._near_devices.clear()
        self._under_way.clear()
        for radio in (self._antennas.near, self._antennas.far):
            radio.power(on=on)
        if on:
            self._antennas.outward.start()
            self._antennas.inward.start()

    def command(self, command: RadioCommand) -> None:
        """Carry out a command at the end it concerns, or at both."""
        match command:
            case RadioTransmit():
                self._transmit(command)
            case RadioEnergyScan():
                self._antennas.near.command(command)
            case _:
                self._antennas.near.command(command)
                self._far(command, CONTROL_OCTETS)

    def _transmit(self, command: RadioTransmit) -> None:
        near, far = self._where(command.psdu)
        self._under_way[command.handle] = [None] * (near + far)
        if near:
            self._antennas.near.command(command)
        if far and not self._far(command, len(command.psdu)):
            failed = RadioTransmitted(command.handle, TransmitOutcome.NO_ACK)
            self._scheduler.at(self._scheduler.now, lambda: self._ended(failed))

    def _where(self, psdu: bytes) -> tuple[bool, bool]:
        """At which ends a frame goes out: near, far."""
        destination = destination_of(decode_frame(psdu))
        if destination in self._far_devices:
            return False, True
        return True, destination not in self._near_devices

    def _far(self, command: RadioCommand, octets: int) -> bool:
        far = self._antennas.far
        return self._antennas.outward.send(octets, lambda: far.command(command))

    def _heard_near(self, event: RadioEvent) -> None:
        self._learn(event, self._near_devices, self._far_devices)
        self._tell(event)

    def _heard_far(self, event: RadioEvent) -> None:
        octets = len(event.psdu) if isinstance(event, RadioReceived) else CONTROL_OCTETS
        arrived = self._antennas.inward.send(octets, lambda: self._arrived(event))
        if not arrived and isinstance(event, RadioTransmitted):
            failed = RadioTransmitted(event.handle, TransmitOutcome.NO_ACK)
            self._scheduler.at(self._scheduler.now, lambda: self._ended(failed))

    def _arrived(self, event: RadioEvent) -> None:
        self._learn(event, self._far_devices, self._near_devices)
        self._tell(event)

    def _learn(self, event: RadioEvent, here: set[Seen], there: set[Seen]) -> None:
        if not isinstance(event, RadioReceived):
            return
        try:
            source = source_of(decode_frame(event.psdu))
        except WireError:
            return
        if source is not None:
            here.add(source)
            there.discard(source)

    def _tell(self, event: RadioEvent) -> None:
        if isinstance(event, RadioTransmitted):
            self._ended(event)
        elif self._listener is not None:
            self._listener(event)

    def _ended(self, event: RadioTransmitted) -> None:
        """One end is done with a frame; the router hears of it when both are, and of the better."""
        outcomes = self._under_way.get(event.handle)
        if outcomes is None:
            return
        outcomes[outcomes.index(None)] = event
        known = [each for each in outcomes if each is not None]
        if len(known) < len(outcomes):
            return
        del self._under_way[event.handle]
        best = min(known, key=lambda each: _BEST_FIRST.index(each.outcome))
        if self._listener is not None:
            self._listener(best)
