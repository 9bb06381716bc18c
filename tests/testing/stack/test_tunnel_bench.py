from collections.abc import Sequence
from typing import Any, ClassVar

from emulator.kernel.units import Instant, seconds
from emulator.smart_energy.tunnel.commands import default_response, to_client, to_server
from emulator.testing.stack.tunnel_bench import (
    AT_DEVICE,
    AT_HUB,
    DEVICE,
    ENDPOINT,
    HUB,
    PATIENCE,
    TunnelBench,
    at,
)
from emulator.zcl.clusters.tunneling import CloseTunnel, ToClient, ToServer
from emulator.zcl.primitives import Outcome, ZclCommandConfirm, ZclCommandIndication, ZclStatus
from emulator.zigbee.addresses import COORDINATOR, SMART_ENERGY_PROFILE
from emulator.zigbee.zdo.discovery_frames import MatchDescReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

ASKED = to_server(7, AT_DEVICE, ENDPOINT, ToServer.CLOSE_TUNNEL, CloseTunnel(1))
TOLD = to_client(8, AT_HUB, ENDPOINT, ToClient.TUNNEL_CLOSURE_NOTIFICATION, CloseTunnel(1))
FOUND = ZdpRequest(9, COORDINATOR, MatchDescReq(COORDINATOR, SMART_ENERGY_PROFILE, (), ()))


class Listening:
    """Notes what it hears, and answers commands or not."""

    accepts: ClassVar[tuple[type, ...]] = (ZclCommandIndication, ZclCommandConfirm, ZdpConfirm)
    deadline: Instant | None = None

    def __init__(self, *, answers: bool = True) -> None:
        self.heard: list[Any] = []
        self._answers = answers

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape
        self.heard.append(event)
        if isinstance(event, ZclCommandIndication) and self._answers:
            return default_response(1, event, ZclStatus.SUCCESS)
        return ()

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        return ()


def outcomes(heard: list[Any]) -> list[tuple[int, Outcome]]:
    return [(each.handle, each.outcome) for each in heard if isinstance(each, ZclCommandConfirm)]


def test_command_is_carried_and_its_answer_ends_it() -> None:
    hub, device = Listening(), Listening()
    bench = TunnelBench([hub], [device])

    bench.hub.node.post(ASKED)
    bench.run(seconds(1))

    came = device.heard[0]
    assert (came.source_eui64, came.endpoint, came.command) == (HUB, ENDPOINT, 0x01)
    assert outcomes(hub.heard) == [(7, Outcome.ANSWERED)]


def test_command_that_wants_no_answer_is_delivered() -> None:
    hub, device = Listening(answers=False), Listening()
    bench = TunnelBench([hub], [device])

    bench.device.node.post(TOLD)
    bench.run(seconds(1))

    assert hub.heard[0].source_eui64 == DEVICE
    assert outcomes(device.heard) == [(8, Outcome.DELIVERED)]


def test_command_that_is_lost_or_not_answered_ends_so() -> None:
    hub, device = Listening(), Listening(answers=False)
    losses = [True, False]
    bench = TunnelBench([hub], [device], lambda: losses.pop(0))

    bench.hub.node.post(ASKED)
    bench.run(seconds(1))
    bench.hub.node.post(ASKED)
    bench.run(PATIENCE)

    assert outcomes(hub.heard) == [(7, Outcome.NOT_DELIVERED)]
    bench.run(PATIENCE)
    assert outcomes(hub.heard)[1:] == [(7, Outcome.TIMED_OUT)]


def test_discovery_finds_the_endpoints_of_the_other_side_or_is_lost() -> None:
    hub = Listening()
    losses = [False, True]
    bench = TunnelBench([hub], [], lambda: losses.pop(0))

    bench.hub.node.post(FOUND)
    bench.hub.node.post(FOUND)
    bench.run(seconds(1))

    found, lost = hub.heard
    assert found.response.endpoints == (ENDPOINT,)
    assert lost.response is None


def test_instants_are_written_in_seconds() -> None:
    assert at(1.5) == Instant(1_500_000)
