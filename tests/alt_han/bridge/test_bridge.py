import pytest

from emulator.alt_han.bridge.bridge import Bridge, BridgeDescription
from emulator.alt_han.bridge.facts import BridgeSearching
from emulator.alt_han.bridge.settings import BackhaulSettings, Transparency
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Instant, milliseconds, seconds
from emulator.radio.port import Channel, RadioConfig, RadioConfigure, RadioTransmit
from emulator.radio.settings import RadioSettings
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.device import Surroundings
from emulator.testing.stack import mac_frames as sent
from emulator.testing.stack.simulated_bench import SimulatedBench

HUB_EUI64 = Eui64(0x00DB1234567890A2)
CHANNEL = Channel(0, 15)


class Scene:
    """A hub at one end of a bridge and a device at the other, out of each other's reach."""

    def __init__(self) -> None:
        self.bench = SimulatedBench("hub", "device")
        self.trace = Trace()
        self.streams = Streams(1)
        description = BridgeDescription(
            name="bridge",
            wired=Eui64(1),
            remote=Eui64(2),
            backhaul=BackhaulSettings(latency=milliseconds(5)),
        )
        self.around = Surroundings(
            self.bench.scheduler, self.streams, self.trace, Calendar(), self._radio
        )
        self.bridge = Bridge(description, self.around)
        places = ("hub", self.bridge.wired_place), ("device", self.bridge.remote_place)
        for near in places[0]:
            for far in places[1]:
                self.bench.links.set_rss(near, far, None)
        self.tune("hub", 0x0000, HUB_EUI64, CHANNEL)
        self.tune("device", 0x0010, Eui64(9), CHANNEL)

    def _radio(self, name: str) -> SimulatedRadio:
        scheduler = self.bench.scheduler
        stream = self.streams.stream(name, "csma")
        return SimulatedRadio(name, self.bench.air, scheduler, stream, RadioSettings())

    def tune(self, name: str, short: int, eui64: Eui64, channel: Channel) -> None:
        config = RadioConfig(channel, sent.PAN, short, eui64, coordinator=True)
        self.bench.radios[name].command(RadioConfigure(config))

    def run(self, time: int) -> None:
        scheduler = self.bench.scheduler
        scheduler.run(Instant(scheduler.now + seconds(time)))

    def settle(self) -> None:
        """Power it on; the hub answers beacon requests by hand."""
        self.bridge.power_on(sent.HAN)
        for _ in range(60):
            self.bench.radios["hub"].command(RadioTransmit(1, sent.beacon()))
            scheduler = self.bench.scheduler
            scheduler.run(Instant(scheduler.now + milliseconds(100)))
            if self.bridge.settled:
                return


def test_both_ends_come_to_the_channel_of_the_han() -> None:
    scene = Scene()
    before = scene.bridge.settled, scene.bridge.pan_id

    scene.settle()

    assert before == (False, None)
    assert (scene.bridge.settled, scene.bridge.pan_id) == (True, sent.PAN)
    assert len(list(scene.trace.of(BridgeSearching))) == 1


def test_frames_cross_both_ways_and_are_acknowledged_at_each_end() -> None:
    scene = Scene()
    scene.settle()
    up, down = sent.data(0x0010, 0x0000, b"up"), sent.data(0x0000, 0x0010, b"down")

    scene.bench.radios["device"].command(RadioTransmit(1, up))
    scene.run(1)
    scene.bench.radios["hub"].command(RadioTransmit(2, down))
    scene.run(1)

    assert up in [getattr(each, "psdu", b"") for each in scene.bench.events("hub")]
    assert down in [getattr(each, "psdu", b"") for each in scene.bench.events("device")]


def test_without_power_nothing_crosses_and_it_comes_back() -> None:
    scene = Scene()
    scene.settle()
    scene.bridge.power_off()
    up = sent.data(0x0010, 0x0000, b"up")

    scene.bench.radios["device"].command(RadioTransmit(1, up))
    scene.run(1)
    assert up not in [getattr(each, "psdu", b"") for each in scene.bench.events("hub")]

    scene.settle()
    scene.bridge.power_on()
    assert scene.bridge.settled


def test_a_cut_line_carries_nothing() -> None:
    scene = Scene()
    scene.settle()
    scene.bridge.cut(out=True)
    up = sent.data(0x0010, 0x0000, b"up")

    scene.bench.radios["device"].command(RadioTransmit(1, up))
    scene.run(1)

    assert up not in [getattr(each, "psdu", b"") for each in scene.bench.events("hub")]


def test_a_router_is_no_pair_of_repeaters() -> None:
    scene = Scene()
    description = BridgeDescription(
        name="r", wired=Eui64(1), remote=Eui64(2), transparency=Transparency.ROUTER
    )

    with pytest.raises(UsageError, match="a device of its own"):
        Bridge(description, scene.around)
