"""Which APS commands are sent, relayed and obeyed, under which keys."""

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import seconds
from emulator.testing.stack.aps_scene import (
    HUB,
    JOINER,
    JOINER_ADDRESS,
    KEY,
    METER,
    METER_ADDRESS,
    NETWORK_KEY,
    pair,
    reasons,
    share,
)
from emulator.zigbee.addresses import (
    COORDINATOR,
    NO_EUI64,
    NwkAddress,
)
from emulator.zigbee.aps.commands import (
    Command,
    RemoveDevice,
    SwitchKey,
    TransportKey,
    Tunnel,
    VerifyKey,
    encode_command,
)
from emulator.zigbee.aps.facts import ApsCommandNotSent
from emulator.zigbee.aps.frame_security import FrameSecurity
from emulator.zigbee.aps.frames import ApsHeader, DeliveryMode, FrameType
from emulator.zigbee.aps.key_pairs import LAST_COUNTER, DeviceKeyPairSet, KeyPair
from emulator.zigbee.aps.primitives import (
    ApsmeRemoveDeviceIndication,
    ApsmeRemoveDeviceRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeSetTrustCentreRequest,
    ApsmeTransportKeyIndication,
    ApsmeTransportKeyRequest,
    ApsmeUpdateDeviceIndication,
    ApsmeUpdateDeviceRequest,
    ApsSecurity,
    KeyOrigin,
    TransportKeyType,
    UpdateDeviceStatus,
)
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.nwk.primitives import NldeDataRequest
from emulator.zigbee.security.frames import KeyIdentifier


def test_a_joiner_that_has_not_met_the_trust_centre_takes_the_network_key() -> None:
    link, hub, joiner = pair()
    hub.post(ApsmeSetLinkKeyRequest(METER, KEY))
    joiner.post(ApsmeSetLinkKeyRequest(NO_EUI64, KEY))

    hub.post(
        ApsmeTransportKeyRequest(
            METER, METER_ADDRESS, TransportKeyType.STANDARD_NETWORK_KEY, NETWORK_KEY, 3
        )
    )
    link.run(seconds(1))

    [heard] = joiner.all(ApsmeTransportKeyIndication)
    assert (heard.source, heard.key, heard.sequence) == (HUB, NETWORK_KEY, 3)
    assert heard.key_origin is KeyOrigin.PRECONFIGURED
    assert joiner.aps.keys.get(HUB) is not None
    assert not link.carried[0].security


def test_a_joiner_below_a_router_gets_its_key_through_a_tunnel() -> None:
    link, hub, router = pair()
    share(hub, router)
    joiner = link.station("joiner", JOINER, JOINER_ADDRESS)
    hub.post(ApsmeSetLinkKeyRequest(JOINER, KEY))
    joiner.post(ApsmeSetLinkKeyRequest(NO_EUI64, KEY))

    hub.post(
        ApsmeTransportKeyRequest(
            JOINER,
            JOINER_ADDRESS,
            TransportKeyType.STANDARD_NETWORK_KEY,
            NETWORK_KEY,
            parent=METER_ADDRESS,
        )
    )
    link.run(seconds(1))

    [heard] = joiner.all(ApsmeTransportKeyIndication)
    assert (heard.source, heard.key) == (HUB, NETWORK_KEY)
    assert [(frame.destination, frame.security) for frame in link.carried] == [
        (METER_ADDRESS, True),
        (JOINER_ADDRESS, False),
    ]


def test_a_joiner_with_another_install_code_takes_no_key() -> None:
    link, hub, joiner = pair()
    hub.post(ApsmeSetLinkKeyRequest(METER, KEY))
    joiner.post(ApsmeSetLinkKeyRequest(NO_EUI64, bytes(16)))

    hub.post(
        ApsmeTransportKeyRequest(
            METER, METER_ADDRESS, TransportKeyType.STANDARD_NETWORK_KEY, NETWORK_KEY
        )
    )
    link.run(seconds(1))

    assert joiner.all(ApsmeTransportKeyIndication) == []
    assert joiner.aps.keys.get(HUB) is None
    assert "MIC does not verify" in reasons(link)


