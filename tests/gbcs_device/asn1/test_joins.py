"""Joins, partings and the log (CS03, CS04, CS07, GCS59)."""

from itertools import product
from typing import Any

import pytest

from emulator.gbcs.asn1.codes import DeviceType as T
from emulator.gbcs.asn1.codes import JoinMethodAndRole as M
from emulator.gbcs.asn1.codes import JoinResponseCode, UnjoinResponseCode
from emulator.gbcs.asn1.device_logs import (
    DeviceLogEntry,
    JoinDeviceCommand,
    ReadDeviceLogCommand,
    RestoreDeviceLogCommand,
    UnjoinDeviceCommand,
)
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.asn1.joins import CODES, METHODS
from emulator.gbcs_device.device_kind import DeviceKind as K
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.primitives import PartnerJoined, PartnerUnjoined
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import (
    PARTNER,
    STRANGER,
    RemotePartyBench,
    alerts,
    bench_pki,
    responses,
)

OTHER = bytes.fromhex("0102030405060708")
JOIN_A1, JOIN_B, JOIN_A2, JOIN_C = 0x000D, 0x000E, 0x00AB, 0x00AF
UNJOIN_AC, UNJOIN_B, READ, RESTORE = 0x000F, 0x0010, 0x0013, 0x008C
SENDERS = {K.PPMID: Role.ACCESS_CONTROL_BROKER, K.GPF: Role.ACCESS_CONTROL_BROKER}
KINDS = {T.GSME: K.GSME, T.ESME: K.ESME, T.GPF: K.GPF, T.HCALCS: K.HCALCS, T.PPMID: K.PPMID}
CODE_OF = {method: code for code, method in CODES.items()}


def certificate(party: Eui64 = PARTNER, use: KeyUse = KeyUse.KEY_AGREEMENT) -> bytes:
    found = bench_pki().keys.find(party, use)
    assert found is not None
    assert found.certificate is not None
    return found.certificate.der


def ask(bench: RemotePartyBench, code: int, value: Any) -> Any:
    kind = bench.machine.identity.kind
    return bench.answer(bench.command(code, value, SENDERS.get(kind, Role.SUPPLIER)))


def join(method: M, device_type: T, device: bytes = OTHER) -> JoinDeviceCommand:
    partner = PARTNER.to_bytes(8, "big")
    if method is M.METHOD_C:
        return JoinDeviceCommand(method, partner, device_type, certificate())
    return JoinDeviceCommand(method, device, device_type)


@pytest.mark.parametrize(("own", "other"), list(METHODS))
def test_every_pair_of_the_table_joins_by_its_method(own: T, other: T) -> None:
    method = METHODS[own, other]
    kind = KINDS[own]
    bench = RemotePartyBench(kind)
    sender = SENDERS.get(kind, Role.SUPPLIER)
    asked = join(method, other)

    effects = bench.send(bench.command(CODE_OF[method], asked, sender))

    entity = Eui64(int.from_bytes(asked.entity_id, "big"))
    assert PartnerJoined(entity, other) in effects
    found = bench.machine.identity.log.find(entity)
    assert found is not None
    assert found.device_type == other
    assert (found.certificate is not None) is (method is M.METHOD_C)


@pytest.mark.parametrize(
    ("code", "method"),
    [(code, method) for code, method in product((JOIN_A1, JOIN_B), M) if CODES[code] != method],
)
def test_a_code_joins_by_its_own_method_only(code: int, method: M) -> None:
    bench = RemotePartyBench(K.ESME)

    found = ask(bench, code, join(method, T.PPMID))

    expected = JoinResponseCode.INVALID_MESSAGE_CODE_FOR_JOIN_METHOD_AND_ROLE
    assert found.response_code == expected


