from itertools import count
from typing import Any

import pytest

from emulator.kernel.units import Instant, later, seconds
from emulator.smart_energy.tunnel.facts import TunnelClosed, TunnelOpened, TunnelRefused
from emulator.smart_energy.tunnel.primitives import (
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    Undeliverable,
    UnlogPartner,
)
from emulator.smart_energy.tunnel.server import TunnelServer
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.testing.stack.tunnel_bench import DEVICE, HUB, STRANGER, at, came
from emulator.wire.struct import Struct
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.tunneling import (
    TUNNELING,
    CloseTunnel,
    GetSupportedTunnelProtocols,
    RequestTunnel,
    RequestTunnelResponse,
    SupportedTunnelProtocols,
    ToClient,
    ToServer,
    TransferData,
    TransferDataError,
    TransferDataStatus,
    TunnelStatus,
)
from emulator.zcl.foundation.general_commands import DefaultResponse
from emulator.zcl.primitives import (
    Outcome,
    Side,
    ZclAnswer,
    ZclCommandConfirm,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus

SETTINGS = TunnelSettings(tunnels=2, held=3)
REQUEST = RequestTunnel(6, 0xFFFF, flow_control=False, maximum_incoming=1500)


class Bench:
    """A server, and what its client says to it."""

    def __init__(self, settings: TunnelSettings = SETTINGS) -> None:
        self.now = Instant(0)
        self.server = TunnelServer(lambda partner: partner != STRANGER, settings, count(1))

    def tell(self, event: Any) -> list[Any]:
        return list(self.server.handle(event, self.now))

    def ask(self, which: ToServer, payload: Struct, source: Any = HUB) -> list[Any]:
        return self.tell(came(source, TUNNELING.id, which, payload.encode(), Side.SERVER))

    def open(self, request: RequestTunnel = REQUEST) -> RequestTunnelResponse:
        return response(self.ask(ToServer.REQUEST_TUNNEL, request))

    def opened(self) -> int:
        return self.open().tunnel


def sent(effects: list[Any]) -> ZclCommandRequest:
    (request,) = (each for each in effects if isinstance(each, ZclCommandRequest))
    return request


def response(effects: list[Any]) -> RequestTunnelResponse:
    request = sent(effects)
    assert (request.command, request.to_side) == (ToClient.REQUEST_TUNNEL_RESPONSE, Side.CLIENT)
    return RequestTunnelResponse.decode(request.payload)


def refusal(effects: list[Any]) -> ZclStatus:
    request = sent(effects)
    assert request.general
    return ZclStatus(DefaultResponse.decode(request.payload).status)


def data_error(effects: list[Any]) -> TransferDataStatus:
    request = sent(effects)
    assert request.command == ToClient.TRANSFER_DATA_ERROR
    return TransferDataStatus(TransferDataError.decode(request.payload).status)


def ended(handle: int, payload: str, *, general: bool = True) -> ZclCommandConfirm:
    answer = ZclAnswer(0x0B if general else 3, general, bytes.fromhex(payload), ApsSecurity.NWK_KEY)
    return ZclCommandConfirm(handle, Outcome.ANSWERED, ApsStatus.SUCCESS, answer)


def test_tunnel_of_gb_messages_is_opened_under_a_number_of_its_own() -> None:
    bench = Bench()

    first, second = bench.open(), bench.open()

    assert [first.status, second.status] == [TunnelStatus.SUCCESS] * 2
    assert first.tunnel != second.tunnel
    assert first.maximum_incoming == 1500


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (RequestTunnel(0, 0xFFFF, False, 1500), TunnelStatus.PROTOCOL_NOT_SUPPORTED),
        (RequestTunnel(6, 0x1234, False, 1500), TunnelStatus.PROTOCOL_NOT_SUPPORTED),
        (RequestTunnel(6, 0xFFFF, True, 1500), TunnelStatus.FLOW_CONTROL_NOT_SUPPORTED),
    ],
)
def test_tunnel_of_another_kind_is_refused(request_: RequestTunnel, status: TunnelStatus) -> None:
    bench = Bench()

    effects = bench.ask(ToServer.REQUEST_TUNNEL, request_)

    assert response(effects) == RequestTunnelResponse(0xFFFF, status, 1500)
    assert effects[0] == TunnelRefused(HUB, status.name)
    assert bench.server.tunnels == {}


