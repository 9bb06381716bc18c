from itertools import count

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, minutes
from emulator.smart_energy.facts import MessagesSuspended
from emulator.smart_energy.network.sub_ghz_client import SubGhzClient
from emulator.smart_energy.primitives import Commissioned
from emulator.zcl.clusters.sub_ghz import SUB_GHZ
from emulator.zcl.primitives import (
    Side,
    SuspendPeerRequest,
    ZclAddress,
    ZclCommandIndication,
    ZclCommandRequest,
)
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity
from emulator.zigbee.facts import MalformedFrame

NOW = Instant(1_000)
HUB = NwkAddress(0)


def client() -> SubGhzClient:
    return SubGhzClient(Endpoint(1), 1, count(1))


def command(payload: bytes, cluster: int = SUB_GHZ.id, side: Side = Side.CLIENT) -> object:
    return ZclCommandIndication(
        source=ZclAddress(HUB, Endpoint(1)),
        source_eui64=None,
        endpoint=Endpoint(1),
        cluster=ClusterId(cluster),
        command=0,
        payload=payload,
        to_side=side,
        sequence=5,
        disable_default_response=True,
        security=ApsSecurity.LINK_KEY,
        key_origin=None,
        aps_counter=1,
    )


@pytest.mark.parametrize(("period", "until"), [(5, Instant(NOW + minutes(5))), (0, None)])
def test_hub_that_says_so_gets_nothing_for_that_long(period: int, until: Instant | None) -> None:
    effects = client().handle(command(bytes((period,))), NOW)

    assert effects == (MessagesSuspended(HUB, period), SuspendPeerRequest(HUB, until))


@pytest.mark.parametrize(
    "event", [command(b"\x05", 0x0702), command(b"\x05", side=Side.SERVER)], ids=["other", "side"]
)
def test_what_is_for_others_changes_nothing(event: object) -> None:
    assert client().handle(event, NOW) == ()


def test_payload_that_is_none_is_a_fact() -> None:
    (fact,) = client().handle(command(b""), NOW)

    assert isinstance(fact, MalformedFrame)


def test_device_asks_whether_it_is_suspended_once_it_is_commissioned() -> None:
    machine = client()

    (asked,) = machine.handle(Commissioned(Eui64(1)), NOW)

    assert isinstance(asked, ZclCommandRequest)
    assert (asked.cluster, asked.command, asked.payload) == (SUB_GHZ.id, 0, b"")
    assert machine.deadline is None
    assert machine.wake(NOW) == ()
