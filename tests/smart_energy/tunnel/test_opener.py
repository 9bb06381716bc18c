"""Opening tunnels, against a partner that answers as a script says."""

from collections import deque
from collections.abc import Sequence
from itertools import count
from typing import Any, ClassVar

import pytest

from emulator.kernel.units import Instant, minutes, seconds
from emulator.smart_energy.tunnel.client import TunnelClient
from emulator.smart_energy.tunnel.commands import answer, default_response
from emulator.smart_energy.tunnel.facts import TunnelOpened, TunnelRefused
from emulator.smart_energy.tunnel.link import LinkState
from emulator.smart_energy.tunnel.opener import ClientRole
from emulator.smart_energy.tunnel.primitives import (
    EnsureTunnel,
    LogPartner,
    TunnelDataConfirm,
    TunnelDataRequest,
    Undeliverable,
)
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.testing.stack.tunnel_bench import (
    DEVICE,
    DEVICE_ADDRESS,
    ENDPOINT,
    HUB,
    TunnelBench,
    both_known,
)
from emulator.zcl.clusters.tunneling import (
    CloseTunnel,
    RequestTunnel,
    RequestTunnelResponse,
    ToClient,
    ToServer,
    TunnelStatus,
)
from emulator.zcl.primitives import ZclCommandIndication, ZclCommandRequest, ZclStatus
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.zdo.primitives import ZdpRequest

REFUSED = "refused"
SILENT = "silent"
GARBLED = "garbled"
Answer = TunnelStatus | str


class ScriptedServer:
    """Answers each request for a tunnel by the next word of its script."""

    accepts: ClassVar[tuple[type, ...]] = (ZclCommandIndication,)
    deadline: Instant | None = None

    def __init__(self, *script: Answer) -> None:
        self.script = deque(script)
        self.closed: list[int] = []
        self.requests: list[RequestTunnel] = []
        self._handles = count(1000)

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        return ()

    def handle(self, event: ZclCommandIndication, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - shape
        if event.command == ToServer.CLOSE_TUNNEL:
            self.closed.append(CloseTunnel.decode(event.payload).tunnel)
            return default_response(next(self._handles), event, ZclStatus.NOT_FOUND)
        if event.command == ToServer.TRANSFER_DATA:
            return default_response(next(self._handles), event, ZclStatus.SUCCESS)
        self.requests.append(RequestTunnel.decode(event.payload))
        word = self.script.popleft() if self.script else SILENT
        if isinstance(word, TunnelStatus):
            number = 7 if word == TunnelStatus.SUCCESS else 0xFFFF
            response = RequestTunnelResponse(number, word, 1500)
            return (answer(next(self._handles), event, ToClient.REQUEST_TUNNEL_RESPONSE, response),)
        if word == GARBLED:
            short = CloseTunnel(0)
            return (answer(next(self._handles), event, ToClient.REQUEST_TUNNEL_RESPONSE, short),)
        refusal = default_response(next(self._handles), event, ZclStatus.NOT_AUTHORIZED)
        return refusal if word == REFUSED else ()


def client(*, persists: bool = True, keyed: bool = True) -> TunnelClient:
    role = ClientRole(ENDPOINT, lambda _: True, lambda _: keyed, persists=persists)
    return TunnelClient(role, TunnelSettings(), both_known(), count(1))


class Scene:
    """A client with one partner, and the partner's script."""

    def __init__(self, *script: Answer, persists: bool = True, keyed: bool = True) -> None:
        self.client = client(persists=persists, keyed=keyed)
        self.server = ScriptedServer(*script)
        self.bench = TunnelBench([self.client], [self.server])
        self.bench.hub.node.post(LogPartner(DEVICE))

    @property
    def state(self) -> LinkState:
        return self.client.links[DEVICE].state

    def send(self, handle: int = 1) -> None:
        self.bench.hub.node.post(TunnelDataRequest(handle, DEVICE, b"message"))

    def confirms(self) -> list[TunnelDataConfirm]:
        return self.bench.hub.of(TunnelDataConfirm)


def test_tunnel_is_asked_for_as_gb_hubs_ask_at_the_endpoint_that_was_found() -> None:
    scene = Scene(TunnelStatus.SUCCESS)

    scene.bench.run(seconds(5))

    assert scene.server.requests == [RequestTunnel(6, 0xFFFF, False, 1500)]
    assert scene.bench.facts(TunnelOpened) == [TunnelOpened(DEVICE, 7, server=False)]
    match, request = scene.bench.hub.requests
    assert isinstance(match, ZdpRequest)
    assert isinstance(request, ZclCommandRequest)
    assert request.source_endpoint == ENDPOINT


def test_open_tunnel_is_asked_for_again_after_its_time_at_the_endpoint_that_is_known() -> None:
    scene = Scene(TunnelStatus.SUCCESS, TunnelStatus.SUCCESS)
    scene.bench.run(seconds(5))

    scene.bench.run(seconds(0xFFFF))

    assert len(scene.server.requests) == 2
    assert sum(isinstance(each, ZdpRequest) for each in scene.bench.hub.requests) == 1


def test_busy_partner_is_asked_again_after_three_minutes_and_not_sooner_for_a_message() -> None:
    scene = Scene(TunnelStatus.BUSY, TunnelStatus.SUCCESS)
    scene.bench.run(seconds(5))
    scene.send()
    scene.bench.run(seconds(170))
    assert len(scene.server.requests) == 1

    scene.bench.run(seconds(10))

    assert scene.state is LinkState.OPEN
    assert scene.confirms() == [TunnelDataConfirm(1, DEVICE)]


def test_partner_without_a_number_left_has_every_tunnel_closed_and_is_asked_again() -> None:
    scene = Scene(TunnelStatus.NO_MORE_TUNNEL_IDS, TunnelStatus.SUCCESS)

    scene.bench.run(seconds(5))

    assert scene.server.closed == list(range(8))
    assert len(scene.server.requests) == 2
    assert scene.state is LinkState.OPEN


def test_only_tunnels_that_are_known_are_closed_where_some_are() -> None:
    scene = Scene(TunnelStatus.NO_MORE_TUNNEL_IDS, TunnelStatus.SUCCESS)
    scene.client.links[DEVICE].ids = {4, 2}

    scene.bench.run(seconds(5))

    assert scene.server.closed == [2, 4]
    assert scene.client.links[DEVICE].ids == {7}


def test_partner_that_still_has_no_number_is_left_alone_for_three_minutes() -> None:
    none = TunnelStatus.NO_MORE_TUNNEL_IDS
    scene = Scene(none, none, TunnelStatus.SUCCESS)

    scene.bench.run(minutes(2))
    assert len(scene.server.requests) == 2
    scene.bench.run(minutes(2))

    assert len(scene.server.requests) == 3
    assert scene.state is LinkState.OPEN


@pytest.mark.parametrize(
    "status", [TunnelStatus.PROTOCOL_NOT_SUPPORTED, TunnelStatus.FLOW_CONTROL_NOT_SUPPORTED]
)
def test_messages_for_a_partner_that_cannot_tunnel_are_given_up(status: TunnelStatus) -> None:
    scene = Scene(status, status)
    scene.bench.run(seconds(5))

    scene.send()
    scene.bench.run(seconds(5))

    assert scene.confirms() == [TunnelDataConfirm(1, DEVICE, Undeliverable.NO_TUNNEL)]
    assert TunnelRefused(DEVICE, status.name) in scene.bench.facts(TunnelRefused)


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        (REFUSED, "request refused: NOT_AUTHORIZED"),
        (SILENT, "request timed out"),
        (GARBLED, "response malformed"),
    ],
)
def test_messages_are_given_up_after_three_requests_without_success(word: str, reason: str) -> None:
    scene = Scene(*[word] * 6)
    scene.send()

    scene.bench.run(minutes(2))

    assert len(scene.server.requests) >= 3
    assert scene.confirms() == [TunnelDataConfirm(1, DEVICE, Undeliverable.NO_TUNNEL)]
    assert {each.reason for each in scene.bench.facts(TunnelRefused)} == {reason}