def test_a_link_key_is_transported_under_the_key_load_key() -> None:
    link, hub, meter = pair()
    share(hub, meter)

    hub.post(
        ApsmeTransportKeyRequest(
            METER,
            METER_ADDRESS,
            TransportKeyType.TRUST_CENTRE_LINK_KEY,
            bytes(range(16)),
            nwk_security=True,
        )
    )
    link.run(seconds(1))

    [heard] = meter.all(ApsmeTransportKeyIndication)
    assert heard.key_type is TransportKeyType.TRUST_CENTRE_LINK_KEY
    assert link.carried[0].nsdu[2] >> 3 & 3 == 3


def test_no_key_is_sent_to_a_device_without_a_link_key() -> None:
    link, hub, _ = pair()

    hub.post(
        ApsmeTransportKeyRequest(
            METER, METER_ADDRESS, TransportKeyType.STANDARD_NETWORK_KEY, NETWORK_KEY
        )
    )

    assert link.carried == []


def test_the_trust_centre_hears_who_joined_through_a_router() -> None:
    link, hub, router = pair()
    share(hub, router, KeyOrigin.PRECONFIGURED)

    router.post(
        ApsmeUpdateDeviceRequest(
            COORDINATOR, JOINER, JOINER_ADDRESS, UpdateDeviceStatus.STANDARD_UNSECURED_JOIN
        )
    )
    link.run(seconds(1))

    [heard] = hub.all(ApsmeUpdateDeviceIndication)
    assert (heard.source_eui64, heard.device) == (METER, JOINER)
    assert link.carried[0].nsdu[0] & 0x20


def test_the_trust_centre_knows_where_that_device_is_though_nobody_announced_it() -> None:
    link, hub, router = pair()
    share(hub, router, KeyOrigin.PRECONFIGURED)
    before = hub.address_map.eui64_of(JOINER_ADDRESS)

    router.post(
        ApsmeUpdateDeviceRequest(
            COORDINATOR, JOINER, JOINER_ADDRESS, UpdateDeviceStatus.STANDARD_UNSECURED_JOIN
        )
    )
    link.run(seconds(1))

    assert (before, hub.address_map.eui64_of(JOINER_ADDRESS)) == (None, JOINER)


@pytest.mark.parametrize(("believes", "heard"), [(False, 0), (True, 1)])
def test_an_update_device_without_link_key_is_believed_only_where_set(
    believes: bool,
    heard: int,
) -> None:
    link, hub, router = pair(ApsSettings(plain_update_device=believes))

    router.post(
        ApsmeUpdateDeviceRequest(
            COORDINATOR, JOINER, JOINER_ADDRESS, UpdateDeviceStatus.DEVICE_LEFT
        )
    )
    link.run(seconds(1))

    assert len(hub.all(ApsmeUpdateDeviceIndication)) == heard


def test_remove_device_under_the_link_key_reaches_zdo() -> None:
    link, hub, meter = pair()
    share(hub, meter)

    hub.post(ApsmeRemoveDeviceRequest(METER_ADDRESS, JOINER))
    link.run(seconds(1))

    [heard] = meter.all(ApsmeRemoveDeviceIndication)
    assert (heard.source, heard.target, heard.security) == (HUB, JOINER, ApsSecurity.LINK_KEY)


def test_remove_device_without_link_key_is_dropped() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    # frame control, counter, Remove-Device, target
    frame = bytes.fromhex("01 55 07") + METER.to_bytes(8, "little")

    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame))

    assert meter.all(ApsmeRemoveDeviceIndication) == []
    assert "REMOVE_DEVICE under no link key" in reasons(link)


def test_remove_device_from_another_than_the_trust_centre_is_dropped() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    meter.post(ApsmeSetTrustCentreRequest(JOINER))

    hub.post(ApsmeRemoveDeviceRequest(METER_ADDRESS, METER))
    link.run(seconds(1))

    assert meter.all(ApsmeRemoveDeviceIndication) == []
    assert "not from the trust centre" in reasons(link)


def test_a_network_key_without_aps_protection_is_dropped() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    frame = (
        bytes.fromhex("01 55 05 01")
        + NETWORK_KEY
        + b"\x00"
        + METER.to_bytes(8, "little")
        + HUB.to_bytes(8, "little")
    )

    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame))

    assert meter.all(ApsmeTransportKeyIndication) == []
    assert "STANDARD_NETWORK_KEY under no link key" in reasons(link)


