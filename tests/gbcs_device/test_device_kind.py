"""Kinds of devices and their cells."""

import pytest

from emulator.gbcs.asn1.codes import CellUsage, DeviceType, KeyUsage
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import CELLS, ROOT_CELL, DeviceKind, cell


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_every_kind_trusts_a_root_recovery_and_the_broker(kind: DeviceKind) -> None:
    roles = {each.remote_party_role for each in CELLS[kind]}

    assert ROOT_CELL in CELLS[kind]
    assert {RemotePartyRole.RECOVERY, RemotePartyRole.ACCESS_CONTROL_BROKER} <= roles


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_no_cell_is_there_twice(kind: DeviceKind) -> None:
    assert len(set(CELLS[kind])) == len(CELLS[kind])


def test_only_prepayment_meters_have_a_cell_for_top_ups() -> None:
    top_up = cell(RemotePartyRole.SUPPLIER, KeyUsage.KEY_AGREEMENT, CellUsage.PREPAYMENT_TOP_UP)

    assert {kind for kind in DeviceKind if top_up in CELLS[kind]} == {
        DeviceKind.ESME,
        DeviceKind.GSME,
        DeviceKind.GPF,
        DeviceKind.SAPC,
    }


def test_a_standalone_apc_is_an_electricity_meter_to_device_logs() -> None:
    assert DeviceKind.SAPC.device_type is DeviceType.ESME
    assert DeviceKind.GPF.device_type is DeviceType.GPF
