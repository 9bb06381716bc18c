"""A device as it leaves the factory."""

import pytest

from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import CELLS, DeviceKind
from emulator.gbcs_device.remote_party_setup import remote_party_setup
from emulator.kernel.streams import Streams
from emulator.testing.scenes.remote_party_bench import DEVICE, GAINING_SUPPLIER, bench_pki


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_a_device_has_its_own_two_keys_and_every_cell_of_its_kind(kind: DeviceKind) -> None:
    stream = Streams(1).stream("device", "keys")
    made = remote_party_setup(kind, DEVICE, bench_pki().keys, stream)

    assert {each.use for each in made.own} == {KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT}
    assert {each.eui64 for each in made.own} == {DEVICE}
    assert all(made.anchors.certificate(each) is not None for each in CELLS[kind])


def test_the_party_of_a_role_can_be_chosen() -> None:
    made = remote_party_setup(
        DeviceKind.GSME,
        DEVICE,
        bench_pki().keys,
        Streams(1).stream("device", "keys"),
        parties={RemotePartyRole.SUPPLIER: GAINING_SUPPLIER},
    )

    assert made.anchors.party(RemotePartyRole.SUPPLIER) == GAINING_SUPPLIER
