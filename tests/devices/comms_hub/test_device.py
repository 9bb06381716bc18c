"""A comms hub: gas ESI and remote communications device behind one radio."""

import pytest

from emulator.testing.judges.device_rules import built, values
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zcl.registry import cluster_name
from emulator.zigbee.nwk.primitives import DeviceType

HUB = built("CHF").description


def test_hub_is_the_coordinator_and_has_no_install_code() -> None:
    assert HUB.device_type is DeviceType.COORDINATOR
    assert HUB.link_key is None


def test_hub_is_a_gas_esi_a_gas_mirror_and_a_remote_communications_device() -> None:
    assert [(each.endpoint, each.device_id) for each in HUB.endpoints] == [
        (1, DeviceId.ENERGY_SERVICE_INTERFACE),
        (2, DeviceId.METERING_DEVICE),
        (3, DeviceId.REMOTE_COMMUNICATIONS_DEVICE),
    ]


def test_gas_esi_serves_what_a_hub_serves() -> None:
    gas_esi, _, _ = HUB.endpoints

    served = {cluster_name(each) for each in gas_esi.servers}
    assert served >= {"Keep-Alive", "OTA Upgrade", "Calendar", "Device Management", "Events"}
    assert METERING.id in gas_esi.clients


def test_remote_communications_device_tunnels_both_ways() -> None:
    _, _, remote = HUB.endpoints

    assert TUNNELING.id in remote.servers
    assert TUNNELING.id in remote.clients


@pytest.mark.parametrize(
    ("cluster", "attribute", "value"),
    [
        ("Basic", 0x0011, 0x01),  # PhysicalEnvironment, also without a mirror
        ("Time", 0x0001, 0x09),  # TimeStatus: master, superseding
        ("Price", 0x0300, 0x01),  # CommodityType: gas
        ("Key Establishment", 0x0000, 0x0002),  # suite 2 only
        ("Keep-Alive", 0x0000, 10),  # base, minutes
        ("Keep-Alive", 0x0001, 300),  # jitter, seconds
    ],
)
def test_gas_esi_tells_what_a_gb_hub_tells(cluster: str, attribute: int, value: int) -> None:
    gas_esi, _, _ = HUB.endpoints

    assert values(gas_esi)[cluster, attribute] == value


def test_gas_mirror_is_hidden_until_a_meter_has_it_and_takes_only_its_reports() -> None:
    _, mirror, _ = HUB.endpoints

    assert mirror.hidden
    assert mirror.judges_reports
    assert values(mirror)["Metering", 0x0306] == 128  # MeteringDeviceType: mirrored gas meter


def test_hub_reads_who_made_a_device_and_what_a_meter_shows() -> None:
    assert {reading.cluster for reading in HUB.readings} == {BASIC.id, METERING.id}