def test_tunnel_beyond_the_last_number_is_refused_until_one_is_closed() -> None:
    bench = Bench()
    first, _ = bench.opened(), bench.opened()
    assert bench.open().status == TunnelStatus.NO_MORE_TUNNEL_IDS

    bench.ask(ToServer.CLOSE_TUNNEL, CloseTunnel(first))

    assert bench.open() == RequestTunnelResponse(first, TunnelStatus.SUCCESS, 1500)


def test_stranger_gets_no_tunnel() -> None:
    bench = Bench()

    effects = bench.ask(ToServer.REQUEST_TUNNEL, REQUEST, STRANGER)

    assert refusal(effects) == ZclStatus.NOT_AUTHORIZED
    assert bench.server.tunnels == {}


def test_only_the_client_closes_its_tunnel() -> None:
    bench = Bench()
    number = bench.opened()

    assert refusal(bench.ask(ToServer.CLOSE_TUNNEL, CloseTunnel(9))) == ZclStatus.NOT_FOUND
    by_other = bench.ask(ToServer.CLOSE_TUNNEL, CloseTunnel(number), DEVICE)
    assert refusal(by_other) == ZclStatus.NOT_AUTHORIZED
    effects = bench.ask(ToServer.CLOSE_TUNNEL, CloseTunnel(number))

    assert effects[0] == TunnelClosed(HUB, number, "partner closed it")
    assert refusal(effects) == ZclStatus.SUCCESS


def test_data_from_the_client_goes_up_and_is_answered_with_success() -> None:
    bench = Bench()
    number = bench.opened()

    effects = bench.ask(ToServer.TRANSFER_DATA, TransferData(number, b"message"))

    assert refusal(effects) == ZclStatus.SUCCESS
    assert effects[-1] == TunnelDataIndication(HUB, b"message")


def test_data_that_is_not_the_clients_is_refused_and_goes_nowhere() -> None:
    bench = Bench()
    number = bench.opened()
    which = ToServer.TRANSFER_DATA

    unknown = bench.ask(which, TransferData(9, b"message"))
    foreign = bench.ask(which, TransferData(number, b"message"), DEVICE)
    too_long = bench.ask(which, TransferData(number, bytes(1501)))

    assert data_error(unknown) == TransferDataStatus.NO_SUCH_TUNNEL
    assert data_error(foreign) == TransferDataStatus.WRONG_DEVICE
    assert data_error(too_long) == TransferDataStatus.DATA_OVERFLOW
    assert not any(
        isinstance(each, TunnelDataIndication) for each in (*unknown, *foreign, *too_long)
    )


def test_protocol_is_told_from_the_number_that_was_asked_for() -> None:
    bench = Bench()
    which = ToServer.GET_SUPPORTED_TUNNEL_PROTOCOLS

    first = sent(bench.ask(which, GetSupportedTunnelProtocols(0)))
    after = sent(bench.ask(which, GetSupportedTunnelProtocols(1)))

    assert first.payload == bytes.fromhex("01 01 FFFF 06")  # complete, one, GB-HRGP
    assert SupportedTunnelProtocols.decode(after.payload).protocols == ()


def test_tunnel_that_is_unused_for_too_long_is_closed_and_its_client_told() -> None:
    bench = Bench()
    number = bench.opened()
    bench.now = at(1000)
    bench.ask(ToServer.TRANSFER_DATA, TransferData(number, b"message"))
    assert bench.server.deadline == later(bench.now, seconds(0xFFFF))

    effects = list(bench.server.wake(later(bench.now, seconds(0xFFFF))))

    assert effects[0] == TunnelClosed(HUB, number, "unused for too long")
    notice = sent(effects)
    assert notice.command == ToClient.TUNNEL_CLOSURE_NOTIFICATION
    assert CloseTunnel.decode(notice.payload).tunnel == number
    assert bench.server.deadline is None


