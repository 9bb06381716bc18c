"""A hub's client with the server of a device: data both ways, losses, removals, power."""

from itertools import count
from typing import Any

import pytest

from emulator.kernel.units import Instant, minutes, seconds
from emulator.smart_energy.primitives import (
    KeyEstablishmentEnded,
    KeyEstablishmentFailure,
)
from emulator.smart_energy.tunnel.client import TunnelClient
from emulator.smart_energy.tunnel.facts import TunnelClosed, TunnelOpened
from emulator.smart_energy.tunnel.link import LinkState
from emulator.smart_energy.tunnel.opener import ClientRole
from emulator.smart_energy.tunnel.primitives import (
    EnsureTunnel,
    LogPartner,
    TunnelDataConfirm,
    TunnelDataIndication,
    TunnelDataRequest,
    Undeliverable,
    UnlogPartner,
)
from emulator.smart_energy.tunnel.server import TunnelServer
from emulator.smart_energy.tunnel.settings import TunnelSettings
from emulator.testing.stack.tunnel_bench import (
    DEVICE,
    DEVICE_ADDRESS,
    ENDPOINT,
    HUB,
    STRANGER,
    TunnelBench,
    both_known,
    came,
)
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.tunneling import (
    TUNNELING,
    CloseTunnel,
    ToClient,
    ToServer,
    TransferData,
    TransferDataError,
    TransferDataStatus,
)
from emulator.zcl.primitives import Side
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.zdo.primitives import DeviceAnnounceIndication

SETTINGS = TunnelSettings()
ANNOUNCED = DeviceAnnounceIndication(
    DEVICE, DEVICE_ADDRESS, CapabilityInformation(), DEVICE_ADDRESS
)


class Scene:
    """A hub with a tunnel to a device."""

    def __init__(self, server: TunnelSettings = SETTINGS) -> None:
        self.losses: list[bool] = []
        role = ClientRole(ENDPOINT, lambda each: each != STRANGER, lambda _: True)
        self.client = TunnelClient(role, SETTINGS, both_known(), count(1))
        self.server = TunnelServer(lambda _: True, server, count(1))
        self.bench = TunnelBench([self.client], [self.server], self._loses)
        self.tell(LogPartner(DEVICE))
        self.bench.run(seconds(5))

    def _loses(self) -> bool:
        return self.losses.pop(0) if self.losses else False

    def tell(self, event: object) -> None:
        self.bench.hub.node.post(event)

    def hears(self, which: ToClient, payload: Any, source: Any = DEVICE) -> list[Any]:
        event = came(source, TUNNELING.id, which, payload.encode(), Side.CLIENT)
        return list(self.client.handle(event, self.bench.scheduler.now))

    @property
    def link(self) -> Any:
        return self.client.links[DEVICE]

    def down(self, *messages: bytes) -> None:
        for number, message in enumerate(messages):
            self.tell(TunnelDataRequest(number, DEVICE, message))
        self.bench.run(minutes(1))

    def arrived(self) -> list[bytes]:
        return [each.octets for each in self.bench.device.of(TunnelDataIndication)]

    def confirms(self) -> list[TunnelDataConfirm]:
        return self.bench.hub.of(TunnelDataConfirm)


def test_data_arrives_in_order_in_both_directions() -> None:
    scene = Scene()

    scene.down(b"one", b"two", bytes(1200))
    scene.bench.device.node.post(TunnelDataRequest(9, HUB, b"answer"))
    scene.bench.run(seconds(5))

    assert scene.arrived() == [b"one", b"two", bytes(1200)]
    assert scene.confirms() == [TunnelDataConfirm(number, DEVICE) for number in range(3)]
    assert scene.bench.hub.of(TunnelDataIndication) == [TunnelDataIndication(DEVICE, b"answer")]
    assert scene.bench.device.of(TunnelDataConfirm) == [TunnelDataConfirm(9, HUB)]


def test_data_that_was_lost_is_sent_again_through_another_tunnel() -> None:
    scene = Scene()
    scene.losses = [True]

    scene.down(b"message")

    assert scene.arrived() == [b"message"]
    assert len(scene.bench.facts(TunnelOpened)) == 4  # each opening is a fact of both ends
    assert scene.confirms() == [TunnelDataConfirm(0, DEVICE)]


def test_data_through_a_tunnel_that_the_server_forgot_goes_through_another() -> None:
    scene = Scene()
    scene.server.tunnels.clear()

    scene.down(b"message")

    assert scene.arrived() == [b"message"]
    closed = [each for each in scene.bench.facts(TunnelClosed) if each.partner == DEVICE]
    assert [each.reason for each in closed] == ["no tunnel"]


def test_data_that_is_lost_too_often_is_given_up_and_the_next_is_sent() -> None:
    scene = Scene()
    lost_then_reopened = [True, False, False, False, False]
    scene.losses = [*lost_then_reopened, *lost_then_reopened, True]

    scene.down(b"one", b"two")

    outcome = {each.handle: each.failure for each in scene.confirms()}
    assert outcome[1] is None
    assert scene.arrived()[-1] == b"two"


def test_data_longer_than_the_partner_takes_is_given_up() -> None:
    scene = Scene(TunnelSettings(maximum_incoming=4))

    scene.down(b"longer", b"four")

    assert scene.arrived() == [b"four"]
    assert scene.confirms()[0] == TunnelDataConfirm(0, DEVICE, Undeliverable.TOO_LONG)


