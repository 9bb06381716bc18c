"""The commands by which a host sends messages, and the callbacks that bring it those of others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final

from emulator.kernel.units import Instant
from emulator.smart_energy.stack import Stack
from emulator.zigbee.addresses import (
    ZDO_ENDPOINT,
    ZDO_PROFILE,
    ClusterId,
    Endpoint,
    NwkAddress,
    ProfileId,
    is_broadcast,
)
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataIndication,
    ApsdeDataRequest,
    ApsSecurity,
    ApsStatus,
)
from emulator.zigbee.zdo.commands import REQUESTS
from emulator.zigbee.zdo.frames import ZdpCluster
from hardware.ezsp.formats import Octet
from hardware.ezsp.frames import Nothing
from hardware.ezsp.identifiers import (
    BROADCAST,
    INCOMING_BROADCAST,
    INCOMING_UNICAST,
    NO_INDEX,
    UNICAST,
    ApsOption,
    Command,
    EmberStatus,
)
from hardware.ezsp.message_formats import (
    ApsFrame,
    IncomingMessage,
    MessageSent,
    SendAnswer,
    SendBroadcast,
    SendMulticast,
    SendReply,
    SendUnicast,
)
from hardware.virtual.ezsp_part import HostCallback, NcpSession, Reply, Servers

LONGEST_MESSAGE: Final = 82
"""Octets of a message in one frame, under the network key only (`maximumPayloadLength`)."""
LINK_KEY_OVERHEAD: Final = 17
"""Octets that a link key takes from it: auxiliary header with an EUI-64, and MIC (R22 4.5.1)."""
BLOCK_OVERHEAD: Final = 2
"""Octets of the extended header that a block has (R22 2.2.5.1.8)."""
MAXIMUM_TRANSFER: Final = 1_500
"""Octets of a message that the host may send in blocks; no GBCS message has more."""
LONGEST_INCOMING: Final = 100
"""Octets of a message in one callback; a longer one comes in fragments."""
_PIECE: Final = 64
_USUAL_RADIUS: Final = 30
_RECEIVES_ZDO_REQUESTS: Final = 0x01
_ZDO_FLAGS: Final = 0x2A
"""CONFIG_APPLICATION_ZDO_FLAGS, and its flag that the host sees what the stack answers."""
_STATUSES: Final = {
    ApsStatus.SUCCESS: EmberStatus.SUCCESS,
    ApsStatus.SECURITY_FAIL: EmberStatus.APS_ENCRYPTION_ERROR,
    ApsStatus.ASDU_TOO_LONG: EmberStatus.MESSAGE_TOO_LONG,
}
_RX_BROADCAST, _TX_BROADCAST, _RX_UNICAST, _TX_UNICAST, _TX_FAILED = 0x06, 0x07, 0x08, 0x09, 0x0B
"""EmberCounterType, of APS data."""


@dataclass(frozen=True, slots=True)
class _OnItsWay:
    """A message that was not confirmed yet."""

    kind: int
    destination: int
    aps: ApsFrame
    tag: int


class NcpMessages:
    """Sends for the host, and brings it what comes.

    Args:
        stack: of this boot.
        session: endpoints, configuration, counters.
        handles: of requests to the stack.
        up: tells whether the network runs.
    """

    accepts: ClassVar[tuple[type, ...]] = (ApsdeDataIndication, ApsdeDataConfirm)
    deadline: Instant | None = None

    def __init__(
        self,
        stack: Stack,
        session: NcpSession,
        handles: Iterator[int],
        up: Callable[[], bool],
    ) -> None:
        self._stack = stack
        self._session = session
        self._handles = handles
        self._up = up
        self._under_way: dict[int, _OnItsWay] = {}
        self._blocks: dict[tuple[int, int], bytes] = {}
        """What came so far of messages in blocks, by destination and the APS counter of all."""

    def wake(self, _now: Instant) -> Sequence[object]:
        """Nothing is ever due."""
        return ()

    def handle(self, event: Any, _now: Instant) -> Sequence[object]:
        """Effects of what APS says."""
        if isinstance(event, ApsdeDataConfirm):
            return self._confirmed(event)
        return self._came(event)

    @property
    def servers(self) -> Servers:
        """The commands."""
        return {
            Command.MAXIMUM_PAYLOAD_LENGTH: (Nothing, self._longest),
            Command.SEND_UNICAST: (SendUnicast, self._unicast),
            Command.SEND_BROADCAST: (SendBroadcast, self._broadcast),
            Command.SEND_MULTICAST: (SendMulticast, self._multicast),
            Command.SEND_REPLY: (SendReply, self._reply),
        }

    # Sending

    def _longest(self, _request: Nothing, _now: Instant) -> Reply:
        return Reply(Octet(LONGEST_MESSAGE))

    def _unicast(self, request: SendUnicast, _now: Instant) -> Reply:
        if request.kind != UNICAST or is_broadcast(request.destination):
            return Reply(SendAnswer(EmberStatus.INVALID_CALL, 0))
        message = _OnItsWay(UNICAST, request.destination, request.aps, request.tag)
        if ApsOption.FRAGMENT in ApsOption(request.aps.options):
            return self._block(message, request.message)
        return self._send(message, request.message, _USUAL_RADIUS)

    def _block(self, message: _OnItsWay, octets: bytes) -> Reply:
        """A block of a longer message: its number and how many there are stand in the group.

        Firmware sends each block as it comes. Here they are put together first, and our APS cuts
        the message anew; each but the last is acknowledged to the host at once.
        """
        count, index = message.aps.group >> 8, message.aps.group & 0xFF
        longest = LONGEST_MESSAGE - BLOCK_OVERHEAD
        if len(octets) > longest - LINK_KEY_OVERHEAD * _encrypted(message.aps):
            return Reply(SendAnswer(EmberStatus.MESSAGE_TOO_LONG, 0))
        counter = message.aps.sequence if index else self._stack.aps.counter + 1 & 0xFF
        place = message.destination, counter
        before = self._blocks.pop(place, None) if index else b""
        if before is None or not index < count or not self._up():
            return Reply(SendAnswer(EmberStatus.INVALID_CALL, 0))
        whole = before + octets
        if index + 1 == count:
            return self._send(message, whole, _USUAL_RADIUS, longest=MAXIMUM_TRANSFER)
        if len(whole) > MAXIMUM_TRANSFER:
            return Reply(SendAnswer(EmberStatus.MESSAGE_TOO_LONG, 0))
        self._blocks[place] = whole
        aps = replace_sequence(message.aps, counter)
        told = MessageSent(UNICAST, message.destination, aps, message.tag, EmberStatus.SUCCESS, b"")
        taken = SendAnswer(EmberStatus.SUCCESS, counter)
        return Reply(taken, (HostCallback(Command.MESSAGE_SENT_HANDLER, told),))

    def _broadcast(self, request: SendBroadcast, _now: Instant) -> Reply:
        if not is_broadcast(request.destination):
            return Reply(SendAnswer(EmberStatus.INVALID_CALL, 0))
        self._session.count(_TX_BROADCAST)
        return self._send(
            _OnItsWay(BROADCAST, request.destination, request.aps, request.tag),
            request.message,
            request.radius or _USUAL_RADIUS,
        )

    def _multicast(self, _request: SendMulticast, _now: Instant) -> Reply:
        """Our network has no groups: no HAN has (GBCS names no group address)."""
        return Reply(SendAnswer(EmberStatus.INVALID_CALL, 0))

    def _reply(self, _request: SendReply, _now: Instant) -> Reply:
        """Every block was acknowledged when it came: nothing is left to send for the host."""
        return Reply(Octet(EmberStatus.SUCCESS))

    def _send(
        self, message: _OnItsWay, octets: bytes, radius: int, *, longest: int = LONGEST_MESSAGE
    ) -> Reply:
        options = ApsOption(message.aps.options)
        encrypted = _encrypted(message.aps)
        if not self._up():
            return Reply(SendAnswer(EmberStatus.NOT_JOINED, 0))
        if len(octets) > longest - LINK_KEY_OVERHEAD * encrypted:
            return Reply(SendAnswer(EmberStatus.MESSAGE_TOO_LONG, 0))
        sequence = self._stack.aps.counter + 1 & 0xFF
        handle = next(self._handles)
        aps = replace_sequence(message.aps, sequence)
        self._under_way[handle] = replace(message, aps=aps)
        request = ApsdeDataRequest(
            handle,
            NwkAddress(message.destination),
            Endpoint(aps.destination_endpoint),
            Endpoint(aps.source_endpoint),
            ProfileId(aps.profile),
            ClusterId(aps.cluster),
            octets,
            ack=ApsOption.RETRY in options,
            link_key=encrypted,
            radius=radius,
        )
        return Reply(SendAnswer(EmberStatus.SUCCESS, sequence), (request,))

    def _confirmed(self, event: ApsdeDataConfirm) -> Sequence[object]:
        sent = self._under_way.pop(event.handle, None)
        if sent is None:
            return ()
        status = _STATUSES.get(event.status, EmberStatus.DELIVERY_FAILED)
        if sent.kind == UNICAST:
            self._session.count(_TX_UNICAST if status == EmberStatus.SUCCESS else _TX_FAILED)
        told = MessageSent(sent.kind, sent.destination, sent.aps, sent.tag, status, b"")
        return (HostCallback(Command.MESSAGE_SENT_HANDLER, told),)

    # Receiving

    def _came(self, event: ApsdeDataIndication) -> Sequence[object]:
        if not self._for_host(event):
            return ()
        broadcast = is_broadcast(event.destination)
        self._session.count(_RX_BROADCAST if broadcast else _RX_UNICAST)
        asdu = event.asdu
        if len(asdu) <= LONGEST_INCOMING:
            return (self._incoming(event, asdu, ApsOption.NONE, 0),)
        pieces = [asdu[start : start + _PIECE] for start in range(0, len(asdu), _PIECE)]
        return tuple(
            self._incoming(event, piece, ApsOption.FRAGMENT, len(pieces) << 8 | index)
            for index, piece in enumerate(pieces)
        )

    def _for_host(self, event: ApsdeDataIndication) -> bool:
        """Whether the host wants to see it: everything but ZDP that the stack itself answers.

        Which endpoints the host added does not matter: bellows forms, resets, and then sends from
        an endpoint that it added before the reset.
        """
        if event.destination_endpoint != ZDO_ENDPOINT or event.profile != ZDO_PROFILE:
            return True
        flags = self._session.configuration.get(_ZDO_FLAGS, 0)
        return ZdpCluster(event.cluster) not in REQUESTS or bool(flags & _RECEIVES_ZDO_REQUESTS)

    @staticmethod
    def _incoming(
        event: ApsdeDataIndication, piece: bytes, options: ApsOption, group: int
    ) -> HostCallback:
        options |= ApsOption.ENABLE_ROUTE_DISCOVERY
        if event.security is ApsSecurity.LINK_KEY:
            options |= ApsOption.ENCRYPTION
        aps = ApsFrame(
            event.profile,
            event.cluster,
            event.source_endpoint,
            event.destination_endpoint,
            int(options),
            group,
            event.counter,
        )
        kind = INCOMING_BROADCAST if is_broadcast(event.destination) else INCOMING_UNICAST
        return HostCallback(
            Command.INCOMING_MESSAGE_HANDLER,
            IncomingMessage(
                kind, aps, event.lqi, event.rssi, event.source, NO_INDEX, NO_INDEX, piece
            ),
        )


def _encrypted(aps: ApsFrame) -> bool:
    return ApsOption.ENCRYPTION in ApsOption(aps.options)


def replace_sequence(aps: ApsFrame, sequence: int) -> ApsFrame:
    """The same frame under an APS counter."""
    return ApsFrame(
        aps.profile,
        aps.cluster,
        aps.source_endpoint,
        aps.destination_endpoint,
        aps.options,
        aps.group,
        sequence,
    )
