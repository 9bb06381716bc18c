"""Commands of cases: encodable for every use case, protected as each asks."""

from dataclasses import replace

import pytest

from emulator.bench.cases.command_maker import (
    CommandMaker,
    example_values,
    fullest_protection,
    has_required_values,
    item_count,
)
from emulator.gbcs.commands.heading import CommandHeading
from emulator.gbcs.envelope import Message
from emulator.gbcs.pki import DEFAULT_ORGANISATIONS
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.gbcs.protection.refusal import MissingKeyError
from emulator.gbcs.protection.signature import verifies
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case, use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Calendar
from emulator.testing.scenes.remote_party_bench import DEVICE, bench_pki

SOME_OCTETS = b"\x30\x00"
COMMANDS = [each for each in use_cases() if each.protection.get("command")]
MAKER = CommandMaker(bench_pki().keys, DEVICE)


def made_bare(record: UseCase, party: Eui64, **values: object) -> Message:
    heading = CommandHeading(
        originator=party, recipient=MAKER.recipient, counter=7, issued=Calendar().start
    )
    return MAKER.bare(record, values, heading)


@pytest.mark.parametrize("record", COMMANDS, ids=str)
def test_examples_make_a_command_of_every_use_case(record: UseCase) -> None:
    party = MAKER.party(RemotePartyRole.SUPPLIER)

    made = made_bare(record, party)

    assert made.counter == 7
    assert made.other_information.message_code == record.code
    assert item_count(record) >= 0
    assert has_required_values(record) is bool(example_values(record))


@pytest.mark.parametrize("code", [0x0027, 0x001A, 0x0102])
def test_a_command_is_protected_as_its_use_case_asks(code: int) -> None:
    record = use_case(code)
    bare = made_bare(record, MAKER.party(RemotePartyRole.SUPPLIER))

    made = MAKER.protected(bare)

    asked = fullest_protection(record)
    assert (bool(made.signature), made.mac is not None) == ("signature" in asked, "MAC" in asked)
    assert MAKER.protection.verify(made).valid


def test_a_signature_of_somebody_else_is_wrong_and_the_mac_over_it_right() -> None:
    supplier, other = (
        MAKER.party(RemotePartyRole.SUPPLIER),
        MAKER.stranger(RemotePartyRole.SUPPLIER),
    )
    bare = made_bare(use_case(0x001A), supplier)

    made = MAKER.protected(bare, signer=other)

    assert supplier != other
    found = MAKER.protection.verify(made)
    assert (found.signature.value, found.mac.value) == ("invalid", "valid")
    held = MAKER.keys.find(other, KeyUse.DIGITAL_SIGNATURE)
    assert held is not None
    assert verifies(held.public_key, made.signature or b"", made.signed_region)


def test_nobody_signs_without_a_key() -> None:
    bare = made_bare(use_case(0x001A), MAKER.party(RemotePartyRole.SUPPLIER))

    with pytest.raises(MissingKeyError, match="no private key"):
        MAKER.protected(bare, signer=Eui64(1))


def test_who_asks_for_credentials_does_so_in_its_own_role() -> None:
    record = use_case(0x0008)
    parties = (MAKER.party(RemotePartyRole.SUPPLIER), MAKER.party(RemotePartyRole.NETWORK_OPERATOR))

    one, other = (made_bare(record, party).payload for party in parties)

    assert one != other


def test_another_recipient_makes_another_message() -> None:
    bare = made_bare(use_case(0x0027), MAKER.party(RemotePartyRole.SUPPLIER))

    assert MAKER.protected(bare) != MAKER.protected(replace(bare, counter=8))


def test_values_that_are_given_take_the_place_of_examples() -> None:
    record, party = use_case(0x0071), MAKER.party(RemotePartyRole.SUPPLIER)

    assert b"Bench" in made_bare(record, party, message="Bench").payload
    assert b"Bench" not in made_bare(record, party).payload


@pytest.mark.parametrize("role", [each.role for each in DEFAULT_ORGANISATIONS])
def test_a_stranger_stands_in_no_cell_and_signs(role: RemotePartyRole) -> None:
    in_cells = {MAKER.party(each.role) for each in DEFAULT_ORGANISATIONS}

    stranger = MAKER.stranger(role)

    assert stranger not in in_cells
    assert MAKER.keys.find(stranger, KeyUse.DIGITAL_SIGNATURE) is not None


def test_a_certificate_is_one_that_a_supplier_has_and_without_keys_some_octets() -> None:
    record = use_case(0x000B)
    suppliers = MAKER.keys.with_role(RemotePartyRole.SUPPLIER)
    known = [MAKER.keys.find(each, KeyUse.KEY_AGREEMENT) for each in suppliers]

    with_keys = example_values(record, MAKER.keys)["certificate"]

    assert with_keys in [each.certificate.der for each in known if each and each.certificate]
    assert example_values(record)["certificate"] == SOME_OCTETS


def test_where_a_supplier_has_no_certificate_to_agree_keys_some_octets_stand_for_it() -> None:
    signing = [each for each in MAKER.keys if each.use is KeyUse.DIGITAL_SIGNATURE]
    bare = [replace(each, certificate=None) for each in MAKER.keys if each not in signing]

    for keys in (KeyStore(signing), KeyStore((*signing, *bare))):
        assert example_values(use_case(0x000B), keys)["certificate"] == SOME_OCTETS


def test_a_list_has_one_element_as_its_elements_are() -> None:
    assert example_values(use_case(0x0008))["roles"] == ["ROOT"]
    assert example_values(use_case(0x00AD))["settings"] == [
        {"event_configuration": "90", "events": ["90"]}
    ]


def test_items_are_attributes_that_are_read_and_other_commands_and_none_in_asn1() -> None:
    reads, commands, asn1 = (item_count(use_case(code)) for code in (0x0074, 0x0076, 0x0008))

    assert (reads, commands, asn1) == (4, 24, 0)
