"""A consumer access device: on the HAN it is a display."""

from emulator.testing.judges.device_rules import built
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.registry import cluster_name
from emulator.zigbee.nwk.primitives import DeviceType

CAD = built("CAD").description


def test_device_is_an_in_home_display_that_listens() -> None:
    assert [each.device_id for each in CAD.endpoints] == [DeviceId.IN_HOME_DISPLAY]
    assert CAD.device_type is DeviceType.END_DEVICE
    assert CAD.capability.rx_on_when_idle


def test_device_serves_nothing_but_itself() -> None:
    assert {cluster_name(each) for each in CAD.endpoints[0].servers} == {
        "Basic",
        "Key Establishment",
    }


def test_device_reads_meters_prices_and_messages() -> None:
    used = {cluster_name(each) for each in CAD.endpoints[0].clients}

    assert used >= {"Metering", "Price", "Messaging", "Prepayment", "Calendar", "Time"}
