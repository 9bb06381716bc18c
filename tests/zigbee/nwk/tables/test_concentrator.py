from emulator.kernel.units import seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.frames import FrameType, NwkHeader
from emulator.zigbee.nwk.primitives import NldeDataIndication, NldeDataRequest
from emulator.zigbee.nwk.settings import NwkSettings
from emulator.zigbee.nwk.tables.concentrator import Concentrators

HUB = NwkAddress(0)


def test_concentrator_is_told_the_way_once_each_time_it_makes_itself_known() -> None:
    known = Concentrators(12)
    assert not known.wants_record(HUB)

    known.heard(HUB)

    assert [known.wants_record(HUB), known.wants_record(HUB)] == [True, False]
    known.lost_way(HUB)
    known.lost_way(NwkAddress(7))
    assert known.wants_record(HUB)
    assert not known.wants_record(NwkAddress(7))


def test_way_back_begins_at_the_relay_farthest_from_the_device() -> None:
    known = Concentrators(2)
    header = NwkHeader.take(bytes.fromhex("0802 3412 0000 1e 07"))[0]
    assert known.along(header) is None

    known.keep(NwkAddress(0x1234), (5, 6))
    found = known.along(header)

    assert found is not None
    assert found[1] == 6
    assert found[0].source_route is not None
    assert found[0].source_route.relay_index == 1
    known.keep(NwkAddress(0x1234), (5, 6, 7))
    assert known.way(NwkAddress(0x1234)) == (5, 6)
    known.forget(NwkAddress(0x1234))
    assert known.way(NwkAddress(0x1234)) == ()


def test_hub_that_is_a_concentrator_sends_back_along_the_recorded_way() -> None:
    """Hub, two routers in a row, and a listener behind the second."""
    bench = NwkBench()
    hub = bench.coordinator(settings=NwkSettings(concentrator_period=seconds(20)))
    near = bench.join("near", ROUTER, hub)
    far = bench.join("far", ROUTER, near, hub)
    device = bench.join("device", LISTENER, far, hub, near)
    bench.run(seconds(60))

    device.post(NldeDataRequest(1, HUB, b"up"))
    bench.run(seconds(1))
    bench.sent.clear()
    hub.post(NldeDataRequest(2, device.address, b"down"))
    bench.run(seconds(1))

    assert [said.nsdu for said in hub.of(NldeDataIndication)] == [b"up"]
    assert [said.nsdu for said in device.of(NldeDataIndication)] == [b"down"]
    headers = [NwkHeader.take(request.msdu)[0] for _, request in bench.sent]
    routes = [each.source_route for each in headers if each.source_route is not None]
    assert [(each.relays, each.relay_index) for each in routes][:2] == [
        ((far.address, near.address), 1),
        ((far.address, near.address), 0),
    ]


def test_route_record_goes_before_the_frame_and_not_before_the_next() -> None:
    bench = NwkBench()
    hub = bench.coordinator(settings=NwkSettings(concentrator_period=seconds(40)))
    near = bench.join("near", ROUTER, hub)
    far = bench.join("far", ROUTER, near, hub)
    bench.run(seconds(60))
    bench.sent.clear()

    far.post(NldeDataRequest(1, HUB, b"one"))
    far.post(NldeDataRequest(2, HUB, b"two"))
    bench.run(seconds(1))

    mine = [request for mac, request in bench.sent if mac is far.mac]
    types = [NwkHeader.take(request.msdu)[0].frame_type for request in mine]
    assert types == [FrameType.COMMAND, FrameType.DATA, FrameType.DATA]
