"""The link between APS layers carries, loses, delays and doubles frames as a test says."""

from emulator.kernel.units import Duration, milliseconds, seconds
from emulator.testing.stack.aps_link import HOP, ApsLink, Station
from emulator.testing.stack.aps_scene import (
    HUB,
    JOINER,
    JOINER_ADDRESS,
    METER,
    METER_ADDRESS,
    message,
)
from emulator.zigbee.addresses import BROADCAST_ALL, COORDINATOR
from emulator.zigbee.aps.primitives import ApsdeDataIndication
from emulator.zigbee.nwk.primitives import NldeDataRequest, NlmeSetAddressMapRequest


def three() -> tuple[ApsLink, Station, Station, Station]:
    link = ApsLink()
    hub = link.station("hub", HUB, COORDINATOR)
    meter = link.station("meter", METER, METER_ADDRESS)
    joiner = link.station("joiner", JOINER, JOINER_ADDRESS)
    return link, hub, meter, joiner


def test_unicast_reaches_its_destination_alone() -> None:
    link, hub, meter, joiner = three()

    hub.post(message(b"reading"))
    link.run(seconds(1))

    assert (meter.asdus, joiner.asdus, hub.asdus) == ([b"reading"], [], [])
    assert hub.statuses == ["SUCCESS"]


def test_broadcast_reaches_everybody_but_its_sender() -> None:
    link, hub, meter, joiner = three()

    hub.post(message(b"reading", destination=BROADCAST_ALL, ack=False))
    link.run(seconds(1))

    assert (meter.asdus, joiner.asdus, hub.asdus) == ([b"reading"], [b"reading"], [])


def test_frame_arrives_a_hop_later() -> None:
    link, hub, meter, _ = three()

    hub.post(message(ack=False))
    link.run(Duration(HOP - 1))
    early = list(meter.asdus)
    link.run(milliseconds(1))

    assert (early, meter.asdus) == ([], [b"reading"])


def test_lost_frames_are_carried_and_never_arrive() -> None:
    link, hub, meter, _ = three()
    link.link = lambda _request: ()

    hub.post(message())
    link.run(seconds(30))

    assert meter.asdus == []
    assert hub.statuses == ["NO_ACK"]
    assert len(link.carried) > 1


def test_doubled_frame_is_delivered_by_aps_once() -> None:
    link, hub, meter, _ = three()
    link.link = lambda _request: (HOP, milliseconds(20))

    hub.post(message(ack=False))
    link.run(seconds(1))

    assert meter.asdus == [b"reading"]
    assert len(link.carried) == 1


def test_stations_know_each_other() -> None:
    _, hub, meter, _ = three()

    assert hub.address_map.address_of(METER) == METER_ADDRESS
    assert meter.address_map.eui64_of(COORDINATOR) == HUB


def test_station_keeps_what_its_machines_say_outward() -> None:
    link, hub, meter, _ = three()

    hub.post(message(ack=False))
    link.run(seconds(1))

    assert [each.destination for each in hub.all(NldeDataRequest)] == [METER_ADDRESS]
    [heard] = meter.all(ApsdeDataIndication)
    assert heard.source == COORDINATOR
    assert meter.all(NlmeSetAddressMapRequest) == []