def from_hub(command: Command, identifier: KeyIdentifier | None) -> bytes:
    """A command frame from the hub, protected as said."""
    header = ApsHeader(
        FrameType.COMMAND,
        DeliveryMode.UNICAST,
        ack_format=False,
        security=identifier is not None,
        ack_request=False,
        extended=False,
        counter=9,
    )
    if identifier is None:
        return header.encode() + encode_command(command)
    shared = KeyPair(HUB, KEY, KeyOrigin.CBKE)
    security = FrameSecurity(HUB, DeviceKeyPairSet(), extended_nonce=True)
    return security.seal(header, encode_command(command), shared, identifier)


NETWORK = TransportKeyType.STANDARD_NETWORK_KEY
LINK = TransportKeyType.TRUST_CENTRE_LINK_KEY


@pytest.mark.parametrize(
    ("command", "identifier", "reason"),
    [
        (TransportKey(NETWORK, KEY, 0, METER, HUB), KeyIdentifier.KEY_LOAD, "KEY_LOAD key"),
        (TransportKey(NETWORK, KEY, 0, METER, HUB), KeyIdentifier.DATA, "DATA key"),
        (
            TransportKey(LINK, KEY, destination=METER, source=HUB),
            KeyIdentifier.KEY_TRANSPORT,
            "KEY_TRANSPORT key",
        ),
        (
            TransportKey(NETWORK, KEY, 0, JOINER, HUB),
            KeyIdentifier.KEY_TRANSPORT,
            "another device",
        ),
        (
            TransportKey(NETWORK, KEY, 0, METER, JOINER),
            KeyIdentifier.KEY_TRANSPORT,
            "another source",
        ),
        (Tunnel(Eui64(5), b"x"), None, "do not know"),
        (VerifyKey(NETWORK, HUB, KEY), None, "no service"),
        (SwitchKey(1), KeyIdentifier.KEY_LOAD, "SWITCH_KEY under the KEY_LOAD key"),
    ],
)
def test_a_command_with_another_protection_or_addressee_is_dropped(
    command: Command, identifier: KeyIdentifier | None, reason: str
) -> None:
    link, hub, meter = pair()
    share(hub, meter)

    frame = from_hub(command, identifier)
    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame))

    assert reason in reasons(link)
    assert meter.all(ApsmeTransportKeyIndication) == []


def test_a_key_from_a_partner_that_is_not_the_trust_centre_is_dropped() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    meter.post(ApsmeSetTrustCentreRequest(JOINER))

    frame = from_hub(TransportKey(NETWORK, KEY, 0, METER, HUB), KeyIdentifier.KEY_TRANSPORT)
    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame))

    assert meter.all(ApsmeTransportKeyIndication) == []
    assert "not from the trust centre" in reasons(link)


def test_a_command_without_network_key_is_dropped_unless_it_transports_one() -> None:
    link, hub, meter = pair()
    share(hub, meter)

    frame = from_hub(RemoveDevice(METER), KeyIdentifier.DATA)
    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame, security=False))

    assert meter.all(ApsmeRemoveDeviceIndication) == []
    assert "without network key" in reasons(link)


@pytest.mark.parametrize(
    "request_",
    [
        ApsmeRemoveDeviceRequest(METER_ADDRESS, JOINER),
        ApsmeRemoveDeviceRequest(NwkAddress(0x1234), JOINER),
        ApsmeTransportKeyRequest(METER, METER_ADDRESS, TransportKeyType.APPLICATION_LINK_KEY, KEY),
    ],
)
def test_a_command_that_cannot_be_protected_is_not_sent_and_said(request_: object) -> None:
    link, hub, _ = pair()

    hub.post(request_)

    assert link.carried == []
    assert len(link.facts(ApsCommandNotSent)) == 1


def test_a_command_is_not_sent_when_the_counter_is_used_up() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    shared = hub.aps.keys.get(METER)
    assert shared is not None
    shared.outgoing = LAST_COUNTER

    hub.post(ApsmeRemoveDeviceRequest(METER_ADDRESS, METER))

    assert (link.carried, len(link.facts(ApsCommandNotSent))) == ([], 1)


def test_a_command_that_asks_for_an_acknowledgement_gets_one() -> None:
    link, hub, meter = pair()
    share(hub, meter)

    # control with acknowledgement request, counter, Switch-Key
    frame = bytes.fromhex("41 33 09 01")
    link.deliver(COORDINATOR, NldeDataRequest(1, METER_ADDRESS, frame))

    assert [sent.nsdu for sent in link.carried] == [bytes.fromhex("12 33")]
