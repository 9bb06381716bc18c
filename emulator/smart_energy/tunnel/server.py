"""The server of tunnels: gives out numbers, takes data, sends data back, closes what is unused.

ESME, HCALCS and PPMID serve their hub, and the hub its gas meter (GBCS 10.2.2, ZSE 1.4 D.6).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later
from emulator.smart_energy.tunnel.commands import answer, data_of, default_response, to_client
from emulator.smart_energy.tunnel.facts import (
    MessageTunnelled,
    TunnelClosed,
    TunnelOpened,
    TunnelRefused,
)
from emulator.smart_energy.tunnel.outbox import Outbox, Transfer, transfer_of
from emulator.smart_energy.tunnel.primitives import (
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    Undeliverable,
    UnlogPartner,
)
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.zcl.clusters.tunneling import (
    TUNNELING,
    CloseTunnel,
    GetSupportedTunnelProtocols,
    RequestTunnel,
    RequestTunnelResponse,
    SupportedProtocol,
    SupportedTunnelProtocols,
    ToClient,
    ToServer,
    TransferData,
    TransferDataError,
    TransferDataStatus,
    TunnelStatus,
)
from emulator.zcl.primitives import (
    Side,
    ZclAddress,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclStatus,
)
from emulator.zigbee.addresses import Endpoint

Effects = Sequence[Any]

NO_TUNNEL = 0xFFFF
"""The number in a response that gives none."""


@dataclass(slots=True)
class Tunnel:
    """An open tunnel.

    Args:
        client: where its client is.
        endpoint: ours.
        maximum: octets that one TransferData may bring the client.
        used: when data last went through it.
    """

    partner: Eui64
    client: ZclAddress
    endpoint: Endpoint
    maximum: int
    used: Instant


class TunnelServer:
    """Every tunnel that clients opened here.

    Args:
        serves: whether a partner's data is for this server.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        UnlogPartner,
        TunnelDataRequest,
        ZclCommandConfirm,
        ZclCommandIndication,
    )

    def __init__(
        self, serves: Callable[[Eui64], bool], settings: TunnelSettings, handles: Iterator[int]
    ) -> None:
        self._serves = serves
        self._settings = settings
        self._handles = handles
        self._outboxes: dict[Eui64, Outbox] = {}
        self.tunnels: dict[int, Tunnel] = {}

    @property
    def deadline(self) -> Instant | None:
        """When the tunnel that was unused for longest is closed."""
        used = min((tunnel.used for tunnel in self.tunnels.values()), default=None)
        return None if used is None else later(used, self._settings.close_timeout)

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`; what concerns no tunnel of ours changes nothing."""
        effects: Effects = self._steps[type(event)](self, event, now)
        return effects

    def wake(self, now: Instant) -> Effects:
        """Close what was unused for too long, and say so (ZSE 1.4 D.6, CloseTunnelTimeout)."""
        limit = self._settings.close_timeout
        over = [each for each, it in self.tunnels.items() if later(it.used, limit) <= now]
        effects: list[Any] = []
        for number in over:
            effects += self._close(number, "unused for too long", notify=True)
        return effects

    # What comes

    def _came(self, event: ZclCommandIndication, now: Instant) -> Effects:
        if event.cluster != TUNNELING.id or event.to_side is not Side.SERVER:
            return ()
        step = self._commands.get(event.command)
        effects: Effects = () if step is None else step(self, event, now)
        return effects

    def _requested(self, event: ZclCommandIndication, now: Instant) -> Effects:
        partner = event.source_eui64
        if partner is None or not self._serves(partner):
            refused = default_response(next(self._handles), event, ZclStatus.NOT_AUTHORIZED)
            return (TunnelRefused(partner, ZclStatus.NOT_AUTHORIZED.name), *refused)
        request = RequestTunnel.decode(event.payload)
        status = self._status(request)
        number = NO_TUNNEL
        fact: Any = TunnelRefused(partner, status.name)
        if status == TunnelStatus.SUCCESS:
            number = next(each for each in range(NO_TUNNEL) if each not in self.tunnels)
            self.tunnels[number] = Tunnel(
                partner, event.source, event.endpoint, request.maximum_incoming, now
            )
            fact = TunnelOpened(partner, number, server=True)
        response = RequestTunnelResponse(number, status, self._settings.maximum_incoming)
        return (
            fact,
            answer(next(self._handles), event, ToClient.REQUEST_TUNNEL_RESPONSE, response),
            *self._send(partner),
        )

    def _status(self, request: RequestTunnel) -> TunnelStatus:
        settings = self._settings
        if (request.protocol, request.manufacturer) != (settings.protocol, settings.manufacturer):
            return TunnelStatus.PROTOCOL_NOT_SUPPORTED
        if request.flow_control:
            return TunnelStatus.FLOW_CONTROL_NOT_SUPPORTED
        full = len(self.tunnels) >= settings.tunnels
        return TunnelStatus.NO_MORE_TUNNEL_IDS if full else TunnelStatus.SUCCESS

    def _closed(self, event: ZclCommandIndication, now: Instant) -> Effects:  # noqa: ARG002 - shape
        number = CloseTunnel.decode(event.payload).tunnel
        tunnel = self.tunnels.get(number)
        if tunnel is None:
            return default_response(next(self._handles), event, ZclStatus.NOT_FOUND)
        if tunnel.partner != event.source_eui64:
            return default_response(next(self._handles), event, ZclStatus.NOT_AUTHORIZED)
        done = default_response(next(self._handles), event, ZclStatus.SUCCESS)
        return (*self._close(number, "partner closed it", notify=False), *done)

    def _data_came(self, event: ZclCommandIndication, now: Instant) -> Effects:
        data = data_of(event)
        tunnel = self.tunnels.get(data.tunnel)
        wrong = self._wrong(tunnel, event.source_eui64, len(data.data))
        if tunnel is None or wrong is not None:
            status = TransferDataStatus.NO_SUCH_TUNNEL if wrong is None else wrong
            error = TransferDataError(data.tunnel, status)
            return (answer(next(self._handles), event, ToClient.TRANSFER_DATA_ERROR, error),)
        tunnel.used = now
        return (
            *default_response(next(self._handles), event, ZclStatus.SUCCESS),
            MessageTunnelled(tunnel.partner, len(data.data), "from"),
            TunnelDataIndication(tunnel.partner, data.data),
        )

    def _wrong(
        self, tunnel: Tunnel | None, source: Eui64 | None, size: int
    ) -> TransferDataStatus | None:
        """Why data is not taken (ZSE 1.4 D.6.2.4)."""
        if tunnel is None:
            return TransferDataStatus.NO_SUCH_TUNNEL
        if tunnel.partner != source:
            return TransferDataStatus.WRONG_DEVICE
        too_long = size > self._settings.maximum_incoming
        return TransferDataStatus.DATA_OVERFLOW if too_long else None

    def _protocols(self, event: ZclCommandIndication, now: Instant) -> Effects:  # noqa: ARG002 - shape
        offset = GetSupportedTunnelProtocols.decode(event.payload).offset
        ours = SupportedProtocol(self._settings.manufacturer, self._settings.protocol)
        response = SupportedTunnelProtocols(complete=True, protocols=(ours,)[offset:])
        which = ToClient.SUPPORTED_TUNNEL_PROTOCOLS_RESPONSE
        return (answer(next(self._handles), event, which, response),)

    # What goes

    def _data(self, event: TunnelDataRequest, now: Instant) -> Effects:  # noqa: ARG002 - shape
        if not self._serves(event.partner):
            return ()
        box = self._outbox(event.partner)
        if len(box) >= self._settings.held:
            return (TunnelDataConfirm(event.handle, event.partner, Undeliverable.QUEUE_FULL),)
        box.put(event)
        return self._send(event.partner)

    def _send(self, partner: Eui64) -> Effects:
        """The next message through the partner's latest tunnel; without one it waits."""
        number = self._latest(partner)
        if number is None:
            return ()
        tunnel, handle = self.tunnels[number], next(self._handles)
        request = self._outbox(partner).take(handle)
        if request is None:
            return ()
        if len(request.octets) > tunnel.maximum:
            return (*self._outbox(partner).ended(Transfer.TOO_LONG), *self._send(partner))
        data = TransferData(number, request.octets)
        which = ToClient.TRANSFER_DATA
        return (to_client(handle, tunnel.client, tunnel.endpoint, which, data),)

    def _confirmed(self, event: ZclCommandConfirm, now: Instant) -> Effects:
        for partner, box in self._outboxes.items():
            if box.sends(event.handle):
                return self._transferred(partner, box, event, now)
        return ()

    def _transferred(
        self, partner: Eui64, box: Outbox, event: ZclCommandConfirm, now: Instant
    ) -> Effects:
        transfer = transfer_of(event)
        effects = [*box.ended(transfer)]
        number = self._latest(partner)
        if number is not None and transfer is Transfer.NO_TUNNEL:
            effects += self._close(number, "partner does not know it", notify=False)
        elif number is not None:
            self.tunnels[number].used = now
        return (*effects, *self._send(partner))

    def _unlogged(self, event: UnlogPartner, now: Instant) -> Effects:  # noqa: ARG002 - shape
        gone = [each for each, it in self.tunnels.items() if it.partner == event.eui64]
        effects: list[Any] = []
        for number in gone:
            reason = "partner was removed from the device log"
            effects += self._close(number, reason, notify=True)
        box = self._outboxes.pop(event.eui64, None)
        return (*effects, *(() if box is None else box.drop(Undeliverable.UNLOGGED)))

    def _latest(self, partner: Eui64) -> int | None:
        """The number of the tunnel that the partner asked for last."""
        mine = [each for each, it in self.tunnels.items() if it.partner == partner]
        return mine[-1] if mine else None

    def _outbox(self, partner: Eui64) -> Outbox:
        return self._outboxes.setdefault(partner, Outbox(partner, self._settings.tries))

    def _close(self, number: int, reason: str, *, notify: bool) -> Effects:
        tunnel = self.tunnels.pop(number)
        fact = TunnelClosed(tunnel.partner, number, reason)
        if not notify:
            return (fact,)
        which, handle = ToClient.TUNNEL_CLOSURE_NOTIFICATION, next(self._handles)
        notice = to_client(handle, tunnel.client, tunnel.endpoint, which, CloseTunnel(number))
        return (fact, notice)

    _steps: ClassVar[Mapping[type, Any]] = {
        UnlogPartner: _unlogged,
        TunnelDataRequest: _data,
        ZclCommandConfirm: _confirmed,
        ZclCommandIndication: _came,
    }
    _commands: ClassVar[Mapping[int, Any]] = {
        ToServer.REQUEST_TUNNEL: _requested,
        ToServer.CLOSE_TUNNEL: _closed,
        ToServer.TRANSFER_DATA: _data_came,
        ToServer.GET_SUPPORTED_TUNNEL_PROTOCOLS: _protocols,
    }
