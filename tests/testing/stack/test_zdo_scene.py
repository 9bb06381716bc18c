from emulator.testing.stack.zdo_scene import METER, METER_ADDRESS, SLEEPER, ask, home
from emulator.zigbee.zdo.discovery_frames import ActiveEpReq
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.management_frames import MgmtLqiReq, MgmtLqiRsp


def test_hub_and_meter_know_each_other() -> None:
    _, hub, _ = home()

    assert hub.address_map.address_of(METER) == METER_ADDRESS


def test_meter_answers_what_the_hub_asks() -> None:
    assert ask(ActiveEpReq(METER_ADDRESS)).status == ZdpStatus.SUCCESS


def test_meter_has_a_sleeping_child() -> None:
    response = ask(MgmtLqiReq(0)).response

    assert isinstance(response, MgmtLqiRsp)
    assert [row.eui64 for row in response.rows or ()] == [SLEEPER]
