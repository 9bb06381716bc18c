"""Devices of the reference set."""

from emulator.gbcs.envelope import Cra
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import CELLS, ROOT_CELL
from emulator.kernel.units import START
from emulator.testing.judges.reference_data import reference_keys
from emulator.testing.judges.reference_device import (
    KINDS,
    REFERENCE_MOMENT,
    REFERENCE_SUPPLIER,
    reference_device,
    reference_pairs,
)


def test_every_pair_is_a_command_and_the_response_to_it() -> None:
    pairs = reference_pairs()

    assert len(pairs) == 501
    for name, command, response in pairs:
        assert (command.cra, response.cra) == (Cra.COMMAND, Cra.RESPONSE), name
        assert command.recipient == response.originator, name


def test_a_device_has_the_time_and_the_supplier_of_the_set() -> None:
    for eui64, kind in KINDS.items():
        machine = reference_device(eui64, reference_keys())
        anchors = machine.identity.anchors

        assert machine.identity.kind is kind
        assert machine.clock.moment(START) == REFERENCE_MOMENT
        assert anchors.certificate(ROOT_CELL) is None
        if any(each.remote_party_role == RemotePartyRole.SUPPLIER for each in CELLS[kind]):
            assert anchors.party(RemotePartyRole.SUPPLIER) == REFERENCE_SUPPLIER
