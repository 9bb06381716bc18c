"""Sending data: acknowledgement, retries and fragmentation with window 1 (R22 2.2.8.4)."""

from collections.abc import Callable, Sequence
from typing import Final

from emulator.kernel.errors import SecurityError
from emulator.kernel.units import Instant, later
from emulator.zigbee.addresses import NwkAddress, is_broadcast
from emulator.zigbee.aps.facts import ApsFragmented, ApsProtocolViolation, ApsRetransmitted
from emulator.zigbee.aps.frames import ApsHeader, DeliveryMode, FrameType, fragment_header
from emulator.zigbee.aps.primitives import ApsdeDataConfirm, ApsdeDataRequest, ApsStatus
from emulator.zigbee.aps.state import ApsState
from emulator.zigbee.aps.transmission import (
    TRANSITIONS,
    Transmission,
    TransmissionAction,
    TransmissionEvent,
    TransmissionState,
)
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.nwk.primitives import NldeDataConfirm, NldeDataRequest, NwkStatus

DATA_HEADER: Final = 8
"""Octets of a unicast data header (R22 Figure 2-3)."""
FRAGMENT_HEADER: Final = 2
"""Extended frame control and block number."""
MAX_BLOCKS: Final = 0xFF
"""The block count is one octet (R22 2.2.5.1.8.2)."""

Effect = (
    NldeDataRequest
    | ApsdeDataConfirm
    | ApsFragmented
    | ApsRetransmitted
    | ApsProtocolViolation
    | FrameDropped
)


