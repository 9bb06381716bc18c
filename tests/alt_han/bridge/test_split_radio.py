from dataclasses import replace

from emulator.alt_han.bridge.backhaul import Backhaul
from emulator.alt_han.bridge.settings import BackhaulSettings
from emulator.alt_han.bridge.split_radio import Antennas, SplitRadio
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Duration, Instant, milliseconds
from emulator.radio.port import (
    Channel,
    RadioConfig,
    RadioConfigure,
    RadioEnergy,
    RadioEnergyScan,
    RadioEvent,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.testing.stack import mac_frames as sent
from emulator.testing.stack.simulated_bench import SimulatedBench

CHANNEL = Channel(0, 15)
ROUTER, NEAR, FAR = 0x0001, 0x0010, 0x0020
LINE = BackhaulSettings(latency=milliseconds(30), jitter=Duration(0))


class Scene:
    """A split radio, a device at each of its places that hears only that end."""

    def __init__(self, line: BackhaulSettings = LINE) -> None:
        self.bench = SimulatedBench("near", "far", "near device", "far device")
        for place, other in (("near", "far"), ("far", "near")):
            self.bench.links.set_rss(place, f"{other} device", None)
        self.bench.links.set_rss("near", "far", None)
        self.bench.links.set_rss("near device", "far device", None)
        scheduler, streams, trace = self.bench.scheduler, Streams(1), Trace()
        self.lines = [
            Backhaul(name, scheduler, streams, trace, line) for name in ("outward", "inward")
        ]
        radios = self.bench.radios
        self.split = SplitRadio(
            Antennas(radios["near"], radios["far"], *self.lines), self.bench.scheduler
        )
        self.events: list[RadioEvent] = []
        self.split.connect(self.events.append)
        self.split.power(on=True)
        self.split.command(self._configuration(ROUTER))
        for name, short in (("near device", NEAR), ("far device", FAR)):
            radios[name].command(self._configuration(short))
        self.run(100)

    def _configuration(self, short: int) -> RadioConfigure:
        eui64 = Eui64(0x00DB000000000000 + short)
        return RadioConfigure(RadioConfig(CHANNEL, sent.PAN, short, eui64))

    def run(self, time: int) -> None:
        scheduler = self.bench.scheduler
        scheduler.run(Instant(scheduler.now + milliseconds(time)))

    def says(self, name: str, source: int, destination: int, payload: bytes) -> None:
        psdu = sent.data(source, destination, payload)
        self.bench.radios[name].command(RadioTransmit(9, psdu))
        self.run(200)

    def sends(self, destination: int, handle: int = 1) -> list[TransmitOutcome]:
        self.split.command(RadioTransmit(handle, sent.data(ROUTER, destination, b"out")))
        self.run(300)
        return [
            each.outcome
            for each in self.events
            if isinstance(each, RadioTransmitted) and each.handle == handle
        ]

    def got(self, name: str) -> list[bytes]:
        return [each.psdu for each in self.bench.events(name) if isinstance(each, RadioReceived)]


def test_what_is_heard_at_either_end_reaches_the_router_late_from_afar() -> None:
    scene = Scene()

    scene.says("near device", NEAR, ROUTER, b"near")
    scene.says("far device", FAR, ROUTER, b"far")

    heard = [each.psdu for each in scene.events if isinstance(each, RadioReceived)]
    assert heard == [sent.data(NEAR, ROUTER, b"near"), sent.data(FAR, ROUTER, b"far")]


def test_a_frame_goes_out_where_its_destination_was_heard() -> None:
    scene = Scene()
    scene.says("near device", NEAR, ROUTER, b"near")
    scene.says("far device", FAR, ROUTER, b"far")
    frames = scene.bench.air.frames

    assert scene.sends(FAR) == [TransmitOutcome.ACKED]
    assert sent.data(ROUTER, FAR, b"out") in scene.got("far device")
    assert scene.bench.air.frames == frames + 2  # the frame at one end, and its acknowledgement


def test_an_unknown_destination_is_tried_at_both_and_the_better_outcome_told_once() -> None:
    assert Scene().sends(NEAR) == [TransmitOutcome.ACKED]
    assert Scene().sends(FAR) == [TransmitOutcome.ACKED]
    assert Scene().sends(0x0BAD) == [TransmitOutcome.NO_ACK]


def test_a_broadcast_goes_out_at_both() -> None:
    scene = Scene()

    assert scene.sends(0xFFFF) == [TransmitOutcome.SENT]
    for name in ("near device", "far device"):
        assert sent.data(ROUTER, 0xFFFF, b"out") in scene.got(name)


def test_a_line_that_is_out_is_told_as_no_acknowledgement() -> None:
    scene = Scene()
    scene.says("far device", FAR, ROUTER, b"far")

    scene.lines[0].cut(out=True)

    assert scene.sends(FAR) == [TransmitOutcome.NO_ACK]


def test_an_outcome_that_is_lost_on_its_way_back_is_told_as_no_acknowledgement() -> None:
    scene = Scene()
    scene.says("far device", FAR, ROUTER, b"far")

    scene.lines[1].cut(out=True)

    assert scene.sends(FAR) == [TransmitOutcome.NO_ACK]
    assert sent.data(ROUTER, FAR, b"out") in scene.got("far device")


def test_an_energy_scan_is_of_the_near_end() -> None:
    scene = Scene()

    scene.split.command(RadioEnergyScan(CHANNEL, milliseconds(10)))
    scene.run(50)

    assert [each for each in scene.events if isinstance(each, RadioEnergy)]


def test_power_off_forgets_who_was_where_and_what_was_under_way() -> None:
    scene = Scene(replace(LINE, latency=milliseconds(100)))
    scene.says("far device", FAR, ROUTER, b"far")
    scene.split.command(RadioTransmit(5, sent.data(ROUTER, FAR)))

    scene.split.power(on=False)
    scene.run(500)

    assert not [each for each in scene.events if isinstance(each, RadioTransmitted)]


def test_octets_that_are_no_frame_teach_nothing() -> None:
    scene = Scene()

    scene.bench.radios["far device"].command(RadioTransmit(9, b"\x01\x08\x00\xff\xff\xff\xff"))
    scene.run(200)

    assert scene.sends(FAR) == [TransmitOutcome.ACKED]
