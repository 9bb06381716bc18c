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
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.refusal import MissingKeyError
from emulator.gbcs.protection.signature import verifies
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case, use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Calendar
from emulator.testing.scenes.remote_party_bench import DEVICE, bench_pki

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
