"""An Alt HAN bridge that is a Zigbee router."""

from emulator.testing.judges.device_rules import built
from emulator.zcl.registry import cluster_name
from emulator.zigbee.nwk.primitives import DeviceType

BRIDGE = built("BRIDGE").description


def test_device_routes_and_listens() -> None:
    assert BRIDGE.device_type is DeviceType.ROUTER
    assert BRIDGE.capability.rx_on_when_idle


def test_device_serves_nothing_but_itself() -> None:
    (endpoint,) = BRIDGE.endpoints

    assert {cluster_name(each) for each in endpoint.servers} == {"Basic", "Key Establishment"}
