"""Messages as they are: what partners that listen are sent, and send (GBCS 10.2.2).

ESME, HCALCS and PPMID have bare messages in both directions; the header is the gas meter's only.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.smart_energy.tunnel.facts import MessageLost
from emulator.smart_energy.tunnel.primitives import (
    SendThroughTunnel,
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
)


class BareMessages:
    """Brings an application's messages to tunnels, and what comes from them to it.

    Args:
        carries: whether a partner gets bare messages.
        elsewhere: whether others carry a partner's messages; who is neither is not logged.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        SendThroughTunnel,
        TunnelDataConfirm,
        TunnelDataIndication,
    )
    deadline: Instant | None = None

    def __init__(
        self,
        carries: Callable[[Eui64], bool],
        elsewhere: Callable[[Eui64], bool],
        handles: Iterator[int],
    ) -> None:
        self._carries = carries
        self._elsewhere = elsewhere
        self._handles = handles
        self._sent: dict[int, bytes] = {}

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape
        """Effects of `event`; what others carry changes nothing."""
        effects: Sequence[Any] = self._steps[type(event)](self, event)
        return effects

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due: tunnels have time limits of their own."""
        return ()

    def _message(self, event: SendThroughTunnel) -> Sequence[Any]:
        if self._carries(event.partner):
            handle = next(self._handles)
            self._sent[handle] = event.octets
            return (TunnelDataRequest(handle, event.partner, event.octets),)
        if self._elsewhere(event.partner):
            return ()
        return _lost(event.partner, event.octets, Undeliverable.NOT_LOGGED)

    def _confirmed(self, event: TunnelDataConfirm) -> Sequence[Any]:
        octets = self._sent.pop(event.handle, None)
        if octets is None or event.failure is None:
            return ()
        if event.failure is Undeliverable.FETCHES:
            return (SendThroughTunnel(event.partner, octets),)
        return _lost(event.partner, octets, event.failure)

    def _came(self, event: TunnelDataIndication) -> Sequence[Any]:
        if not self._carries(event.partner):
            return ()
        return (TunnelledMessage(event.partner, event.octets),)

    _steps: ClassVar[Mapping[type, Any]] = {
        SendThroughTunnel: _message,
        TunnelDataConfirm: _confirmed,
        TunnelDataIndication: _came,
    }


def _lost(partner: Eui64, octets: bytes, why: Undeliverable) -> Sequence[Any]:
    return (
        MessageLost(partner, len(octets), why.value),
        TunnelUndeliverable(partner, octets, why),
    )