def test_client_of_a_meter_asks_again_only_when_it_is_told_to() -> None:
    scene = Scene(REFUSED, TunnelStatus.SUCCESS, persists=False)
    scene.bench.run(minutes(30))
    assert len(scene.server.requests) == 1

    scene.bench.hub.node.post(EnsureTunnel(DEVICE))
    scene.bench.run(minutes(30))

    assert scene.state is LinkState.OPEN
    scene.bench.hub.node.post(EnsureTunnel(DEVICE))
    assert len(scene.server.requests) == 2


def test_without_an_agreed_key_nothing_is_asked_and_a_message_has_no_tunnel() -> None:
    scene = Scene(TunnelStatus.SUCCESS, keyed=False)

    scene.send()
    scene.bench.run(minutes(1))

    assert scene.bench.hub.requests == []
    assert scene.confirms() == [TunnelDataConfirm(1, DEVICE, Undeliverable.NO_TUNNEL)]


def test_partner_whose_address_is_unknown_is_tried_later() -> None:
    known = AddressMap()
    role = ClientRole(ENDPOINT, lambda _: True, lambda _: True)
    machine = TunnelClient(role, TunnelSettings(), known, count(1))
    bench = TunnelBench([machine], [ScriptedServer(TunnelStatus.SUCCESS)])
    bench.hub.node.post(LogPartner(DEVICE))
    bench.run(seconds(5))
    assert bench.hub.requests == []

    known.learn(DEVICE, DEVICE_ADDRESS)
    bench.run(seconds(20))

    assert machine.links[DEVICE].state is LinkState.OPEN


def test_partner_that_names_no_endpoint_is_tried_later() -> None:
    scene = Scene(TunnelStatus.SUCCESS)
    scene.bench.device.endpoints = ()
    scene.bench.run(seconds(5))
    assert scene.server.requests == []

    scene.bench.device.endpoints = (ENDPOINT,)
    scene.bench.run(seconds(20))

    assert scene.state is LinkState.OPEN


def test_one_request_is_under_way_at_a_time_and_the_others_follow() -> None:
    scene = Scene(TunnelStatus.SUCCESS, TunnelStatus.SUCCESS)
    node = scene.bench.hub.node
    node.post(LogPartner(HUB))
    node.post(EnsureTunnel(DEVICE))

    node.post(EnsureTunnel(HUB))

    assert len(scene.bench.hub.requests) == 1
    assert scene.client.links[HUB].state is LinkState.WAITING
    scene.bench.run(seconds(5))
    assert scene.client.links[HUB].state is LinkState.OPEN
    assert scene.state is LinkState.OPEN
