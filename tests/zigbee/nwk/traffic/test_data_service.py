import pytest

from emulator.kernel.units import seconds
from emulator.testing.stack.nwk_bench import LISTENER, ROUTER, SLEEPER, NwkBench
from emulator.zigbee.addresses import BROADCAST_ALL, NwkAddress
from emulator.zigbee.nwk.frames import DiscoverRoute, FrameType, NwkHeader
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NldeDataConfirm,
    NldeDataIndication,
    NldeDataRequest,
    NwkStatus,
)

HUB = NwkAddress(0)


def test_secured_data_arrives_in_the_clear_and_is_confirmed() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)

    device.post(NldeDataRequest(77, HUB, b"hello"))
    bench.run(seconds(1))

    assert device.of(NldeDataConfirm) == [NldeDataConfirm(77, NwkStatus.SUCCESS)]
    [said] = hub.of(NldeDataIndication)
    assert (said.source, said.source_eui64, said.nsdu) == (device.address, device.eui64, b"hello")
    assert said.secured
    assert b"hello" not in bench.sent[-1][1].msdu


def test_header_says_what_was_asked_for() -> None:
    bench = NwkBench()
    device = bench.join("device", LISTENER, bench.coordinator())

    device.post(NldeDataRequest(1, HUB, b"x", radius=7, extended_source=True))

    header, _ = NwkHeader.take(bench.sent[-1][1].msdu)
    assert (header.frame_type, header.radius) == (FrameType.DATA, 7)
    assert header.discover_route is DiscoverRoute.ENABLE
    assert header.source_eui64 == device.eui64
    assert header.end_device_initiator
    assert header.security


def test_radius_zero_stands_for_the_default() -> None:
    bench = NwkBench()
    device = bench.join("device", ROUTER, bench.coordinator())

    device.post(NldeDataRequest(1, HUB, b"x", radius=0))

    header, _ = NwkHeader.take(bench.sent[-1][1].msdu)
    assert header.radius == 30


def test_sleeping_child_gets_data_when_it_polls() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER, hub)

    hub.post(NldeDataRequest(5, device.address, b"hello"))
    assert bench.sent[-1][1].indirect
    bench.run(seconds(1))
    assert device.of(NldeDataIndication) == []

    device.post(NldeDataRequest(6, HUB, b"awake"))
    bench.run(seconds(1))
    assert [said.nsdu for said in device.of(NldeDataIndication)] == [b"hello"]
    assert hub.of(NldeDataConfirm) == [NldeDataConfirm(5, NwkStatus.SUCCESS)]


def test_device_without_a_network_may_not_send() -> None:
    bench = NwkBench()
    device = bench.add("device", DeviceType.ROUTER)

    device.post(NldeDataRequest(1, HUB, b"x"))

    assert device.of(NldeDataConfirm) == [NldeDataConfirm(1, NwkStatus.INVALID_REQUEST)]
    assert bench.sent == []


def test_secured_data_without_the_key_is_refused() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.add("device", DeviceType.ROUTER)
    bench.associate(device, hub, ROUTER)

    device.post(NldeDataRequest(1, HUB, b"x"))

    assert device.of(NldeDataConfirm) == [NldeDataConfirm(1, NwkStatus.NO_KEY)]


@pytest.mark.parametrize("destination", [NwkAddress(0x1234), BROADCAST_ALL])
def test_unsecured_data_goes_to_neighbours_only(destination: NwkAddress) -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    hub.post(NldeDataRequest(1, destination, b"x", security=False))

    assert hub.of(NldeDataConfirm) == [NldeDataConfirm(1, NwkStatus.INVALID_REQUEST)]


def test_nobody_sends_to_itself() -> None:
    hub = NwkBench().coordinator()

    hub.post(NldeDataRequest(1, HUB, b"x"))

    assert hub.of(NldeDataConfirm) == [NldeDataConfirm(1, NwkStatus.INVALID_REQUEST)]


def test_destination_nobody_knows_a_way_to_is_a_route_error() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    hub.post(NldeDataRequest(1, NwkAddress(0x1234), b"x"))
    bench.run(seconds(11))

    assert hub.of(NldeDataConfirm) == [NldeDataConfirm(1, NwkStatus.ROUTE_ERROR)]
