from functools import partial
from xml.etree.ElementTree import fromstring

from emulator.kernel.units import Instant, seconds
from emulator.lab.report.occupancy_picture import SPAN, Occupancy, occupancy_picture
from emulator.radio.port import Channel
from emulator.testing.stack.simulated_bench import Injector, SimulatedBench

BUSY, QUIET = Channel(0, 15), Channel(28, 3)
FRAME = bytes(100)


def counted() -> Occupancy:
    bench = SimulatedBench("a", "b")
    occupancy = Occupancy(bench.air)
    senders = {each: Injector(bench.air, each, f"on {each.page}") for each in (BUSY, QUIET)}
    for at, channel in ((1, BUSY), (2, BUSY), (11, BUSY), (11, QUIET)):
        bench.scheduler.at(Instant(seconds(at)), partial(senders[channel].send, FRAME))
    bench.scheduler.run()
    return occupancy


def test_air_time_is_counted_by_channel_and_span() -> None:
    occupancy = counted()

    assert occupancy.channels() == (BUSY, QUIET)
    assert occupancy.spans() == 2
    assert occupancy.share(BUSY, 0) == 2 * occupancy.share(BUSY, 1)
    assert occupancy.share(BUSY, 1) == 106 * 32 / SPAN
    assert occupancy.share(QUIET, 0) == 0


def test_nothing_on_the_air_is_nothing_counted() -> None:
    occupancy = Occupancy(SimulatedBench("a").air)

    assert occupancy.channels() == ()
    assert occupancy.spans() == 1


def test_picture_is_the_same_svg_for_the_same_run() -> None:
    svg = occupancy_picture(counted())

    assert fromstring(svg).tag.endswith("svg")  # noqa: S314 - our own
    assert "28/3" in svg
    assert svg == occupancy_picture(counted())