@pytest.mark.parametrize(
    ("kind", "code", "other"),
    [
        (K.ESME, JOIN_A1, T.GSME),
        (K.ESME, JOIN_A1, T.TYPE_2),
        (K.ESME, JOIN_B, T.PPMID),
        (K.GSME, JOIN_B, T.TYPE_2),
        (K.GSME, JOIN_B, T.PPMID),
        (K.GSME, JOIN_B, T.CHF),
        (K.PPMID, JOIN_A2, T.HCALCS),
        (K.HCALCS, JOIN_A2, T.GSME),
        (K.ESME, JOIN_A1, T(99)),
    ],
)
def test_a_pair_that_does_not_join_is_refused(kind: K, code: int, other: T) -> None:
    bench = RemotePartyBench(kind)

    found = ask(bench, code, join(CODES[code], other))

    assert found.response_code == JoinResponseCode.INVALID_JOIN_METHOD_AND_ROLE
    assert not bench.machine.identity.log.entries


def test_a_device_that_is_there_as_another_type_is_refused() -> None:
    bench = RemotePartyBench(K.ESME)
    ask(bench, JOIN_A1, join(M.METHOD_A_INITIATOR, T.HCALCS))

    found = ask(bench, JOIN_A1, join(M.METHOD_A_INITIATOR, T.PPMID))
    again = ask(bench, JOIN_A1, join(M.METHOD_A_INITIATOR, T.HCALCS))

    assert found.response_code == JoinResponseCode.INCOMPATIBLE_WITH_EXISTING_ENTRY
    assert again.response_code == JoinResponseCode.SUCCESS


def test_a_full_log_takes_nobody_in_but_those_who_are_there() -> None:
    bench = RemotePartyBench(K.ESME)
    devices = [number.to_bytes(8, "big") for number in range(1, 17)]
    for device in devices:
        ask(bench, JOIN_A1, join(M.METHOD_A_INITIATOR, T.PPMID, device))

    found = ask(bench, JOIN_A1, join(M.METHOD_A_INITIATOR, T.PPMID))
    there = ask(bench, JOIN_A1, join(M.METHOD_A_INITIATOR, T.PPMID, devices[-1]))

    assert found.response_code == JoinResponseCode.DEVICE_LOG_FULL
    assert there.response_code == JoinResponseCode.SUCCESS


@pytest.mark.parametrize(
    "der",
    [
        None,
        bytes.fromhex("3000"),
        certificate(STRANGER),
        certificate(use=KeyUse.DIGITAL_SIGNATURE),
        certificate(min(bench_pki().keys.with_role(Role.SUPPLIER))),
    ],
    ids=["none", "no certificate", "of another device", "to sign with", "of an organisation"],
)
def test_method_c_needs_the_partners_certificate(der: bytes | None) -> None:
    bench = RemotePartyBench(K.GSME)
    asked = JoinDeviceCommand(M.METHOD_C, PARTNER.to_bytes(8, "big"), T.PPMID, der)

    found = ask(bench, JOIN_C, asked)

    assert found.response_code == JoinResponseCode.INVALID_OR_MISSING_CERTIFICATE
    assert bench.machine.identity.log.find(PARTNER) is None


def test_other_methods_take_no_certificate() -> None:
    bench = RemotePartyBench(K.GSME)
    asked = JoinDeviceCommand(M.METHOD_B, OTHER, T.GPF, certificate())

    found = ask(bench, JOIN_B, asked)

    assert found.response_code == JoinResponseCode.INVALID_OR_MISSING_CERTIFICATE


def test_a_device_is_parted_and_gone_from_the_log() -> None:
    bench = RemotePartyBench(K.GSME)
    ask(bench, JOIN_B, join(M.METHOD_B, T.GPF))

    effects = bench.send(bench.command(UNJOIN_B, UnjoinDeviceCommand(OTHER)))

    assert PartnerUnjoined(Eui64(int.from_bytes(OTHER, "big"))) in effects
    assert not bench.machine.identity.log.entries


@pytest.mark.parametrize("code", [UNJOIN_AC, UNJOIN_B])
def test_a_device_that_is_not_there_cannot_be_parted(code: int) -> None:
    found = ask(RemotePartyBench(K.GSME), code, UnjoinDeviceCommand(OTHER))

    assert found.response_code == UnjoinResponseCode.NOT_IN_DEVICE_LOG


