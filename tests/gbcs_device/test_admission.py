"""Which messages a device acts on, rule by rule (GBCS 6.2.4)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from emulator.gbcs.asn1.codes import KeyUsage
from emulator.gbcs.asn1.gas_clock import SetTimeCommand
from emulator.gbcs.asn1.payload import encode_asn1
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.protection.refusal import Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind, cell
from emulator.gbcs_device.facts import CommandExecuted, CommandRefused
from emulator.gbcs_device.primitives import MessageIndication
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.gbcs_device.trust_anchors import trust_anchors
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.testing.scenes.remote_party_bench import (
    DEVICE,
    GAINING_SUPPLIER,
    STRANGER,
    RemotePartyBench,
    alerts,
    bench_pki,
    bench_setup,
    responses,
    verdict,
)

SET_CLOCK = 0x007F
READ_LOG = 0x0013
WINDOW = SetTimeCommand("20260301110000Z", "20260301130000Z")
ACB = RemotePartyRole.ACCESS_CONTROL_BROKER


@pytest.fixture
def bench() -> RemotePartyBench:
    return RemotePartyBench()


def refusal(bench: RemotePartyBench, message: Message) -> CommandRefused:
    before = bench.machine.snapshot()
    effects = bench.send(message)
    found = verdict(effects)
    assert isinstance(found, CommandRefused)
    assert responses(effects) == []
    assert {**bench.machine.snapshot(), "counter": 0} == {**before, "counter": 0}
    return found


def test_a_good_command_is_executed_and_answered(bench: RemotePartyBench) -> None:
    effects = bench.send(bench.command(SET_CLOCK, WINDOW))

    found = verdict(effects)
    assert isinstance(found, CommandExecuted)
    assert (found.sender, found.answered) == ("SUPPLIER", True)
    (response,) = responses(effects)
    assert (response.counter, response.recipient) == (1, bench.party(RemotePartyRole.SUPPLIER))
    assert response.signature
    assert response.mac is None


def test_a_command_with_mac_is_answered_with_mac(bench: RemotePartyBench) -> None:
    (response,) = responses(bench.send(bench.protected(read_log(bench))))

    assert (response.signature, response.mac is None) == (b"", False)
    assert bench.protection.verify(response).valid


def read_log(bench: RemotePartyBench, sender: RemotePartyRole = ACB) -> Message:
    return bench.bare(READ_LOG, bytes.fromhex("0500"), sender)


@pytest.mark.parametrize("recipient", [STRANGER, Eui64(1)])
def test_a_message_for_another_device_is_refused_without_alert(
    bench: RemotePartyBench, recipient: Eui64
) -> None:
    other = replace(bench.bare(SET_CLOCK, _window()), recipient=recipient, signature=bytes(64))

    found = refusal(bench, other)

    assert (found.rule, found.alert) == (Rule.RECIPIENT.value, None)


def test_a_message_for_a_housemate_is_not_looked_at() -> None:
    setup = replace(bench_setup(), housemates=frozenset({STRANGER}))
    bench = RemotePartyBench(setup=setup)
    other = bench.protected(replace(bench.bare(SET_CLOCK, _window()), recipient=STRANGER))

    assert list(bench.send(other)) == []


def _window() -> bytes:
    return encode_asn1(SET_CLOCK, Cra.COMMAND, WINDOW)


def test_a_response_is_no_command(bench: RemotePartyBench) -> None:
    bare = replace(bench.bare(SET_CLOCK, _window()), cra=Cra.RESPONSE)
    signed = bench.protection.protect(bare, signed=True, maced=False)

    assert refusal(bench, signed).rule == Rule.COMMAND.value


@pytest.mark.parametrize("code", [0x0FFF, 0x1000])
def test_a_code_without_command_is_refused(bench: RemotePartyBench, code: int) -> None:
    bare = replace(bench.bare(SET_CLOCK, _window()), other_information=OtherInformation(code))

    found = refusal(bench, bench.protection.protect(bare, signed=True, maced=True))

    assert (found.rule, found.alert) == (Rule.KNOWN_MESSAGE_CODE.value, 0x8F53)


def test_a_command_of_another_kind_of_device_is_refused(bench: RemotePartyBench) -> None:
    restore = replace(
        bench.bare(SET_CLOCK, bytes.fromhex("30023000"), ACB),
        other_information=OtherInformation(0x008C),
    )

    found = refusal(bench, bench.protected(restore))

    assert (found.rule, found.alert) == (Rule.DEVICE.value, 0x8F53)


def test_a_party_in_no_cell_is_refused(bench: RemotePartyBench) -> None:
    foreign = replace(bench.bare(SET_CLOCK, _window()), originator=GAINING_SUPPLIER)

    found = refusal(bench, bench.protected(foreign))

    assert (found.rule, found.alert) == (Rule.KNOWN_PARTY.value, 0x8F3E)


def test_a_device_is_no_remote_party(bench: RemotePartyBench) -> None:
    foreign = replace(bench.bare(SET_CLOCK, _window()), originator=STRANGER)

    found = refusal(bench, bench.protection.protect(foreign, signed=True, maced=True))

    assert found.rule == Rule.KNOWN_PARTY.value


@pytest.mark.parametrize(
    "sender", [RemotePartyRole.NETWORK_OPERATOR, ACB, RemotePartyRole.RECOVERY]
)
def test_a_known_party_without_authority_is_refused(
    bench: RemotePartyBench, sender: RemotePartyRole
) -> None:
    bare = bench.bare(SET_CLOCK, _window(), sender)

    found = refusal(bench, bench.protected(bare))

    assert (found.rule, found.alert) == (Rule.AUTHORITY.value, 0x8F30)
    assert found.reason.endswith(f" is {sender.name}, expected SUPPLIER")


@pytest.mark.parametrize(
    ("signed", "maced", "held"), [(True, False, "signature"), (False, True, "MAC")]
)
def test_a_command_with_half_its_protection_is_refused(
    bench: RemotePartyBench, signed: bool, maced: bool, held: str
) -> None:
    bare = bench.bare(SET_CLOCK, _window())

    found = refusal(bench, bench.protection.protect(bare, signed=signed, maced=maced))

    assert (found.rule, found.alert) == (Rule.PROTECTED.value, 0x8F3D)
    assert found.reason == f"{held}, expected signature+MAC"


def test_a_command_without_any_protection_is_refused(bench: RemotePartyBench) -> None:
    found = refusal(bench, bench.bare(SET_CLOCK, _window()))

    assert found.rule == Rule.PROTECTED.value
    assert found.reason == "nothing, expected signature+MAC"


def test_a_pre_command_is_refused(bench: RemotePartyBench) -> None:
    pre_command = replace(bench.bare(SET_CLOCK, _window()), signature=None)

    assert refusal(bench, pre_command).rule == Rule.PROTECTED.value


def test_a_broken_signature_is_refused(bench: RemotePartyBench) -> None:
    good = bench.command(SET_CLOCK, WINDOW)
    signature = bytes((good.signature or b"")[:-1]) + b"\x00"
    bent = replace(good, signature=signature)

    found = refusal(bench, replace(bent, mac=bench.protection.mac(bent)))

    assert (found.rule, found.alert) == (Rule.SIGNATURE.value, 0x8F3D)


def test_a_signature_of_another_supplier_is_refused(bench: RemotePartyBench) -> None:
    bare = bench.bare(SET_CLOCK, _window())
    foreign = bench.protection.protect(
        replace(bare, originator=GAINING_SUPPLIER), signed=True, maced=False
    )
    lent = replace(bare, signature=foreign.signature)

    found = refusal(bench, replace(lent, mac=bench.protection.mac(lent)))

    assert found.rule == Rule.SIGNATURE.value


def test_a_broken_mac_is_refused(bench: RemotePartyBench) -> None:
    good = bench.command(SET_CLOCK, WINDOW)

    found = refusal(bench, replace(good, mac=bytes(12)))

    assert (found.rule, found.alert) == (Rule.MAC.value, 0x8F3D)


def test_a_changed_payload_is_refused(bench: RemotePartyBench) -> None:
    good = bench.command(SET_CLOCK, WINDOW)
    later = encode_asn1(SET_CLOCK, Cra.COMMAND, replace(WINDOW, validity_interval_end=_LATE))

    found = refusal(bench, replace(good, payload=later))

    assert found.rule == Rule.SIGNATURE.value


_LATE = "20270301130000Z"


@pytest.mark.parametrize("counter", [7, 6, 0])
def test_a_counter_that_is_not_above_the_last_is_refused(
    bench: RemotePartyBench, counter: int
) -> None:
    bench.send(bench.command(SET_CLOCK, WINDOW, counter=7))

    found = refusal(bench, bench.command(SET_CLOCK, WINDOW, counter=counter))

    assert (found.rule, found.alert) == (Rule.COUNTER.value, 0x8F53)


def test_a_refused_command_does_not_use_its_counter_up(bench: RemotePartyBench) -> None:
    good = bench.command(SET_CLOCK, WINDOW, counter=7)
    refusal(bench, replace(good, mac=bytes(12)))

    assert isinstance(verdict(bench.send(good)), CommandExecuted)


def test_a_read_may_come_again(bench: RemotePartyBench) -> None:
    read = bench.protected(replace(read_log(bench), counter=3))
    bench.send(read)

    assert isinstance(verdict(bench.send(read)), CommandExecuted)


def test_counters_of_roles_do_not_touch_each_other(bench: RemotePartyBench) -> None:
    bench.send(bench.command(SET_CLOCK, WINDOW, counter=900))
    joins = bench.bare(0x0010, bytes.fromhex("0408 0102030405060708"), ACB, counter=5)

    assert isinstance(verdict(bench.send(bench.protected(joins))), CommandExecuted)


def test_a_party_behind_the_broker_is_counted_by_its_own_counter(bench: RemotePartyBench) -> None:
    supplier = bench.party(RemotePartyRole.SUPPLIER)
    bare = bench.bare(0x0010, bytes.fromhex("0408 0102030405060708"), ACB, counter=5000)
    bench.send(bench.command(SET_CLOCK, WINDOW, counter=20))

    old = replace(bare, other_information=OtherInformation(0x0010, supplier, 20))
    new = replace(bare, other_information=OtherInformation(0x0010, supplier, 21))

    assert refusal(bench, bench.protected(old)).rule == Rule.COUNTER.value
    assert isinstance(verdict(bench.send(bench.protected(new))), CommandExecuted)


def test_the_broker_is_itself_where_it_stands_in_for_the_supplier_too() -> None:
    keys = bench_pki().keys
    (broker,) = keys.with_role(ACB)
    kept = trust_anchors(DeviceKind.GSME, keys, parties={RemotePartyRole.SUPPLIER: broker})
    bench = RemotePartyBench(setup=replace(bench_setup(), anchors=kept))
    joins = bench.bare(0x0010, bytes.fromhex("0408 0102030405060708"), ACB, counter=5)

    first = verdict(bench.send(bench.protected(joins)))

    assert isinstance(first, CommandExecuted)
    assert first.sender == "ACCESS_CONTROL_BROKER"
    assert kept.highest_counter(ACB) == 5
    assert kept.highest_counter(RemotePartyRole.SUPPLIER) == -1


def test_macs_are_held_against_the_brokers_own_cell(bench: RemotePartyBench) -> None:
    other = make_pki(2, ()).keys.find(bench.party(ACB), KeyUse.KEY_AGREEMENT)
    assert other is not None
    assert other.certificate is not None
    anchors = bench.machine.identity.anchors
    signing = bench.keys.find(bench.party(ACB), KeyUse.DIGITAL_SIGNATURE)
    assert signing is not None
    assert signing.certificate is not None
    role = RemotePartyRole.SUPPLIER
    anchors.replace(cell(role, KeyUsage.DIGITAL_SIGNATURE), signing.certificate)
    anchors.replace(cell(role, KeyUsage.KEY_AGREEMENT), other.certificate)
    asked = bench.bare(SET_CLOCK, _window(), ACB)

    assert isinstance(verdict(bench.send(bench.protected(asked))), CommandExecuted)


def test_nobody_but_the_broker_speaks_for_others(bench: RemotePartyBench) -> None:
    operator = bench.party(RemotePartyRole.NETWORK_OPERATOR)
    information = OtherInformation(SET_CLOCK, operator, 2**63)
    bare = bench.bare(SET_CLOCK, _window(), counter=4)

    bench.send(bench.protected(replace(bare, other_information=information)))

    anchors = bench.machine.identity.anchors
    assert anchors.highest_counter(RemotePartyRole.NETWORK_OPERATOR) == -1
    assert anchors.highest_counter(RemotePartyRole.SUPPLIER) == 4


def test_certificates_that_are_not_valid_yet_are_refused() -> None:
    setup = bench_setup()
    setup.clock.be_ahead(timedelta(days=-365 * 20))
    bench = RemotePartyBench(setup=setup)

    found = refusal(bench, bench.command(SET_CLOCK, WINDOW))

    assert (found.rule, found.alert) == (Rule.CERTIFICATE_VALIDITY.value, 0x8F3D)


def test_a_payload_that_cannot_be_read_is_refused(bench: RemotePartyBench) -> None:
    bare = bench.bare(SET_CLOCK, bytes.fromhex("3003020101"))

    found = refusal(bench, bench.protected(bare))

    assert (found.rule, found.alert) == (Rule.FORMAT.value, 0x8F1E)


@pytest.mark.parametrize("octets", [b"", b"\x00", bytes.fromhex("DD09"), bytes(1300)])
def test_octets_that_are_no_message_are_refused(bench: RemotePartyBench, octets: bytes) -> None:
    effects = bench.machine.handle(MessageIndication(octets), START)

    found = verdict(effects)
    assert isinstance(found, CommandRefused)
    assert (found.rule, found.message_code) == (Rule.FORMAT.value, None)


def test_refusals_are_told_to_the_supplier(bench: RemotePartyBench) -> None:
    foreign = replace(bench.bare(SET_CLOCK, _window()), originator=GAINING_SUPPLIER)

    (alert,) = alerts(bench.send(bench.protected(foreign)))

    assert alert.recipient == bench.party(RemotePartyRole.SUPPLIER)
    assert alert.other_information.message_code == 0x1000
    # profile, no components, 8F3E, 2026-03-01 12:00:00 UTC since 2000
    assert alert.payload.hex() == "0109008f3e3136e6c0"
    assert bench.protection.verify(alert).valid


def test_a_machine_without_its_own_keys_says_so() -> None:
    setup = bench_setup()
    own = tuple(replace(each, private_key=None) for each in setup.own)
    bench = RemotePartyBench(setup=replace(setup, own=own))

    found = refusal(bench, bench.command(SET_CLOCK, WINDOW))

    assert found.rule == Rule.MAC.value
    assert isinstance(bench.machine, RemotePartyMachine)
    assert bench.machine.identity.eui64 == DEVICE