def test_removed_partner_has_its_tunnel_closed_and_its_messages_given_up() -> None:
    scene = Scene()
    scene.tell(TunnelDataRequest(1, DEVICE, b"one"))
    scene.tell(TunnelDataRequest(2, DEVICE, b"two"))

    scene.tell(UnlogPartner(DEVICE))
    scene.bench.run(seconds(5))

    assert scene.server.tunnels == {}
    failures = {each.handle: each.failure for each in scene.confirms()}
    assert failures == {1: Undeliverable.UNLOGGED, 2: Undeliverable.UNLOGGED}
    assert scene.client.deadline is None
    scene.tell(UnlogPartner(DEVICE))


def test_partner_that_turns_out_to_sleep_is_asked_no_more_and_its_messages_are_handed_over() -> (
    None
):
    scene = Scene()
    scene.tell(LogPartner(HUB))
    scene.tell(ANNOUNCED)
    scene.tell(TunnelDataRequest(1, DEVICE, b"one"))
    scene.tell(EnsureTunnel(HUB))

    scene.tell(LogPartner(DEVICE, sleepy=True))
    scene.bench.run(seconds(5))

    assert {each.handle: each.failure for each in scene.confirms()} == {1: Undeliverable.FETCHES}
    assert DEVICE not in scene.client.links
    assert scene.client.links[HUB].state is LinkState.OPEN


def test_partner_removed_while_it_is_asked_makes_room_for_the_next() -> None:
    scene = Scene()
    scene.tell(LogPartner(HUB))
    scene.tell(ANNOUNCED)
    scene.tell(EnsureTunnel(DEVICE))
    scene.tell(EnsureTunnel(HUB))
    assert scene.client.links[HUB].state is LinkState.WAITING

    scene.tell(UnlogPartner(DEVICE))
    scene.bench.run(seconds(5))

    assert scene.client.links[HUB].state is LinkState.OPEN


@pytest.mark.parametrize(
    "event", [ANNOUNCED, KeyEstablishmentEnded(DEVICE, 2, initiator=False, failure=None)]
)
def test_partner_that_comes_back_is_asked_for_a_tunnel_again(event: object) -> None:
    scene = Scene()

    scene.tell(event)
    scene.bench.run(seconds(5))

    assert scene.link.state is LinkState.OPEN
    assert scene.link.tunnel == 1
    assert scene.link.ids == {0, 1}


def test_failed_key_establishment_and_other_devices_change_nothing() -> None:
    scene = Scene()
    why = KeyEstablishmentFailure.NO_ANSWER

    scene.tell(KeyEstablishmentEnded(DEVICE, 2, initiator=False, failure=why))
    scene.tell(KeyEstablishmentEnded(STRANGER, 2, initiator=False, failure=None))
    scene.tell(LogPartner(STRANGER))
    scene.tell(LogPartner(HUB, sleepy=True))
    scene.tell(EnsureTunnel(STRANGER))
    scene.tell(TunnelDataRequest(1, STRANGER, b"message"))
    scene.bench.run(seconds(5))

    assert scene.link.tunnel == 0
    assert set(scene.client.links) == {DEVICE}


def test_tunnel_that_the_server_closed_is_opened_when_a_message_comes() -> None:
    scene = Scene()
    scene.server.tunnels.clear()
    scene.hears(ToClient.TUNNEL_CLOSURE_NOTIFICATION, CloseTunnel(0))
    assert scene.link.state is LinkState.CLOSED

    scene.down(b"message")

    assert scene.arrived() == [b"message"]


def test_notice_of_an_older_tunnel_or_a_stranger_closes_nothing() -> None:
    scene = Scene()

    scene.hears(ToClient.TUNNEL_CLOSURE_NOTIFICATION, CloseTunnel(5))
    scene.hears(ToClient.TUNNEL_CLOSURE_NOTIFICATION, CloseTunnel(0), STRANGER)

    assert scene.link.state is LinkState.OPEN


@pytest.mark.parametrize(
    ("data", "source", "status"),
    [
        (TransferData(5, b"message"), DEVICE, TransferDataStatus.NO_SUCH_TUNNEL),
        (TransferData(0, b"message"), STRANGER, TransferDataStatus.NO_SUCH_TUNNEL),
        (TransferData(0, bytes(1501)), DEVICE, TransferDataStatus.DATA_OVERFLOW),
    ],
)
def test_data_that_no_tunnel_of_ours_brings_is_refused(
    data: TransferData, source: Any, status: TransferDataStatus
) -> None:
    (error,) = Scene().hears(ToClient.TRANSFER_DATA, data, source)

    assert error.command == ToServer.TRANSFER_DATA_ERROR
    assert TransferDataError.decode(error.payload).status == status


def test_commands_of_other_clusters_sides_and_kinds_change_nothing() -> None:
    scene = Scene()
    now = Instant(0)

    for event in (
        came(DEVICE, METERING.id, 0, b"", Side.CLIENT),
        came(DEVICE, TUNNELING.id, 0, b"", Side.SERVER),
        came(DEVICE, TUNNELING.id, ToClient.READY_DATA, bytes(4), Side.CLIENT),
    ):
        assert list(scene.client.handle(event, now)) == []


def test_partners_survive_a_power_cycle_and_are_asked_again() -> None:
    before, after = Scene(), Scene()
    after.tell(UnlogPartner(DEVICE))
    after.bench.run(seconds(5))

    after.client.restore(before.client.snapshot())
    after.tell(LogPartner(DEVICE))
    after.bench.run(seconds(5))

    assert after.link.state is LinkState.OPEN