@pytest.mark.parametrize(
    ("code", "method", "other"),
    [(UNJOIN_AC, M.METHOD_B, T.GPF), (UNJOIN_B, M.METHOD_C, T.PPMID)],
)
def test_a_device_is_parted_by_the_command_of_its_method(code: int, method: M, other: T) -> None:
    bench = RemotePartyBench(K.GSME)
    asked = join(method, other)
    ask(bench, CODE_OF[method], asked)

    found = ask(bench, code, UnjoinDeviceCommand(asked.entity_id))

    assert found.response_code == UnjoinResponseCode.OTHER_FAILURE
    assert len(bench.machine.identity.log.entries) == 1


def test_the_log_is_told_in_the_order_of_joining() -> None:
    bench = RemotePartyBench(K.GSME)
    ask(bench, JOIN_C, join(M.METHOD_C, T.PPMID))
    ask(bench, JOIN_B, join(M.METHOD_B, T.GPF))

    told = ask(bench, READ, ReadDeviceLogCommand())

    assert told.entries == (
        DeviceLogEntry(PARTNER.to_bytes(8, "big"), T.PPMID),
        DeviceLogEntry(OTHER, T.GPF),
    )


def test_a_gas_proxy_takes_over_a_log_entry_by_entry_and_has_it_kept() -> None:
    bench = RemotePartyBench(K.GPF)
    entries = (
        DeviceLogEntry(OTHER, T.PPMID),
        DeviceLogEntry(OTHER, T.TYPE_2),
        DeviceLogEntry(bytes(8), T.ESME),
    )

    command = bench.command(RESTORE, RestoreDeviceLogCommand(entries), Role.ACCESS_CONTROL_BROKER)
    effects = bench.send(command)

    (backup,) = alerts(effects)
    assert len(responses(effects)) == 1
    assert backup.other_information.message_code == 0x00B2
    assert backup.recipient == bench.party(Role.ACCESS_CONTROL_BROKER)
    # alert 8071, the time, one entry: PPMID
    assert backup.payload.hex() == (
        "30270203008071180f32303236303330313132303030305a300f300d0408" + OTHER.hex() + "020105"
    )
    assert bench.protection.verify(backup).valid


def test_a_log_that_did_not_change_is_not_sent_away() -> None:
    bench = RemotePartyBench(K.GPF)
    command = bench.command(UNJOIN_B, UnjoinDeviceCommand(OTHER), Role.ACCESS_CONTROL_BROKER)

    assert alerts(bench.send(command)) == []


def test_entries_of_a_restored_log_are_answered_one_by_one() -> None:
    bench = RemotePartyBench(K.GPF)
    entries = (DeviceLogEntry(OTHER, T.PPMID), DeviceLogEntry(OTHER, T.TYPE_2))
    bench.machine.inject(InjectedFault(0, JoinResponseCode.WRITE_FAILURE))

    told = ask(bench, RESTORE, RestoreDeviceLogCommand(entries))

    assert [each.response_code for each in told.outcomes] == [
        JoinResponseCode.WRITE_FAILURE,
        JoinResponseCode.SUCCESS,
    ]


def test_injected_faults_are_told_and_change_nothing() -> None:
    bench = RemotePartyBench(K.GSME)
    bench.machine.inject(InjectedFault(0, JoinResponseCode.WRITE_FAILURE))
    joined = ask(bench, JOIN_B, join(M.METHOD_B, T.GPF))
    bench.machine.inject(InjectedFault(0, UnjoinResponseCode.OTHER_FAILURE))
    parted = ask(bench, UNJOIN_B, UnjoinDeviceCommand(OTHER))
    bench.machine.inject(InjectedFault(0, 1))
    told = ask(bench, READ, ReadDeviceLogCommand())

    assert joined.response_code == JoinResponseCode.WRITE_FAILURE
    assert parted.response_code == UnjoinResponseCode.OTHER_FAILURE
    assert (told.response_code, told.entries) == (1, None)
    assert not bench.machine.identity.log.entries
