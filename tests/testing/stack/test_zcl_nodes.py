import pytest

from emulator.testing.stack.zcl_nodes import (
    AT_METER,
    ENDPOINT,
    HUB,
    METER,
    arrival,
    confirmed,
    exchanged,
    hub,
    meter,
    of,
    only,
)
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.primitives import ReadAttributesConfirm, ReadAttributesRequest
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataRequest,
    ApsSecurity,
    ApsStatus,
    KeyOrigin,
)

READ = ReadAttributesRequest(9, AT_METER, ENDPOINT, METERING.id, (0x0000,))


def request(*, link_key: bool) -> ApsdeDataRequest:
    return ApsdeDataRequest(
        0x0105, METER, ENDPOINT, ENDPOINT, SMART_ENERGY_PROFILE, METERING.id, b"", link_key=link_key
    )


@pytest.mark.parametrize(
    ("link_key", "security", "origin"),
    [(True, ApsSecurity.LINK_KEY, KeyOrigin.CBKE), (False, ApsSecurity.NWK_KEY, None)],
)
def test_request_arrives_under_the_key_it_asked_for(
    link_key: bool, security: ApsSecurity, origin: KeyOrigin | None
) -> None:
    arrived = arrival(request(link_key=link_key), HUB)

    assert (arrived.security, arrived.key_origin) == (security, origin)
    assert (arrived.source, arrived.destination, arrived.counter) == (HUB, METER, 0x05)


def test_request_may_arrive_under_another_key() -> None:
    arrived = arrival(request(link_key=True), HUB, ApsSecurity.UNSECURED)

    assert (arrived.security, arrived.key_origin) == (ApsSecurity.UNSECURED, None)


def test_confirm_belongs_to_its_request() -> None:
    failed = confirmed(request(link_key=True), ApsStatus.NO_ACK)

    assert failed == ApsdeDataConfirm(0x0105, METER, ApsStatus.NO_ACK)


def test_effects_are_told_apart_by_kind() -> None:
    effects = meter().does(arrival(only(hub().does(READ), ApsdeDataRequest), HUB))

    assert of(effects, ReadAttributesConfirm) == ()
    with pytest.raises(ValueError, match="unpack"):
        only(effects, ReadAttributesConfirm)


def test_hub_reads_the_meter_there_and_back() -> None:
    at_meter, at_hub = exchanged(READ, hub(), meter())

    [answer] = of(at_meter, ApsdeDataRequest)
    assert (answer.destination, answer.destination_endpoint) == (HUB, ENDPOINT)
    assert only(at_hub, ReadAttributesConfirm).results[0].value == 1234
