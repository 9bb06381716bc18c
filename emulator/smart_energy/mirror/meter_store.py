"""What a hub keeps for a meter that sleeps, until the meter fetches it (GBCS 10.2.2).

A message is announced by a flag on the mirror; without a mirror nothing can be kept.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later
from emulator.smart_energy.mirror.primitives import FunctionalFlag, MirrorChanged, NotifyMeter
from emulator.smart_energy.tunnel.facts import MessageLost, MessageQueued, TunnelMessageDropped
from emulator.smart_energy.tunnel.hrgp import HrgpCommand, HrgpFrame, get_response
from emulator.smart_energy.tunnel.primitives import (
    SendThroughTunnel,
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
    UnlogPartner,
)
from emulator.smart_energy.tunnel.settings import TunnelSettings

Effects = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A message that waits."""

    octets: bytes
    expires: Instant


@dataclass(slots=True)
class Shelf:
    """What waits for one meter; `sending` is the message of the answer under way."""

    waiting: deque[Stored] = field(default_factory=deque)
    sending: Stored | None = None
    handle: int = 0

    @property
    def messages(self) -> tuple[Stored, ...]:
        """Every message, the one under way first."""
        return (*(() if self.sending is None else (self.sending,)), *self.waiting)

    def put_back(self) -> None:
        """The message under way waits again, before the others."""
        if self.sending is not None:
            self.waiting.appendleft(self.sending)
            self.sending = None