def test_data_waits_for_a_tunnel_and_goes_through_the_latest() -> None:
    bench = Bench()
    assert bench.tell(TunnelDataRequest(1, HUB, b"alert")) == []
    first = bench.ask(ToServer.REQUEST_TUNNEL, REQUEST)
    transfer = next(each for each in first if getattr(each, "command", 0) == ToClient.TRANSFER_DATA)
    bench.tell(ended(transfer.handle, "01 00"))
    latest = bench.opened()

    second = sent(bench.tell(TunnelDataRequest(2, HUB, b"response")))

    assert TransferData.decode(transfer.payload).data == b"alert"
    assert TransferData.decode(second.payload) == TransferData(latest, b"response")


def test_data_that_the_client_does_not_know_the_tunnel_of_waits_for_another() -> None:
    bench = Bench()
    number = bench.opened()
    transfer = sent(bench.tell(TunnelDataRequest(1, HUB, b"alert")))

    effects = bench.tell(ended(transfer.handle, "0000 00", general=False))
    again = bench.ask(ToServer.REQUEST_TUNNEL, REQUEST)

    assert effects == [TunnelClosed(HUB, number, "partner does not know it")]
    assert TransferData.decode(again[-1].payload).data == b"alert"


def test_data_that_is_lost_too_often_is_given_up() -> None:
    bench = Bench(TunnelSettings(tries=2))
    bench.opened()
    first = sent(bench.tell(TunnelDataRequest(1, HUB, b"alert")))
    lost = ZclCommandConfirm(first.handle, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK)
    second = sent(bench.tell(lost))

    effects = bench.tell(ZclCommandConfirm(second.handle, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK))

    assert effects == [TunnelDataConfirm(1, HUB, Undeliverable.NOT_DELIVERED)]


def test_data_longer_than_the_client_takes_is_given_up_and_the_next_is_sent() -> None:
    bench = Bench()
    bench.open(RequestTunnel(6, 0xFFFF, flow_control=False, maximum_incoming=4))
    first = sent(bench.tell(TunnelDataRequest(1, HUB, b"four")))
    bench.tell(TunnelDataRequest(2, HUB, b"longer"))
    bench.tell(TunnelDataRequest(3, HUB, b"ok"))

    effects = bench.tell(ended(first.handle, "01 00"))

    assert TunnelDataConfirm(1, HUB) in effects
    assert TunnelDataConfirm(2, HUB, Undeliverable.TOO_LONG) in effects
    assert TransferData.decode(sent(effects).payload).data == b"ok"


def test_no_more_is_held_for_want_of_a_tunnel_than_there_is_room() -> None:
    bench = Bench()
    held = [bench.tell(TunnelDataRequest(number, HUB, b"alert")) for number in range(4)]

    assert held == [[], [], [], [TunnelDataConfirm(3, HUB, Undeliverable.QUEUE_FULL)]]


def test_partner_that_was_removed_loses_its_tunnels_and_what_waits_for_it() -> None:
    bench = Bench()
    number = bench.opened()
    bench.tell(TunnelDataRequest(1, HUB, b"alert"))

    effects = bench.tell(UnlogPartner(HUB))

    assert effects[0] == TunnelClosed(HUB, number, "partner was removed from the device log")
    assert sent(effects).command == ToClient.TUNNEL_CLOSURE_NOTIFICATION
    assert effects[-1] == TunnelDataConfirm(1, HUB, Undeliverable.UNLOGGED)
    assert bench.tell(UnlogPartner(HUB)) == []


def test_what_concerns_no_tunnel_changes_nothing() -> None:
    bench = Bench()
    number = bench.opened()

    assert bench.tell(TunnelDataRequest(1, STRANGER, b"message")) == []
    assert bench.tell(ended(999, "01 00")) == []
    assert bench.tell(came(HUB, METERING.id, 0, b"", Side.SERVER)) == []
    assert bench.tell(came(HUB, TUNNELING.id, 0, b"", Side.CLIENT)) == []
    assert bench.tell(came(HUB, TUNNELING.id, ToServer.READY_DATA, bytes(4), Side.SERVER)) == []
    assert set(bench.server.tunnels) == {number}


def test_opening_is_a_fact() -> None:
    effects = Bench().ask(ToServer.REQUEST_TUNNEL, REQUEST)

    assert effects[0] == TunnelOpened(HUB, 0, server=True)
