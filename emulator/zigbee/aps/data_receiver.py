"""Receiving data: policy, acknowledgement, duplicates, reassembly (R22 2.2.8.4, 4.4.1.2)."""

from collections.abc import Sequence

from emulator.kernel.errors import SecurityError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.zigbee.addresses import is_broadcast
from emulator.zigbee.aps.duplicate_table import DuplicateTable
from emulator.zigbee.aps.facts import ApsDuplicate, ApsReassemblyAbandoned
from emulator.zigbee.aps.frames import (
    ApsHeader,
    DeliveryMode,
    Fragmentation,
    acknowledgement_of,
)
from emulator.zigbee.aps.incoming import Incoming
from emulator.zigbee.aps.primitives import ApsdeDataIndication, ApsSecurity
from emulator.zigbee.aps.reassembly import BlockAction, Reassembler
from emulator.zigbee.aps.state import ApsState
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.nwk.primitives import NldeDataRequest
from emulator.zigbee.security.frames import KeyIdentifier

Effect = (
    NldeDataRequest | ApsdeDataIndication | ApsDuplicate | ApsReassemblyAbandoned | FrameDropped
)


class DataReceiver:
    """Turns data frames into indications, each message once."""

    def __init__(self, state: ApsState) -> None:
        self._state = state
        self._duplicates = DuplicateTable(state.settings.duplicate_timeout)
        self.reassembler = Reassembler(state.settings)
        """Messages in blocks; it knows when one is given up or forgotten."""

    def wake(self, now: Instant) -> Sequence[Effect]:
        """Give up what got no further block."""
        return self.reassembler.wake(now)

    def clear(self) -> None:
        """Forget what came before."""
        self._duplicates.clear()
        self.reassembler.clear()

    def data(self, incoming: Incoming, now: Instant) -> Sequence[Effect]:
        """A data frame came."""
        refusal = self._refusal(incoming)
        if refusal:
            return (FrameDropped("aps", refusal, incoming.indication.source),)
        fragment = incoming.header.fragment
        if fragment is not None and fragment.fragmentation != Fragmentation.NONE:
            return self._fragment(incoming, now)
        source, counter = incoming.indication.source, incoming.header.counter
        acknowledgement = self.acknowledge(incoming)
        if self._duplicates.seen(source, counter, now):
            return (*acknowledgement, ApsDuplicate(source, counter))
        return (*acknowledgement, _indication(incoming, incoming.payload))

    def acknowledge(self, incoming: Incoming) -> Sequence[NldeDataRequest]:
        """The acknowledgement the frame asks for, protected as it was (R22 2.2.8.4.2)."""
        header, indication = incoming.header, incoming.indication
        unicast = indication.secured and not is_broadcast(indication.destination)
        if not header.ack_request or not unicast:
            return ()
        secured = incoming.identifier == KeyIdentifier.DATA
        reply = acknowledgement_of(header, secured=secured)
        nsdu = self._protected(reply, incoming.eui64) if secured else reply.encode()
        if nsdu is None:
            return ()
        return (NldeDataRequest(next(self._state.handles), indication.source, nsdu),)

    def _protected(self, reply: ApsHeader, partner: Eui64 | None) -> bytes | None:
        """An acknowledgement under the link key; None without one, or without a counter."""
        pair = None if partner is None else self._state.keys.get(partner)
        if pair is None:
            return None
        try:
            return self._state.security.seal(reply, b"", pair)
        except SecurityError:
            return None

    def _refusal(self, incoming: Incoming) -> str | None:
        """Which rule forbids to acknowledge and deliver the frame, if any does."""
        header = incoming.header
        if incoming.security is ApsSecurity.UNSECURED:
            return "data without any protection (R22 4.4.1.2)"
        if header.delivery_mode not in (DeliveryMode.UNICAST, DeliveryMode.BROADCAST):
            return f"delivery mode {header.delivery_mode.name}: no groups here (R22 2.2.8.3)"
        if incoming.identifier not in (None, KeyIdentifier.DATA):
            return "data under a key that transports keys (R22 4.5.3)"
        if incoming.origin is None or header.profile is None or header.cluster is None:
            return None
        if not self._state.settings.accepts(incoming.origin, header.profile, header.cluster):
            return f"data under the {incoming.origin.value} link key (ZSE 1.4 5.4.6)"
        return None

    def _fragment(self, incoming: Incoming, now: Instant) -> Sequence[Effect]:
        source, header = incoming.indication.source, incoming.header
        if not header.ack_request or is_broadcast(incoming.indication.destination):
            return (FrameDropped("aps", "fragment without acknowledgement (2.2.8.4.5)", source),)
        result = self.reassembler.accept(source, header, incoming.payload, incoming.security, now)
        if result.action is BlockAction.REFUSE:
            return (FrameDropped("aps", "fragment out of turn (R22 2.2.8.4.5)", source),)
        acknowledgement = self.acknowledge(incoming)
        if result.action is BlockAction.REPEAT:
            return (*acknowledgement, ApsDuplicate(source, header.counter))
        if result.asdu is None or self._duplicates.seen(source, header.counter, now):
            return acknowledgement
        return (*acknowledgement, _indication(incoming, result.asdu))


def _indication(incoming: Incoming, asdu: bytes) -> Effect:
    header, indication = incoming.header, incoming.indication
    to, by = header.destination_endpoint, header.source_endpoint
    profile, cluster = header.profile, header.cluster
    if to is None or by is None or profile is None or cluster is None:
        return FrameDropped("aps", "data without addresses (R22 2.2.5.2.1)", indication.source)
    return ApsdeDataIndication(
        indication.source,
        incoming.eui64,
        by,
        indication.destination,
        to,
        profile,
        cluster,
        asdu,
        incoming.security,
        incoming.origin,
        header.counter,
        indication.lqi,
        indication.rssi,
    )
