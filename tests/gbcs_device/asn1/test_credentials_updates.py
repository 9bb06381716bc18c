"""Replacing trust anchors, mode by mode and certificate by certificate (CS02b, CS02g)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from emulator.gbcs.asn1.codes import (
    CellUsage,
    CpvChecks,
    KeyUsage,
    SequenceNumberUsage,
    StatusCode,
)
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    SequenceNumberChange,
    SpecialistSequenceNumber,
    TrustAnchorCell,
    TrustAnchorReplacement,
    UpdateCredentialsCommand,
)
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.payload import PayloadKind, decode_payload
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.asn1.credentials_updates import MODES
from emulator.gbcs_device.asn1.trust_anchor_reads import subject_name
from emulator.gbcs_device.device_kind import ROOT_CELL, DeviceKind, cell
from emulator.gbcs_device.execution import Command, InjectedFault
from emulator.gbcs_device.facts import CommandExecuted, CommandRefused
from emulator.gbcs_device.primitives import SupplierReplaced
from emulator.gbcs_device.trust_anchors import key_use
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.remote_party_bench import (
    GAINING_SUPPLIER,
    RemotePartyBench,
    bench_pki,
    responses,
    verdict,
)

DS, KA = KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT
SUPPLIER_DS, SUPPLIER_KA = cell(Role.SUPPLIER, DS), cell(Role.SUPPLIER, KA)
SUPPLIER_TOP_UP = cell(Role.SUPPLIER, KA, CellUsage.PREPAYMENT_TOP_UP)
SUPPLIER_CELLS = (SUPPLIER_DS, SUPPLIER_KA, SUPPLIER_TOP_UP)
ISSUING = bench_pki().authorities[1].certificate.der
BY_SUPPLIER, BY_TRANSCOS, BY_RECOVERY = 0x0102, 0x0107, 0x0108


def der(party: Eui64, use: KeyUse) -> bytes:
    found = bench_pki().keys.find(party, use)
    assert found is not None
    assert found.certificate is not None
    return found.certificate.der


def moves(party: Eui64, cells: tuple[TrustAnchorCell, ...]) -> tuple[TrustAnchorReplacement, ...]:
    """Put the certificates of a party into these cells."""
    return tuple(TrustAnchorReplacement(der(party, key_use(each)), each) for each in cells)


def update(
    code: int,
    replacements: tuple[TrustAnchorReplacement, ...],
    *,
    counter: int = 50,
    **control: Any,
) -> UpdateCredentialsCommand:
    mode = MODES[code]
    authorising = AuthorisingControl(
        **{
            "mode": mode.number,
            "cell": cell(mode.authorised_by, DS),
            "sequence_number": counter,
            **control,
        }
    )
    return UpdateCredentialsCommand(authorising, replacements, (ISSUING,))


def outcome(
    bench: RemotePartyBench, code: int, asked: UpdateCredentialsCommand, counter: int = 50
) -> Any:
    command = bench.command(code, asked, MODES[code].authorised_by, counter=counter)
    return bench.answer(command).outcome


def holds(bench: RemotePartyBench, where: TrustAnchorCell, party: Eui64) -> bool:
    held = bench.machine.identity.anchors.certificate(where)
    return held is not None and held.eui64 == party


@pytest.fixture
def bench() -> RemotePartyBench:
    return RemotePartyBench(DeviceKind.ESME)


def test_a_change_of_supplier_fills_all_its_cells(bench: RemotePartyBench) -> None:
    found = outcome(
        bench, BY_TRANSCOS, update(BY_TRANSCOS, moves(GAINING_SUPPLIER, SUPPLIER_CELLS))
    )

    losing = bench.party(Role.SUPPLIER).to_bytes(8, "big")
    gaining = GAINING_SUPPLIER.to_bytes(8, "big")
    assert [each.status for each in found.outcomes] == [StatusCode.SUCCESS] * 3
    assert {each.existing_subject_unique_id for each in found.outcomes} == {losing}
    assert {each.replacing_subject_unique_id for each in found.outcomes} == {gaining}
    assert all(holds(bench, each, GAINING_SUPPLIER) for each in SUPPLIER_CELLS)


def test_the_meter_hears_that_it_has_another_supplier_and_only_then(
    bench: RemotePartyBench,
) -> None:
    wanted, role = moves(GAINING_SUPPLIER, SUPPLIER_CELLS), MODES[BY_TRANSCOS].authorised_by
    heard = []
    for counter in (50, 900):
        asked = update(BY_TRANSCOS, wanted, counter=counter)
        effects = bench.send(bench.command(BY_TRANSCOS, asked, role, counter=counter))
        heard.append(list(effects).count(SupplierReplaced()))

    assert heard == [1, 0]


def test_after_a_change_the_losing_supplier_is_not_known_any_more(bench: RemotePartyBench) -> None:
    outcome(bench, BY_TRANSCOS, update(BY_TRANSCOS, moves(GAINING_SUPPLIER, SUPPLIER_CELLS)))
    late = update(BY_SUPPLIER, (), counter=900)

    found = verdict(bench.send(bench.command(BY_SUPPLIER, late, counter=900)))

    assert isinstance(found, CommandRefused)
    assert found.rule == "known party"


def test_the_gaining_supplier_counts_from_its_floor(bench: RemotePartyBench) -> None:
    anchors = bench.machine.identity.anchors
    anchors.record_counter(Role.SUPPLIER, 10_000)
    top_ups = (SpecialistSequenceNumber(SequenceNumberUsage.PREPAYMENT_TOP_UP, 77),)
    floors = (SequenceNumberChange(Role.SUPPLIER, 500, top_ups),)

    found = outcome(
        bench,
        BY_TRANSCOS,
        update(BY_TRANSCOS, moves(GAINING_SUPPLIER, SUPPLIER_CELLS), other_changes=floors),
    )

    assert found.changes == floors
    assert anchors.highest_counter(Role.SUPPLIER) == 500
    assert anchors.prepayment_floor(Role.SUPPLIER) == 77


def test_the_counter_of_a_supplier_that_stays_never_falls(bench: RemotePartyBench) -> None:
    supplier = bench.party(Role.SUPPLIER)
    anchors = bench.machine.identity.anchors
    anchors.set_prepayment_floor(Role.SUPPLIER, 9)
    none = (SpecialistSequenceNumber(SequenceNumberUsage.PREPAYMENT_TOP_UP, 0),)

    found = outcome(
        bench,
        BY_SUPPLIER,
        update(BY_SUPPLIER, moves(supplier, SUPPLIER_CELLS), floor=0, specialist_floors=none),
    )

    assert found.changes == (SequenceNumberChange(Role.SUPPLIER, 0, none),)
    assert anchors.highest_counter(Role.SUPPLIER) == 50
    assert anchors.prepayment_floor(Role.SUPPLIER) == 9


def test_a_floor_may_rise(bench: RemotePartyBench) -> None:
    outcome(bench, BY_SUPPLIER, update(BY_SUPPLIER, (), floor=700))

    assert bench.machine.identity.anchors.highest_counter(Role.SUPPLIER) == 700


def test_a_supplier_cannot_move_the_counters_of_others(bench: RemotePartyBench) -> None:
    floors = (SequenceNumberChange(Role.NETWORK_OPERATOR, 2**62),)

    found = outcome(bench, BY_SUPPLIER, update(BY_SUPPLIER, (), other_changes=floors))

    assert found.changes == ()
    assert bench.machine.identity.anchors.highest_counter(Role.NETWORK_OPERATOR) == -1


def test_a_supplier_cannot_fill_the_cells_of_others(bench: RemotePartyBench) -> None:
    operator = bench.party(Role.NETWORK_OPERATOR)
    where = cell(Role.NETWORK_OPERATOR, DS)

    found = outcome(bench, BY_SUPPLIER, update(BY_SUPPLIER, moves(operator, (where,))))

    assert [each.status for each in found.outcomes] == [StatusCode.OTHER]


def test_a_root_is_replaced_by_nobody(bench: RemotePartyBench) -> None:
    root = bench_pki().authorities[0].certificate
    wanted = (TrustAnchorReplacement(root.der, ROOT_CELL),)

    found = outcome(bench, BY_RECOVERY, update(BY_RECOVERY, wanted))

    assert [each.status for each in found.outcomes] == [StatusCode.OTHER]
    assert {each.existing_subject_unique_id for each in found.outcomes} == {bytes(8)}
    assert subject_name(root) == bytes(8)


def test_recovery_fills_the_cells_of_anybody(bench: RemotePartyBench) -> None:
    wanted = (
        *moves(GAINING_SUPPLIER, SUPPLIER_CELLS),
        *moves(bench.party(Role.NETWORK_OPERATOR), (cell(Role.NETWORK_OPERATOR, KA),)),
    )

    found = outcome(bench, BY_RECOVERY, update(BY_RECOVERY, wanted))

    assert {each.status for each in found.outcomes} == {StatusCode.SUCCESS}


def test_a_cell_that_is_not_there_is_not_filled() -> None:
    bench = RemotePartyBench(DeviceKind.GSME)
    where = cell(Role.LOAD_CONTROLLER, DS)

    found = outcome(
        bench, BY_RECOVERY, update(BY_RECOVERY, moves(bench.party(Role.LOAD_CONTROLLER), (where,)))
    )

    (each,) = found.outcomes
    assert each.status == StatusCode.TRUST_ANCHOR_NOT_FOUND
    assert each.existing_subject_key_id == each.replacing_subject_key_id == b""


@pytest.mark.parametrize(
    "certificate",
    [
        bytes.fromhex("3000"),
        der(GAINING_SUPPLIER, KeyUse.KEY_AGREEMENT),
        der(min(bench_pki().keys.with_role(Role.NETWORK_OPERATOR)), KeyUse.DIGITAL_SIGNATURE),
        bench_pki().authorities[0].certificate.der,
    ],
    ids=["no certificate", "another use", "another role", "an authority"],
)
def test_a_certificate_that_does_not_fit_its_cell_is_bad(
    bench: RemotePartyBench, certificate: bytes
) -> None:
    wanted = (TrustAnchorReplacement(certificate, SUPPLIER_DS),)

    found = outcome(bench, BY_SUPPLIER, update(BY_SUPPLIER, wanted))

    assert [each.status for each in found.outcomes] == [StatusCode.BAD_CERTIFICATE]
    assert holds(bench, SUPPLIER_DS, bench.party(Role.SUPPLIER))


def test_a_certificate_of_another_pki_is_not_trusted_and_others_are_made(
    bench: RemotePartyBench,
) -> None:
    foreign = make_pki(2, ()).keys
    party = min(foreign.with_role(Role.SUPPLIER))
    held = foreign.find(party, KeyUse.DIGITAL_SIGNATURE)
    assert held is not None
    assert held.certificate is not None
    wanted = (
        TrustAnchorReplacement(held.certificate.der, SUPPLIER_DS),
        *moves(GAINING_SUPPLIER, (SUPPLIER_KA,)),
    )

    found = outcome(bench, BY_SUPPLIER, update(BY_SUPPLIER, wanted))

    assert [each.status for each in found.outcomes] == [
        StatusCode.NO_TRUST_ANCHOR,
        StatusCode.SUCCESS,
    ]
    first = found.outcomes[0]
    assert first.replacing_subject_key_id == first.existing_subject_key_id


@pytest.mark.parametrize(
    ("checks", "status"),
    [
        (CpvChecks.APPLY, StatusCode.NO_TRUST_ANCHOR),
        (CpvChecks.DISAPPLY, StatusCode.SUCCESS),
    ],
)
def test_certificates_are_held_against_the_time_unless_told_otherwise(
    bench: RemotePartyBench, checks: CpvChecks, status: StatusCode
) -> None:
    asked = update(BY_SUPPLIER, moves(GAINING_SUPPLIER, (SUPPLIER_KA,)), cpv_checks=checks)
    message = bench.command(BY_SUPPLIER, asked, counter=50)
    early = Command(
        message=message,
        payload=decode_payload(message),
        use_case=use_case(BY_SUPPLIER),
        sender=Role.SUPPLIER,
        moment=datetime(2014, 12, 31, tzinfo=UTC),
        encrypt=bytes,
    )

    response = bench.machine.executors[PayloadKind.ASN1].execute(early).response

    assert isinstance(response, Asn1Payload)
    assert [each.status for each in response.value.outcome.outcomes] == [status]


def test_the_broker_gives_the_cells_it_keeps_to_their_owner(bench: RemotePartyBench) -> None:
    broker = bench.party(Role.ACCESS_CONTROL_BROKER)
    supplier = bench.party(Role.SUPPLIER)
    anchors = bench.machine.identity.anchors
    for where, each in (
        (SUPPLIER_DS, KeyUse.DIGITAL_SIGNATURE),
        (SUPPLIER_KA, KeyUse.KEY_AGREEMENT),
    ):
        found = bench.keys.find(broker, each)
        assert found is not None
        assert found.certificate is not None
        anchors.replace(where, found.certificate)
    asked = update(BY_SUPPLIER, moves(supplier, SUPPLIER_CELLS), floor=0)
    command = bench.command(BY_SUPPLIER, asked, Role.ACCESS_CONTROL_BROKER, counter=50)

    effects = bench.send(command)

    executed = verdict(effects)
    assert isinstance(executed, CommandExecuted)
    assert executed.sender == "SUPPLIER"
    (response,) = responses(effects)
    assert response.recipient == broker
    assert all(holds(bench, each, supplier) for each in SUPPLIER_CELLS)
    assert anchors.highest_counter(Role.SUPPLIER) == 0


def test_the_broker_replaces_its_own_key_with_a_mac_alone(bench: RemotePartyBench) -> None:
    broker = bench.party(Role.ACCESS_CONTROL_BROKER)
    where = cell(Role.ACCESS_CONTROL_BROKER, KA)
    asked = update(0x0104, moves(broker, (where,)), cell=None)

    command = bench.command(0x0104, asked, Role.ACCESS_CONTROL_BROKER, counter=50)

    (response,) = responses(bench.send(command))
    assert command.signature == b""
    assert response.signature
    assert response.mac is None


@pytest.mark.parametrize(
    "control",
    [
        {"mode": MODES[BY_TRANSCOS].number},
        {"cell": cell(Role.NETWORK_OPERATOR, DS)},
        {"sequence_number": 49},
    ],
)
def test_a_command_that_contradicts_itself_is_not_carried_out(
    bench: RemotePartyBench, control: dict[str, Any]
) -> None:
    asked = update(BY_SUPPLIER, moves(GAINING_SUPPLIER, SUPPLIER_CELLS), **control)

    effects = bench.send(bench.command(BY_SUPPLIER, asked, counter=50))

    assert responses(effects) == []
    assert holds(bench, SUPPLIER_DS, bench.party(Role.SUPPLIER))


def test_a_command_of_another_role_than_its_mode_is_not_carried_out(
    bench: RemotePartyBench,
) -> None:
    asked = update(BY_SUPPLIER, moves(GAINING_SUPPLIER, SUPPLIER_CELLS), cell=None)
    message = bench.command(BY_SUPPLIER, asked, counter=50)
    foreign = Command(
        message=message,
        payload=decode_payload(message),
        use_case=use_case(BY_SUPPLIER),
        sender=Role.NETWORK_OPERATOR,
        moment=datetime(2026, 3, 1, tzinfo=UTC),
        encrypt=bytes,
    )

    assert bench.machine.executors[PayloadKind.ASN1].execute(foreign).response is None
    assert holds(bench, SUPPLIER_DS, bench.party(Role.SUPPLIER))


def test_a_supplier_may_take_a_load_controllers_place(bench: RemotePartyBench) -> None:
    cells = (cell(Role.LOAD_CONTROLLER, DS), cell(Role.LOAD_CONTROLLER, KA))

    found = outcome(bench, 0x0126, update(0x0126, moves(GAINING_SUPPLIER, cells)))

    assert {each.status for each in found.outcomes} == {StatusCode.SUCCESS}


def test_an_injected_fault_leaves_its_cell_alone(bench: RemotePartyBench) -> None:
    bench.machine.inject(InjectedFault(1, StatusCode.RESOURCES_BUSY))

    found = outcome(
        bench, BY_SUPPLIER, update(BY_SUPPLIER, moves(GAINING_SUPPLIER, SUPPLIER_CELLS))
    )

    assert [each.status for each in found.outcomes] == [
        StatusCode.SUCCESS,
        StatusCode.RESOURCES_BUSY,
        StatusCode.SUCCESS,
    ]
    assert holds(bench, SUPPLIER_KA, bench.party(Role.SUPPLIER))
