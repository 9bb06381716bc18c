"""The trust centre makes keys for two devices that have agreed their own with it."""

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import START
from emulator.smart_energy.facts import PartnerKeyRefused, PartnerKeySent
from emulator.smart_energy.keys.partner_keys import PartnerKeys
from emulator.smart_energy.primitives import KeyEstablishmentEnded, TerminateStatus, Unregister
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.primitives import (
    ApsmeRequestKeyIndication,
    ApsmeSetLinkKeyRequest,
    ApsmeTransportKeyRequest,
    KeyOrigin,
    TransportKeyType,
)

ESME, PPMID, STRANGER = (Eui64(0x00DB1234567890A0 + each) for each in (0, 4, 15))
ADDRESSES = {ESME: NwkAddress(0x3F1C), PPMID: NwkAddress(0x88D2)}
ASKED = ApsmeRequestKeyIndication(PPMID, ESME)


def office(*agreed: Eui64) -> PartnerKeys:
    addresses = AddressMap()
    for eui64, address in ADDRESSES.items():
        addresses.learn(eui64, address)
    made = PartnerKeys(Stream("keys"), addresses)
    for each in agreed:
        made.handle(KeyEstablishmentEnded(each, 2, initiator=False, failure=None), START)
    return made


def test_both_get_the_same_new_key_each_with_the_other_as_partner() -> None:
    asked, told, fact = office(ESME, PPMID).handle(ASKED, START)

    key = Stream("keys").octets(16)
    assert asked == ApsmeTransportKeyRequest(
        destination=PPMID,
        nwk_address=ADDRESSES[PPMID],
        key_type=TransportKeyType.APPLICATION_LINK_KEY,
        key=key,
        nwk_security=True,
        partner=ESME,
        initiator=True,
    )
    assert (told.destination, told.partner, told.key, told.initiator) == (ESME, PPMID, key, False)
    assert fact == PartnerKeySent(PPMID, ESME)


def test_device_that_has_its_old_key_again_counts_as_one_with_an_agreed_key() -> None:
    made = office(ESME)
    for origin, effects in ((KeyOrigin.HISTORIC, 1), (KeyOrigin.CBKE, 3)):
        made.handle(ApsmeSetLinkKeyRequest(PPMID, bytes(16), origin), START)

        assert len(made.handle(ASKED, START)) == effects


def test_each_request_gets_a_key_of_its_own() -> None:
    made = office(ESME, PPMID)

    keys = [made.handle(ASKED, START)[0].key for _ in range(3)]

    assert len(set(keys)) == 3


def test_devices_without_an_agreed_key_get_none() -> None:
    for members in ((), (ESME,), (PPMID,)):
        (refused,) = office(*members).handle(ASKED, START)
        assert isinstance(refused, PartnerKeyRefused)


def test_a_failed_agreement_makes_no_member() -> None:
    made = office(ESME)
    failed = KeyEstablishmentEnded(
        PPMID, None, initiator=False, failure=TerminateStatus.BAD_MESSAGE
    )
    made.handle(failed, START)

    assert isinstance(made.handle(ASKED, START)[0], PartnerKeyRefused)


def test_a_device_shares_no_key_with_itself_nor_with_one_that_left() -> None:
    made = office(ESME, PPMID)
    with_itself = made.handle(ApsmeRequestKeyIndication(PPMID, PPMID), START)
    made.handle(Unregister(ESME), START)

    assert isinstance(with_itself[0], PartnerKeyRefused)
    assert isinstance(made.handle(ASKED, START)[0], PartnerKeyRefused)


def test_a_device_without_address_gets_no_key() -> None:
    made = office(PPMID, STRANGER)

    (refused,) = made.handle(ApsmeRequestKeyIndication(PPMID, STRANGER), START)

    assert refused == PartnerKeyRefused(PPMID, STRANGER, "one of them has no address")


def test_members_are_known_again_after_a_power_cycle() -> None:
    after = office()

    after.restore(office(ESME, PPMID).snapshot())

    assert len(after.handle(ASKED, START)) == 3
    assert after.wake(START) == ()
