import pytest

from emulator.dcc.alerts.broker_alerts import broker_alert
from emulator.dcc.service_request import DccAlert
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.identity import Eui64
from emulator.testing.scenes.dcc_scene import ESME, HUB, PPMID, STRANGER, DccScene, dcc_scene


@pytest.fixture
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME)
    made.listed(PPMID)
    return made


def told(scene: DccScene, device: Eui64, code: int, message_code: int) -> list[DccAlert]:
    alert = Message(
        cra=Cra.ALERT,
        counter=1,
        originator=device,
        recipient=scene.dcc.world.name,
        date_time=b"",
        other_information=OtherInformation(message_code),
        payload=b"",
    )
    effects = broker_alert(alert, code, scene.dcc.world, scene.scheduler.now)
    return [each for each in effects if isinstance(each, DccAlert)]


def test_suppliers_hear_of_the_second_band_of_their_hub(scene: DccScene) -> None:
    (alert, *_) = told(scene, HUB, 0x8F20, 0x0110)

    assert (alert.code, alert.family) == ("N54", "DualBandCHAlert")
    assert alert.user == scene.dcc.user("supplier").eui64
    assert alert.payload["DeviceAlertCode"] == "8F20"
    assert alert.payload["GBCSHexadecimalMessageCode"] == "0110"


def test_suppliers_hear_of_an_alert_of_a_ppmid(scene: DccScene) -> None:
    (alert, *_) = told(scene, PPMID, 0x8F8B, 0x012B)

    assert alert.family == "PPMIDAlert"
    assert alert.payload["DeviceAlertCode"] == "8F8B"


@pytest.mark.parametrize(
    ("device", "code", "message_code"),
    [(HUB, 0x8F12, 0x0018), (ESME, 0x8F20, 0x0110), (STRANGER, 0x8F20, 0x0110)],
)
def test_nobody_hears_of_other_alerts_for_the_broker(
    scene: DccScene, device: Eui64, code: int, message_code: int
) -> None:
    assert told(scene, device, code, message_code) == []
