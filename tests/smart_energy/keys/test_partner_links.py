"""A device asks for keys with the partners of its log, and takes no others."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Duration, minutes, seconds
from emulator.smart_energy.facts import PartnerKeyDeclined, PartnerKeyInstalled
from emulator.smart_energy.keys.partner_links import PartnerLinks
from emulator.smart_energy.primitives import LinkPartner, PartnerLinked, UnlinkPartner
from emulator.smart_energy.settings import PartnerLinkSettings
from emulator.zigbee.aps.primitives import (
    ApsmeRequestKeyRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeTransportKeyIndication,
    KeyOrigin,
    TransportKeyType,
)

HUB, ESME, OTHER = (Eui64(0x00DB1234567890A0 + each) for each in (2, 0, 7))
KEY = bytes(range(16))


def came(
    partner: Eui64 | None, kind: TransportKeyType = TransportKeyType.APPLICATION_LINK_KEY
) -> ApsmeTransportKeyIndication:
    return ApsmeTransportKeyIndication(HUB, kind, KEY, 0, KeyOrigin.CBKE, partner)


def links() -> PartnerLinks:
    return PartnerLinks(PartnerLinkSettings())


def test_a_new_partner_is_asked_for_and_its_key_taken() -> None:
    made = links()

    assert made.handle(LinkPartner(ESME), START) == (ApsmeRequestKeyRequest(ESME),)
    assert made.handle(came(ESME), START) == (
        ApsmeSetLinkKeyRequest(ESME, KEY, KeyOrigin.APPLICATION),
        PartnerKeyInstalled(ESME),
        PartnerLinked(ESME),
    )
    assert made.deadline is None
    assert made.handle(LinkPartner(ESME), START) == ()


@pytest.mark.parametrize(
    ("tries", "pauses"),
    [
        (2, [seconds(5), minutes(15), seconds(5), minutes(15)]),
        (3, [seconds(5), seconds(5), minutes(15), seconds(5)]),
    ],
)
def test_a_key_that_does_not_come_is_asked_for_again_then_after_a_rest(
    tries: int, pauses: list[Duration]
) -> None:
    made = PartnerLinks(PartnerLinkSettings(tries=tries))
    made.handle(LinkPartner(ESME), START)
    taken = []
    now = START

    for _ in range(4):
        due = made.deadline
        assert due is not None
        taken.append(due - now)
        now = due
        assert made.wake(now) == [ApsmeRequestKeyRequest(ESME)]

    assert taken == pauses


def test_a_key_for_somebody_who_is_not_in_the_log_is_declined() -> None:
    made = links()
    made.handle(LinkPartner(ESME), START)

    assert made.handle(came(OTHER), START) == (PartnerKeyDeclined(OTHER),)
    assert made.handle(came(None), START) == ()
    for kind in (TransportKeyType.STANDARD_NETWORK_KEY, TransportKeyType.TRUST_CENTRE_LINK_KEY):
        assert made.handle(came(ESME, kind), START) == ()


def test_a_partner_that_left_the_log_shares_no_key() -> None:
    made = links()
    made.handle(LinkPartner(ESME), START)
    made.handle(came(ESME), START)

    assert made.handle(UnlinkPartner(ESME), START) == (ApsmeSetLinkKeyRequest(ESME, None),)
    assert made.handle(UnlinkPartner(ESME), START) == ()
    assert made.handle(came(ESME), START) == (PartnerKeyDeclined(ESME),)


@given(st.lists(st.tuples(st.sampled_from((ESME, OTHER)), st.sampled_from("luk"))))
def test_after_any_history_keys_still_missing_are_asked_for_when_power_returns(
    history: list[tuple[Eui64, str]],
) -> None:
    before, after = links(), links()
    linked: dict[Eui64, bool] = {}
    for partner, what in history:
        if what == "l":
            before.handle(LinkPartner(partner), START)
            linked.setdefault(partner, False)
        elif what == "u":
            before.handle(UnlinkPartner(partner), START)
            linked.pop(partner, None)
        else:
            before.handle(came(partner), START)
            if partner in linked:
                linked[partner] = True

    after.restore(json.loads(json.dumps(before.snapshot())))

    assert after.deadline == (None if all(linked.values()) else START)
    asked = {each.partner for each in after.wake(START)}
    assert asked == {partner for partner, done in linked.items() if not done}


def test_device_without_a_device_log_takes_every_key_and_remembers_whose_it_is() -> None:
    made = PartnerLinks(PartnerLinkSettings(), open_to_all=True)

    effects = made.handle(came(OTHER), START)

    assert PartnerLinked(OTHER) in effects
    assert made.snapshot() == {f"{OTHER:016x}": True}
    assert made.handle(UnlinkPartner(OTHER), START) == (ApsmeSetLinkKeyRequest(OTHER, None),)
