"""Whom the broker speaks for: with which certificates they read, known or not (GBCS 6.2.4)."""

from dataclasses import replace

import pytest

from emulator.gbcs.envelope import Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.refusal import Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.admission import Admission
from emulator.gbcs_device.facts import CommandExecuted, CommandRefused
from emulator.gbcs_device.settings import RemotePartySettings
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    GAINING_SUPPLIER,
    NOON,
    STRANGER,
    RemotePartyBench,
    verdict,
)

READ_LOG = 0x0013
ACB = RemotePartyRole.ACCESS_CONTROL_BROKER


@pytest.fixture
def bench() -> RemotePartyBench:
    return RemotePartyBench()


def refusal(bench: RemotePartyBench, message: Message) -> CommandRefused:
    found = verdict(bench.send(message))
    assert isinstance(found, CommandRefused)
    return found


def read_log(bench: RemotePartyBench) -> Message:
    return bench.bare(READ_LOG, bytes.fromhex("0500"), ACB)


def test_an_unknown_party_reads_only_with_a_certificate_that_leads_to_the_root(
    bench: RemotePartyBench,
) -> None:
    good = _guest_read(bench, GAINING_SUPPLIER, GAINING_SUPPLIER)
    lent = _guest_read(bench, GAINING_SUPPLIER, bench.party(RemotePartyRole.SUPPLIER))
    given = _guest_read(bench, Eui64(1), GAINING_SUPPLIER)
    device = _guest_read(bench, STRANGER, STRANGER)

    assert isinstance(verdict(bench.send(good)), CommandExecuted)
    assert refusal(bench, lent).rule == Rule.KEY_USAGE.value
    assert refusal(bench, given).rule == Rule.KEY_USAGE.value
    assert refusal(bench, device).rule == Rule.CERTIFICATE_PATH.value


@pytest.mark.parametrize("der", [bytes.fromhex("3000"), bytes.fromhex("30820101")])
def test_an_unknown_party_without_a_readable_certificate_is_refused(
    bench: RemotePartyBench, der: bytes
) -> None:
    information = OtherInformation(READ_LOG, GAINING_SUPPLIER, 9, None, der.ljust(20, b"\x00"))
    asked = replace(read_log(bench), other_information=information)

    assert refusal(bench, bench.protected(asked)).rule == Rule.KEY_USAGE.value


def test_an_unknown_party_cannot_read_with_a_key_to_sign_with(bench: RemotePartyBench) -> None:
    found = bench.keys.find(GAINING_SUPPLIER, KeyUse.DIGITAL_SIGNATURE)
    assert found is not None
    assert found.certificate is not None
    information = OtherInformation(READ_LOG, GAINING_SUPPLIER, 9, None, found.certificate.der)
    asked = replace(read_log(bench), other_information=information)

    assert refusal(bench, bench.protected(asked)).rule == Rule.KEY_USAGE.value


def test_an_answer_can_be_read_by_whom_the_broker_speaks_for(bench: RemotePartyBench) -> None:
    known = bench.party(RemotePartyRole.NETWORK_OPERATOR)
    asked = replace(read_log(bench), other_information=OtherInformation(READ_LOG, known, 9))
    for message, reader in (
        (bench.protected(asked), known),
        (_guest_read(bench, GAINING_SUPPLIER, GAINING_SUPPLIER), GAINING_SUPPLIER),
    ):
        admitted = admission(bench).admit(message, NOON)

        found = admitted.keys.find(reader, KeyUse.KEY_AGREEMENT)
        expected = bench.keys.find(reader, KeyUse.KEY_AGREEMENT)
        assert found is not None
        assert expected is not None
        assert found.certificate == expected.certificate
        assert admitted.agreement.shared_secret(DEVICE, reader)


@pytest.mark.parametrize("role", [RemotePartyRole.RECOVERY, None])
def test_nobody_reads_an_answer_who_has_no_key_to_read_with(
    bench: RemotePartyBench, role: RemotePartyRole | None
) -> None:
    """The recovery party signs only, and of a party without a certificate nothing is known."""
    party = GAINING_SUPPLIER if role is None else bench.party(role)
    asked = replace(read_log(bench), other_information=OtherInformation(READ_LOG, party, 9))

    admitted = admission(bench).admit(bench.protected(asked), NOON)

    assert admitted.keys.find(party, KeyUse.KEY_AGREEMENT) is None


def admission(bench: RemotePartyBench) -> Admission:
    return Admission(bench.machine.identity, RemotePartySettings())


def _guest_read(bench: RemotePartyBench, party: Eui64, named: Eui64) -> Message:
    """A read for a party the device does not know, with the certificate of `named`."""
    found = bench.keys.find(named, KeyUse.KEY_AGREEMENT)
    assert found is not None
    assert found.certificate is not None
    information = OtherInformation(READ_LOG, party, 9, None, found.certificate.der)
    return bench.protected(replace(read_log(bench), other_information=information))