class DataSender:
    """Every message on its way, by NLDE handle of its last frame."""

    def __init__(self, state: ApsState) -> None:
        self._state = state
        self._transmissions: dict[int, Transmission] = {}
        self._actions: dict[
            TransmissionAction, Callable[[Transmission, Instant], Sequence[Effect]]
        ] = {
            TransmissionAction.NOTHING: lambda _transmission, _now: (),
            TransmissionAction.SUCCEED: self._succeed,
            TransmissionAction.FAIL: self._fail,
            TransmissionAction.GIVE_UP: self._give_up,
            TransmissionAction.PAUSE: self._pause,
            TransmissionAction.RESEND: self._resend,
            TransmissionAction.SEND_NEXT: self._transmit,
        }

    @property
    def deadline(self) -> Instant | None:
        """When the next retry, pause or failure is due."""
        if not self._transmissions:
            return None
        first: Instant | None = None
        for each in self._transmissions.values():
            due = each.due
            if due is not None and (first is None or due < first):
                first = due
        return first

    def clear(self) -> None:
        """Forget every message, without a confirm."""
        self._transmissions.clear()

    def send(self, request: ApsdeDataRequest, now: Instant) -> Sequence[Effect]:
        """Send a message, or say at once why it cannot be sent."""
        refusal = self._refusal(request)
        blocks = () if refusal else self._cut(request)
        if not refusal and len(blocks) > 1 and not self._may_fragment(request, len(blocks)):
            refusal = ApsStatus.ASDU_TOO_LONG
        if refusal:
            return (ApsdeDataConfirm(request.handle, request.destination, refusal),)
        acknowledged = request.ack and not is_broadcast(request.destination)
        waits = TransmissionState.WAITING_FOR_ACK
        transmission = Transmission(
            request,
            self._state.next_counter(),
            blocks,
            waits if acknowledged else TransmissionState.WAITING_FOR_NWK,
        )
        effects: list[Effect] = []
        if len(blocks) > 1:
            effects.append(
                ApsFragmented(
                    request.destination, transmission.counter, len(request.asdu), len(blocks)
                )
            )
        return [*effects, *self._transmit(transmission, now)]

    def confirmed(self, confirm: NldeDataConfirm, now: Instant) -> Sequence[Effect]:
        """NWK says how the sending of a frame ended."""
        transmission = self._transmissions.get(confirm.handle)
        if transmission is None:
            return ()
        sent = confirm.status == NwkStatus.SUCCESS
        event = TransmissionEvent.NWK_SENT if sent else TransmissionEvent.NWK_FAILED
        return self._apply(transmission, event, now)

    def acknowledged(
        self, source: NwkAddress, header: ApsHeader, *, by_link_key: bool, now: Instant
    ) -> Sequence[Effect]:
        """An acknowledgement came; `by_link_key` says whether a link key protected it."""
        transmission = self._match(source, header)
        if transmission is None or (transmission.request.link_key and not by_link_key):
            return (FrameDropped("aps", "acknowledges nothing we sent (R22 2.2.8.4.2)", source),)
        last = transmission.block == len(transmission.blocks) - 1
        event = (
            TransmissionEvent.LAST_ACKNOWLEDGED if last else TransmissionEvent.BLOCK_ACKNOWLEDGED
        )
        return self._apply(transmission, event, now)

    def wake(self, now: Instant) -> Sequence[Effect]:
        """Repeat, go on with or give up what is due."""
        due = [
            each
            for each in self._transmissions.values()
            if each.due is not None and each.due <= now
        ]
        effects: list[Effect] = []
        for transmission in due:
            effects += self._apply(transmission, self._timer_event(transmission), now)
        return effects

    def _refusal(self, request: ApsdeDataRequest) -> ApsStatus | None:
        if not request.link_key:
            return None
        pair = self._state.pair_at(request.destination)
        if is_broadcast(request.destination) or pair is None:
            return ApsStatus.SECURITY_FAIL
        return None

    def _cut(self, request: ApsdeDataRequest) -> tuple[bytes, ...]:
        """The ASDU in one piece where it fits a frame, else in blocks."""
        room = self._state.nsdu_limit - DATA_HEADER
        if request.link_key:
            room -= self._state.security.overhead
        asdu = request.asdu
        if len(asdu) <= room:
            return (asdu,)
        size = min(self._state.settings.block_size, room - FRAGMENT_HEADER)
        return tuple(asdu[start : start + size] for start in range(0, len(asdu), size))

    @staticmethod
    def _may_fragment(request: ApsdeDataRequest, blocks: int) -> bool:
        """Fragments are acknowledged unicasts (R22 2.2.8.4.5)."""
        return request.ack and not is_broadcast(request.destination) and blocks <= MAX_BLOCKS

    def _match(self, source: NwkAddress, header: ApsHeader) -> Transmission | None:
        for each in self._transmissions.values():
            request = each.request
            if (
                each.counter == header.counter
                and request.destination == source
                and header.source_endpoint == request.destination_endpoint
                and header.destination_endpoint == request.source_endpoint
                and header.cluster == request.cluster
                and header.profile == request.profile
                and _acknowledges(header, each)
            ):
                return each
        return None

    def _timer_event(self, transmission: Transmission) -> TransmissionEvent:
        if transmission.state is TransmissionState.PAUSING:
            return TransmissionEvent.PAUSE_OVER
        if transmission.retries < self._state.settings.max_frame_retries:
            return TransmissionEvent.TIMED_OUT
        return TransmissionEvent.RETRIES_SPENT

    def _apply(
        self, transmission: Transmission, event: TransmissionEvent, now: Instant
    ) -> Sequence[Effect]:
        known = TRANSITIONS.get((transmission.state, event))
        if known is None:
            return (ApsProtocolViolation(transmission.state.name, event.name),)
        transmission.state, action = known
        return self._actions[action](transmission, now)

    def _succeed(self, transmission: Transmission, _: Instant) -> Sequence[Effect]:
        return self._finish(transmission, ApsStatus.SUCCESS)

    def _fail(self, transmission: Transmission, _: Instant) -> Sequence[Effect]:
        return self._finish(transmission, ApsStatus.NWK_FAILURE)

    def _give_up(self, transmission: Transmission, _: Instant) -> Sequence[Effect]:
        return self._finish(transmission, ApsStatus.NO_ACK)

    def _finish(self, transmission: Transmission, status: ApsStatus) -> Sequence[Effect]:
        self._transmissions.pop(transmission.nlde_handle, None)
        request = transmission.request
        return (ApsdeDataConfirm(request.handle, request.destination, status),)

    def _pause(self, transmission: Transmission, now: Instant) -> Sequence[Effect]:
        transmission.block += 1
        transmission.retries = 0
        next_time = later(transmission.sent, self._state.settings.interframe_delay)
        transmission.due = max(now, next_time)
        return ()

    def _resend(self, transmission: Transmission, now: Instant) -> Sequence[Effect]:
        transmission.retries += 1
        fact = ApsRetransmitted(
            transmission.request.destination, transmission.counter, transmission.retries
        )
        return (fact, *self._transmit(transmission, now))

    def _transmit(self, transmission: Transmission, now: Instant) -> Sequence[Effect]:
        """Give the block under way to NWK, protected anew: a repeated counter would be a replay."""
        request = transmission.request
        self._transmissions.pop(transmission.nlde_handle, None)
        try:
            nsdu = self._frame(transmission)
        except SecurityError:
            return self._finish(transmission, ApsStatus.SECURITY_FAIL)
        handle = next(self._state.handles)
        transmission.nlde_handle = handle
        transmission.sent = now
        self._transmissions[handle] = transmission
        if transmission.state is TransmissionState.WAITING_FOR_ACK:
            transmission.due = later(now, self._state.ack_wait(request.destination))
        return (NldeDataRequest(handle, request.destination, nsdu, request.radius),)

    def _frame(self, transmission: Transmission) -> bytes:
        request = transmission.request
        fragmented = len(transmission.blocks) > 1
        broadcast = is_broadcast(request.destination)
        header = ApsHeader(
            FrameType.DATA,
            DeliveryMode.BROADCAST if broadcast else DeliveryMode.UNICAST,
            False,
            request.link_key,
            request.ack and not broadcast,
            fragmented,
            request.destination_endpoint,
            None,
            request.cluster,
            request.profile,
            request.source_endpoint,
            transmission.counter,
            fragment_header(transmission.block, len(transmission.blocks)) if fragmented else None,
        )
        block = transmission.blocks[transmission.block]
        if not request.link_key:
            return header.encode() + block
        pair = self._state.pair_at(request.destination)
        if pair is None:
            raise SecurityError("the link key was forgotten while the message was on its way")
        return self._state.security.seal(header, block, pair)


def _acknowledges(header: ApsHeader, transmission: Transmission) -> bool:
    """Whether the acknowledgement is for the block under way (R22 2.2.8.4.5.3).

    The window is that one block: the bits for others are one whatever has come.
    """
    blocks = header.acknowledged
    if len(transmission.blocks) == 1:
        return blocks is None or blocks.block is None
    if blocks is None or blocks.block is None or blocks.bitfield is None:
        return False
    return blocks.block == transmission.block and bool(blocks.bitfield & 1)
