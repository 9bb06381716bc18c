from emulator.dcc.alerts.power_outages import power_outage
from emulator.dcc.primitives import PowerLost
from emulator.dcc.service_request import DccAlert
from emulator.kernel.identity import format_eui64
from emulator.kernel.units import minutes
from emulator.testing.scenes.dcc_scene import ESME, HUB, STRANGER, DccScene, dcc_scene


def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME)
    made.inventory.set_hub(ESME, HUB)
    return made


def test_supplier_and_network_operator_hear_of_a_hub_without_power() -> None:
    made = scene()
    made.connect()
    made.dcc.wan.disconnect(HUB)
    made.run(minutes(4))

    told = made.dcc.mailbox.dcc_alerts
    record = made.inventory.device(ESME)
    assert record is not None
    assert [each.code for each in told] == ["AD1"] * len(told)
    assert made.dcc.user("supplier").eui64 in [each.user for each in told]
    assert told[0].payload["CommsHubDeviceID"] == format_eui64(HUB)
    assert told[0].payload["MPxN"] == record.mpxn


def test_nobody_hears_of_a_hub_without_an_electricity_meter() -> None:
    made = scene()
    effects = power_outage(PowerLost(STRANGER, made.scheduler.now), made.dcc.world)

    assert not [each for each in effects if isinstance(each, DccAlert)]
