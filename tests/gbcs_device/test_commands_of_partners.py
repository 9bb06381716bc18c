"""Commands of other devices: a gas meter obeys the displays in its log (GBCS PCS01, PCS02)."""

from dataclasses import replace

import pytest

from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.asn1.gas_clock import SetTimeCommand
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.refusal import Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_log import LogEntry
from emulator.gbcs_device.facts import CommandExecuted, CommandRefused
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import (
    PARTNER,
    STRANGER,
    RemotePartyBench,
    verdict,
)


@pytest.fixture
def bench() -> RemotePartyBench:
    return RemotePartyBench()


def refusal(bench: RemotePartyBench, message: Message) -> CommandRefused:
    found = verdict(bench.send(message))
    assert isinstance(found, CommandRefused)
    return found


PARTNERS_COMMAND = 0x009B
"""PCS01, from a PPMID to a gas meter."""


def partner_command(bench: RemotePartyBench, partner: Eui64, counter: int) -> Message:
    bare = replace(bench.bare(PARTNERS_COMMAND, bytes.fromhex("010900")), counter=counter)
    named = replace(bare, originator=partner)
    return bench.protection.protect(named, signed=False, maced=True)


def join_partner(bench: RemotePartyBench, partner: Eui64) -> None:
    found = bench.keys.find(partner, KeyUse.KEY_AGREEMENT)
    assert found is not None
    bench.machine.identity.log.add(partner, LogEntry(DeviceType.PPMID, found.certificate))


def test_a_partner_in_the_log_is_obeyed_and_nobody_else(bench: RemotePartyBench) -> None:
    join_partner(bench, PARTNER)

    effects = bench.send(partner_command(bench, PARTNER, 1))

    found = verdict(effects)
    assert isinstance(found, CommandExecuted)
    assert found.sender == "OTHER"
    assert [each.sender for each in bench.recorder.commands] == [RemotePartyRole.OTHER]
    assert refusal(bench, partner_command(bench, STRANGER, 1)).rule == Rule.KNOWN_PARTY.value
    assert refusal(bench, partner_command(bench, PARTNER, 1)).rule == Rule.COUNTER.value


def test_partners_are_counted_each_by_itself(bench: RemotePartyBench) -> None:
    join_partner(bench, PARTNER)
    join_partner(bench, STRANGER)
    bench.send(partner_command(bench, PARTNER, 9))

    assert isinstance(verdict(bench.send(partner_command(bench, STRANGER, 3))), CommandExecuted)


def test_a_partner_without_certificate_is_not_known(bench: RemotePartyBench) -> None:
    bench.machine.identity.log.add(PARTNER, LogEntry(DeviceType.PPMID))

    assert refusal(bench, partner_command(bench, PARTNER, 1)).rule == Rule.KNOWN_PARTY.value


def test_a_partner_may_not_send_what_remote_parties_send(bench: RemotePartyBench) -> None:
    join_partner(bench, PARTNER)
    window = SetTimeCommand("20260301110000Z", "20260301130000Z")
    foreign = replace(bench.command(0x007F, window), originator=PARTNER)

    found = refusal(bench, bench.protection.protect(foreign, signed=True, maced=True))

    assert found.rule == Rule.KNOWN_PARTY.value
