"""A message does not reach its meter: the hub tells of it, and its alert reaches the DCC."""

from pathlib import Path

import pytest

from emulator.dcc.facts import DeviceAlertReceived
from emulator.equipment.facts import MessageLost
from emulator.equipment.hub_router import DELIVERY_FAILED, NOT_RETRIEVED
from emulator.gbcs.envelope import Message
from emulator.lab.installing.installation import Ask
from emulator.lab.world.parties import BROKER
from emulator.testing.scenes.installed_homes import installed_home

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"


@pytest.mark.parametrize(
    ("kind", "code", "patience"),
    [("ESME", DELIVERY_FAILED, "5 min"), ("GSME", NOT_RETRIEVED, "25 h")],
)
def test_the_dcc_hears_that_a_message_did_not_reach_a_meter_without_power(
    kind: str, code: int, patience: str
) -> None:
    work = installed_home(SHIPMENT, kind)
    meter = work.home.device(kind)
    meter.power_off()

    work.send(Ask(srv="4.1.1", clause="", target=meter.description.eui64))
    work.lab.run(patience)

    trace = work.lab.trace
    lost = [fact for _, fact in trace.of(MessageLost, work.home.hub.name)]
    heard = [fact for _, fact in trace.of(DeviceAlertReceived) if fact.code == code]
    assert {each.recipient for each in lost} == {meter.description.eui64}
    assert len(heard) == len(lost) > 0
    alert = Message.decode(heard[0].octets)
    assert (alert.originator, alert.recipient) == (work.hub, BROKER)
