"""How a gas meter gets and sends messages: it asks its hub until none is left (GBCS 10.2.2)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later
from emulator.smart_energy.tunnel.facts import FetchGivenUp, MessageLost, TunnelMessageDropped
from emulator.smart_energy.tunnel.hrgp import GET, HrgpCommand, HrgpFrame, put
from emulator.smart_energy.tunnel.primitives import (
    FetchMessages,
    SendThroughTunnel,
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    TunnelledMessage,
    TunnelUndeliverable,
)
from emulator.smart_energy.tunnel.settings import TunnelSettings

Effects = Sequence[Any]


class MessageFetcher:
    """One GET at a time, repeated while the hub does not answer it."""

    accepts: ClassVar[tuple[type, ...]] = (
        SendThroughTunnel,
        FetchMessages,
        TunnelDataConfirm,
        TunnelDataIndication,
    )

    def __init__(self, settings: TunnelSettings, handles: Iterator[int]) -> None:
        self._settings = settings
        self._handles = handles
        self._hub: Eui64 | None = None
        self._due: Instant | None = None
        self._tries = 0
        self._sent: dict[int, bytes] = {}

    @property
    def deadline(self) -> Instant | None:
        """When the hub has had long enough to answer our GET."""
        return self._due

    @property
    def fetching(self) -> bool:
        """Whether a GET waits for its answer."""
        return self._due is not None

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`."""
        effects: Effects = self._steps[type(event)](self, event, now)
        return effects

    def wake(self, now: Instant) -> Effects:
        """Ask again, or no more."""
        self._due = None
        if self._hub is None:
            return ()
        if self._tries >= self._settings.fetch_tries:
            return (FetchGivenUp(self._hub, self._tries),)
        return self._get(self._hub, now)

    def _fetch(self, event: FetchMessages, now: Instant) -> Effects:
        if self.fetching:
            return ()
        self._hub = event.partner
        self._tries = 0
        return self._get(event.partner, now)

    def _get(self, hub: Eui64, now: Instant) -> Effects:
        self._tries += 1
        self._due = later(now, self._settings.fetch_wait)
        return (TunnelDataRequest(next(self._handles), hub, GET),)

    def _came(self, event: TunnelDataIndication, now: Instant) -> Effects:
        try:
            frame = HrgpFrame.decode(event.octets)
        except WireError as fault:
            return (TunnelMessageDropped(event.partner, len(event.octets), str(fault)),)
        if frame.command != HrgpCommand.GET_RESPONSE:
            reason = f"{frame.command.name} is not for a meter (GBCS 10.2.2)"
            return (TunnelMessageDropped(event.partner, len(event.octets), reason),)
        message: Effects = ()
        if frame.message:
            message = (TunnelledMessage(event.partner, frame.message),)
        self._due = None
        self._tries = 0
        more = self._get(event.partner, now) if frame.remaining else ()
        return (*message, *more)

    def _message(self, event: SendThroughTunnel, now: Instant) -> Effects:  # noqa: ARG002 - shape
        handle = next(self._handles)
        self._sent[handle] = event.octets
        return (TunnelDataRequest(handle, event.partner, put(event.octets)),)

    def _confirmed(self, event: TunnelDataConfirm, now: Instant) -> Effects:  # noqa: ARG002 - shape
        octets = self._sent.pop(event.handle, None)
        if octets is None or event.failure is None:
            return ()
        return (
            MessageLost(event.partner, len(octets), event.failure.value),
            TunnelUndeliverable(event.partner, octets, event.failure),
        )

    _steps: ClassVar[Mapping[type, Any]] = {
        SendThroughTunnel: _message,
        FetchMessages: _fetch,
        TunnelDataConfirm: _confirmed,
        TunnelDataIndication: _came,
    }
