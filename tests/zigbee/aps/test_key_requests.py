"""Switch-Key and Request-Key: who says which network key is used, who asks for a key (R22 4.4)."""

from emulator.kernel.units import seconds
from emulator.testing.stack.aps_scene import (
    HUB,
    JOINER,
    METER,
    METER_ADDRESS,
    NETWORK_KEY,
    pair,
    reasons,
    share,
)
from emulator.zigbee.aps.primitives import (
    ApsmeRequestKeyIndication,
    ApsmeRequestKeyRequest,
    ApsmeSetTrustCentreRequest,
    ApsmeSwitchKeyIndication,
    ApsmeSwitchKeyRequest,
    ApsmeTransportKeyIndication,
    ApsmeTransportKeyRequest,
    TransportKeyType,
)


def test_trust_centre_says_which_network_key_to_use_in_the_clear_of_the_network_key() -> None:
    link, hub, meter = pair()
    share(hub, meter)

    hub.post(ApsmeSwitchKeyRequest(METER_ADDRESS, 7))
    link.run(seconds(1))

    # command frame, Switch-Key, number; the second octet is the APS counter
    [sent] = link.carried
    assert (sent.nsdu[:1], sent.nsdu[2:]) == (bytes.fromhex("01"), bytes.fromhex("09 07"))
    assert meter.all(ApsmeSwitchKeyIndication) == [ApsmeSwitchKeyIndication(HUB, 7)]


def test_nobody_but_the_trust_centre_says_which_network_key_to_use() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    meter.post(ApsmeSetTrustCentreRequest(JOINER))

    hub.post(ApsmeSwitchKeyRequest(METER_ADDRESS, 7))
    link.run(seconds(1))

    assert meter.all(ApsmeSwitchKeyIndication) == []
    assert "Switch-Key not from the trust centre" in reasons(link)


def test_a_device_asks_the_trust_centre_for_a_key_with_a_partner_and_both_are_given_it() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    hub.post(ApsmeSetTrustCentreRequest(HUB))
    meter.post(ApsmeSetTrustCentreRequest(HUB))

    meter.post(ApsmeRequestKeyRequest(JOINER))
    link.run(seconds(1))
    [asked] = hub.all(ApsmeRequestKeyIndication)
    hub.post(
        ApsmeTransportKeyRequest(
            METER,
            METER_ADDRESS,
            TransportKeyType.APPLICATION_LINK_KEY,
            NETWORK_KEY,
            nwk_security=True,
            partner=JOINER,
            initiator=True,
        )
    )
    link.run(seconds(1))

    assert (asked.source, asked.partner) == (METER, JOINER)
    [heard] = meter.all(ApsmeTransportKeyIndication)
    assert (heard.key_type, heard.key, heard.partner) == (
        TransportKeyType.APPLICATION_LINK_KEY,
        NETWORK_KEY,
        JOINER,
    )


def test_who_is_no_trust_centre_makes_no_keys() -> None:
    link, hub, meter = pair()
    share(hub, meter)
    hub.post(ApsmeSetTrustCentreRequest(JOINER))
    meter.post(ApsmeSetTrustCentreRequest(HUB))

    meter.post(ApsmeRequestKeyRequest(JOINER))
    link.run(seconds(1))

    assert hub.all(ApsmeRequestKeyIndication) == []
    assert "Request-Key to no trust centre" in reasons(link)
