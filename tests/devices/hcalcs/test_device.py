"""A load control switch: it routes, and the hub tunnels to it."""

from emulator.testing.judges.device_rules import built
from emulator.zcl.clusters.demand_response import DEMAND_RESPONSE_AND_LOAD_CONTROL
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zigbee.nwk.primitives import DeviceType

HCALCS = built("HCALCS").description


def test_switch_is_a_load_control_device_that_routes() -> None:
    assert [each.device_id for each in HCALCS.endpoints] == [DeviceId.LOAD_CONTROL_DEVICE]
    assert HCALCS.device_type is DeviceType.ROUTER


def test_switch_is_told_by_load_control() -> None:
    assert DEMAND_RESPONSE_AND_LOAD_CONTROL.id in HCALCS.endpoints[0].clients


def test_tunnel_is_for_the_hub_to_open() -> None:
    assert TUNNELING.id in HCALCS.endpoints[0].servers
