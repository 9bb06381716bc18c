"""A PPMID: a prepayment terminal that the hub tunnels to."""

from emulator.testing.judges.device_rules import built
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zigbee.nwk.primitives import DeviceType

PPMID = built("PPMID").description


def test_ppmid_is_a_prepayment_terminal_that_listens() -> None:
    assert [each.device_id for each in PPMID.endpoints] == [DeviceId.PREPAYMENT_TERMINAL]
    assert PPMID.device_type is DeviceType.END_DEVICE
    assert PPMID.capability.rx_on_when_idle


def test_tunnel_is_for_the_hub_to_open() -> None:
    assert TUNNELING.id in PPMID.endpoints[0].servers