class MeterStore:
    """Keeps messages for meters, answers their GETs, and takes what they PUT.

    Args:
        keeps: whether a partner fetches its messages here.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        SendThroughTunnel,
        MirrorChanged,
        UnlogPartner,
        TunnelDataConfirm,
        TunnelDataIndication,
    )

    def __init__(
        self, keeps: Callable[[Eui64], bool], settings: TunnelSettings, handles: Iterator[int]
    ) -> None:
        self._keeps = keeps
        self._settings = settings
        self._handles = handles
        self._mirrored: set[Eui64] = set()
        self._shelves: dict[Eui64, Shelf] = {}

    @property
    def deadline(self) -> Instant | None:
        """When the oldest message that waits is given up."""
        oldest = (shelf.waiting[0].expires for shelf in self._shelves.values() if shelf.waiting)
        return min(oldest, default=None)

    def waiting(self, meter: Eui64) -> int:
        """How many messages wait for a meter."""
        shelf = self._shelves.get(meter)
        return 0 if shelf is None else len(shelf.messages)

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`; what is for a partner that listens changes nothing."""
        effects: Effects = self._steps[type(event)](self, event, now)
        return effects

    def wake(self, now: Instant) -> Effects:
        """Give up what has waited too long."""
        effects: list[Any] = []
        for meter, shelf in self._shelves.items():
            while shelf.waiting and shelf.waiting[0].expires <= now:
                octets = shelf.waiting.popleft().octets
                effects += _lost(meter, octets, Undeliverable.EXPIRED)
                effects += self._announce(meter, shelf)
        return effects

    def _message(self, event: SendThroughTunnel, now: Instant) -> Effects:
        meter, octets = event.partner, event.octets
        if not self._keeps(meter):
            return ()
        if meter not in self._mirrored:
            return _lost(meter, octets, Undeliverable.NO_MIRROR)
        shelf = self._shelves.setdefault(meter, Shelf())
        if len(shelf.messages) >= self._settings.queue_depth:
            return _lost(meter, octets, Undeliverable.QUEUE_FULL)
        shelf.waiting.append(Stored(octets, later(now, self._settings.queue_life)))
        queued = MessageQueued(meter, len(octets), len(shelf.messages))
        return (queued, NotifyMeter(meter, FunctionalFlag.TUNNEL_MESSAGE_PENDING, pending=True))

    def _mirror(self, event: MirrorChanged, now: Instant) -> Effects:  # noqa: ARG002 - shape
        if event.endpoint is not None:
            self._mirrored.add(event.meter)
            return ()
        self._mirrored.discard(event.meter)
        return self._drop(event.meter, Undeliverable.NO_MIRROR)

    def _unlogged(self, event: UnlogPartner, now: Instant) -> Effects:  # noqa: ARG002 - shape
        return self._drop(event.eui64, Undeliverable.UNLOGGED)

    def _drop(self, meter: Eui64, why: Undeliverable) -> Effects:
        shelf = self._shelves.pop(meter, None)
        if shelf is None:
            return ()
        lost = [effect for each in shelf.messages for effect in _lost(meter, each.octets, why)]
        return (*lost, NotifyMeter(meter, FunctionalFlag.TUNNEL_MESSAGE_PENDING, pending=False))

    def _came(self, event: TunnelDataIndication, now: Instant) -> Effects:  # noqa: ARG002 - shape
        meter = event.partner
        if not self._keeps(meter):
            return ()
        try:
            frame = HrgpFrame.decode(event.octets)
        except WireError as fault:
            return (TunnelMessageDropped(meter, len(event.octets), str(fault)),)
        if frame.command == HrgpCommand.GET and not frame.message:
            return self._get(meter)
        if frame.command == HrgpCommand.PUT and frame.message:
            return (TunnelledMessage(meter, frame.message),)
        reason = f"{frame.command.name} is not for a hub (GBCS 10.2.2)"
        return (TunnelMessageDropped(meter, len(event.octets), reason),)

    def _get(self, meter: Eui64) -> Effects:
        """The next message; while one is under way its meter asks again, and is not answered twice.

        Answering such a GET as well would bring every further message twice, or for ever the same.
        """
        shelf = self._shelves.setdefault(meter, Shelf())
        if shelf.sending is not None:
            return ()
        shelf.handle = next(self._handles)
        octets = b""
        if shelf.waiting:
            shelf.sending = shelf.waiting.popleft()
            octets = shelf.sending.octets
        answer = get_response(len(shelf.waiting), octets)
        return (TunnelDataRequest(shelf.handle, meter, answer),)

    def _confirmed(self, event: TunnelDataConfirm, now: Instant) -> Effects:  # noqa: ARG002 - shape
        shelf = self._shelves.get(event.partner)
        if shelf is None or shelf.handle != event.handle or shelf.sending is None:
            return ()
        if event.failure is Undeliverable.TOO_LONG:
            octets, shelf.sending = shelf.sending.octets, None
            too_long = _lost(event.partner, octets, Undeliverable.TOO_LONG)
            return (*too_long, *self._announce(event.partner, shelf))
        if event.failure is not None:
            shelf.put_back()
            return ()
        shelf.sending = None
        return self._announce(event.partner, shelf)

    def _announce(self, meter: Eui64, shelf: Shelf) -> Effects:
        """The flag is cleared once nothing waits any more."""
        if shelf.messages:
            return ()
        return (NotifyMeter(meter, FunctionalFlag.TUNNEL_MESSAGE_PENDING, pending=False),)

    def snapshot(self) -> dict[str, Any]:
        """The messages as JSON knows them."""
        return {
            f"{meter:016x}": [[each.octets.hex(), each.expires] for each in shelf.messages]
            for meter, shelf in self._shelves.items()
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._shelves = {
            Eui64(int(meter, 16)): Shelf(
                deque(Stored(bytes.fromhex(octets), Instant(expires)) for octets, expires in rows)
            )
            for meter, rows in state.items()
        }

    _steps: ClassVar[Mapping[type, Any]] = {
        SendThroughTunnel: _message,
        MirrorChanged: _mirror,
        UnlogPartner: _unlogged,
        TunnelDataConfirm: _confirmed,
        TunnelDataIndication: _came,
    }


def _lost(meter: Eui64, octets: bytes, why: Undeliverable) -> Effects:
    return (MessageLost(meter, len(octets), why.value), TunnelUndeliverable(meter, octets, why))
