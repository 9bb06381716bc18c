import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.testing.stack.zcl_nodes import (
    AT_METER,
    ENDPOINT,
    HUB,
    METER,
    ZclNode,
    arrival,
    hub,
    meter,
    only,
)
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.primitives import ReadAttributesRequest
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, ClusterId, NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataIndication,
    ApsdeDataRequest,
    ApsStatus,
)


def came(
    asdu: bytes, cluster: ClusterId, source: NwkAddress, to: NwkAddress
) -> ApsdeDataIndication:
    """Octets from one node to another, under the agreed link key."""
    sent = ApsdeDataRequest(
        1, to, ENDPOINT, ENDPOINT, SMART_ENERGY_PROFILE, cluster, asdu, link_key=True
    )
    return arrival(sent, source)


def random_asdus(seed: str, number: int) -> list[tuple[ClusterId, bytes]]:
    """Half of them noise, half of them commands that exist with a damaged payload."""
    drawn = Stream(seed)
    clusters = (BASIC.id, TIME.id, METERING.id, KEY_ESTABLISHMENT.id, TUNNELING.id, ClusterId(3))
    asdus: list[tuple[ClusterId, bytes]] = []
    for _ in range(number):
        octets = drawn.octets(drawn.integer(0, 40))
        if drawn.chance(0.5):
            head = bytes([drawn.choice((0x00, 0x01, 0x08, 0x09, 0x10)), 0x42, drawn.integer(0, 24)])
            octets = head + octets
        asdus.append((drawn.choice(clusters), octets))
    return asdus


def feed(node: ZclNode, number: int, seed: str) -> None:
    for index, (cluster, asdu) in enumerate(random_asdus(seed, number)):
        now = Instant(index * 1000)
        for effect in node.does(came(asdu, cluster, HUB, METER), now):
            if isinstance(effect, ApsdeDataRequest):
                node.does(ApsdeDataConfirm(effect.handle, effect.destination, ApsStatus.SUCCESS))
        if node.machine.deadline is not None and node.machine.deadline <= now:
            node.machine.wake(now)


def test_noise_raises_nothing() -> None:
    feed(meter(), 3_000, "noise")


@pytest.mark.slow
def test_fifty_thousand_pieces_of_noise_raise_nothing() -> None:
    feed(meter(), 50_000, "much noise")


@given(st.binary(max_size=60), st.sampled_from((TIME.id, METERING.id, KEY_ESTABLISHMENT.id)))
def test_any_octets_lead_to_effects_only(asdu: bytes, cluster: ClusterId) -> None:
    node = hub()
    asks = ReadAttributesRequest(9, AT_METER, ENDPOINT, cluster, (0,))
    only(node.does(asks), ApsdeDataRequest)

    node.does(came(asdu, cluster, METER, HUB))
