"""What the bench hears of a device: polls, frame counters, and frames as rows."""

from emulator.bench.running.air_watch import Heard, listening, rows_during
from emulator.bench.running.benched_home import BenchedHome, Reach
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.units import START, microseconds, minutes
from emulator.radio.air import Transmission
from emulator.radio.port import Channel
from emulator.testing.scenes.bench_scene import on_test


def home(kind: DeviceKind) -> BenchedHome:
    return BenchedHome(on_test(kind, reach=Reach.HAN))


def heard(octets: bytes, sender: str = "ESME") -> Heard:
    found = Heard("ESME")
    found.observe(Transmission(START, microseconds(1), Channel(0, 11), sender, octets))
    return found


def test_a_router_sends_frames_under_rising_counters_and_does_not_poll() -> None:
    meter = home(DeviceKind.ESME)

    with listening(meter) as found:
        meter.wait(minutes(5), until_heard=False)

    counters = [counter for _, counter, _ in found.counters]
    assert len(counters) > 5
    assert counters == sorted(counters)
    assert found.polls == 0


def test_a_sleepy_device_polls_and_is_not_listened_to_afterwards() -> None:
    meter = home(DeviceKind.GSME)

    with listening(meter) as found:
        meter.wait(minutes(10), until_heard=False)
    polls = found.polls
    meter.wait(minutes(10), until_heard=False)

    assert polls >= 8
    assert found.polls == polls


def test_frames_of_others_and_broken_ones_are_left_aside() -> None:
    for octets in (b"", b"\x00", b"\xff" * 9, b"\x61\x88\x01\x02\x03" * 3):
        found = heard(octets)
        assert (found.polls, found.counters) == (0, [])
    assert heard(b"\x63\x88\x01\x00\x00\x00\x00\x01\x00\x04\x00\x00", "CHF").polls == 0


def test_rows_are_those_of_the_device_in_the_order_of_time() -> None:
    meter = home(DeviceKind.ESME)

    rows = list(rows_during(meter, minutes(12)))

    assert {each.source for each in rows} == {"ESME"}
    assert [each.at for each in rows] == sorted(each.at for each in rows)
