"""Telling whose certificates are in the cells (CS02a, CS02f)."""

import pytest

from emulator.gbcs.asn1.codes import CellUsage, KeyUsage, StatusCode
from emulator.gbcs.asn1.credentials import ProvideCredentialsCommand
from emulator.gbcs.envelope import Message
from emulator.gbcs.remote_party_role import RemotePartyRole as Role
from emulator.gbcs_device.device_kind import DeviceKind, cell
from emulator.gbcs_device.execution import InjectedFault
from emulator.testing.scenes.remote_party_bench import RemotePartyBench, alerts, responses

READ, READ_WITH_LOAD_CONTROLLER = 0x0008, 0x011B
DS, KA = KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_AGREEMENT
ACB = Role.ACCESS_CONTROL_BROKER


@pytest.fixture
def bench() -> RemotePartyBench:
    return RemotePartyBench()


def read(bench: RemotePartyBench, *roles: Role, authorised_by: Role = ACB) -> Message:
    asked = ProvideCredentialsCommand(cell(authorised_by, KA), roles)
    bare = bench.command(READ, asked, ACB)
    return bench.protection.protect(bare, signed=False, maced=True)


def test_the_broker_reads_the_cells_of_a_role(bench: RemotePartyBench) -> None:
    bench.machine.identity.anchors.record_counter(Role.SUPPLIER, 12)

    (details,) = bench.answer(read(bench, Role.SUPPLIER)).details

    assert (details.role, details.status) == (Role.SUPPLIER, StatusCode.SUCCESS)
    assert details.current_sequence_number == 12
    assert [(each.key_usage, each.cell_usage) for each in details.cells] == [
        (DS, CellUsage.MANAGEMENT),
        (KA, CellUsage.MANAGEMENT),
        (KA, CellUsage.PREPAYMENT_TOP_UP),
    ]
    supplier = bench.party(Role.SUPPLIER).to_bytes(8, "big")
    assert {each.subject_unique_id for each in details.cells} == {supplier}


def test_roles_are_told_in_the_order_asked_for(bench: RemotePartyBench) -> None:
    found = bench.answer(read(bench, Role.NETWORK_OPERATOR, Role.WAN_PROVIDER, ACB)).details

    assert [(each.role, each.status) for each in found] == [
        (Role.NETWORK_OPERATOR, StatusCode.SUCCESS),
        (Role.WAN_PROVIDER, StatusCode.TRUST_ANCHOR_NOT_FOUND),
        (ACB, StatusCode.SUCCESS),
    ]
    assert found[1].cells is None
    assert found[0].current_sequence_number == 0


def test_a_signed_read_is_answered_with_a_signature(bench: RemotePartyBench) -> None:
    role = Role.TRANSITIONAL_CHANGE_OF_SUPPLIER
    asked = ProvideCredentialsCommand(cell(role, DS), (role,))
    command = bench.command(READ, asked, role)

    (response,) = responses(bench.send(command))

    assert (command.mac, response.mac) == (None, None)
    assert bench.protection.verify(response).valid


def test_a_sender_that_names_anothers_cell_is_not_answered(bench: RemotePartyBench) -> None:
    effects = bench.send(read(bench, Role.SUPPLIER, authorised_by=Role.SUPPLIER))

    assert responses(effects) == []
    (alert,) = alerts(effects)
    assert alert.payload[3:5].hex() == "8f30"


def test_an_injected_fault_is_told_in_place_of_its_role(bench: RemotePartyBench) -> None:
    bench.machine.inject(InjectedFault(1, StatusCode.OTHER))

    found = bench.answer(read(bench, Role.SUPPLIER, Role.NETWORK_OPERATOR)).details

    assert [each.status for each in found] == [StatusCode.SUCCESS, StatusCode.OTHER]


def test_electricity_meters_tell_of_their_load_controller() -> None:
    bench = RemotePartyBench(DeviceKind.ESME)
    asked = ProvideCredentialsCommand(cell(Role.SUPPLIER, DS), (Role.LOAD_CONTROLLER,))

    (details,) = bench.answer(bench.command(READ_WITH_LOAD_CONTROLLER, asked)).details

    assert len(details.cells) == 2
