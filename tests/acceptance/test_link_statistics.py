"""A supplier reads the hub's device log, and is told how the hub hears the meter (CCS06)."""

from pathlib import Path

from emulator.dlms.access import AccessResponse
from emulator.dlms.data_types import DataType
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs_device.cosem.hub_log_data import read_active_devices
from emulator.gbcs_device.hub_device_log import HubDeviceLog
from emulator.lab.installing.installation import Ask
from emulator.testing.scenes.installed_homes import installed_home

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"


def test_the_log_tells_how_the_hub_hears_the_meter() -> None:
    work = installed_home(SHIPMENT, "ESME")
    meter = work.home.device("ESME").description.eui64

    response = work.ask("the log is read", Ask(srv="8.9", clause="", target=work.hub))

    assert response is not None
    assert response.message is not None
    payload = decode_payload(Message.decode(response.message))
    assert isinstance(payload, AccessResponse)
    (listed,) = (each for each in payload.data if each.type is DataType.ARRAY)
    heard = read_active_devices(listed, HubDeviceLog(work.hub))[meter].statistics
    level = work.lab.settings.air.rss
    assert heard.rssi == (level, level, level)
    assert 0 < heard.lqi[0] <= 255
    assert heard.last_heard
