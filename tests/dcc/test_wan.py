from datetime import time

import pytest

from emulator.dcc.facts import WanMessageLost
from emulator.dcc.primitives import (
    DistributeImage,
    HubHeard,
    PowerLost,
    Unreachable,
    WanDown,
    WanUp,
)
from emulator.dcc.settings import WanSettings
from emulator.dcc.wan import SmWan, Window
from emulator.kernel.errors import LocalError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Stream
from emulator.kernel.trace import Trace
from emulator.kernel.units import DEFAULT_START, Calendar, Duration, hours, later, minutes, seconds
from emulator.testing.scenes.dcc_scene import ESME, HUB


class Bench:
    """A DCC and a hub that write down what comes."""

    def __init__(self, loss: float = 0.0) -> None:
        self.scheduler, self.trace = Scheduler(), Trace()
        self.up: list[object] = []
        self.down: list[bytes] = []
        self.wan = SmWan(
            scheduler=self.scheduler,
            trace=self.trace,
            calendar=Calendar(),
            post=self.up.append,
            stream=Stream("test"),
            settings=WanSettings(loss=loss),
        )

    def run(self) -> None:
        self.scheduler.run(later(self.scheduler.now, seconds(2)))

    @property
    def lost(self) -> list[str]:
        return [fact.reason for _, fact in self.trace.of(WanMessageLost)]


@pytest.fixture
def bench() -> Bench:
    made = Bench()
    made.wan.connect(HUB, made.down.append)
    made.run()
    return made


def test_hub_with_coverage_is_heard(bench: Bench) -> None:
    assert bench.up == [HubHeard(HUB)]


def test_image_travels_to_a_hub_that_takes_images(bench: Bench) -> None:
    images: list[tuple[int, bytes]] = []
    bench.wan.connect(HUB, bench.down.append, images=lambda *each: images.append(each))

    bench.wan.distribute(DistributeImage(HUB, ESME, b"image"))
    bench.run()

    assert images == [(ESME, b"image")]


def test_image_for_a_hub_without_contact_is_lost(bench: Bench) -> None:
    bench.wan.distribute(DistributeImage(HUB, ESME, b"takes none"))
    bench.wan.connect(HUB, bench.down.append, images=lambda *_: None, covered=False)
    bench.wan.distribute(DistributeImage(HUB, ESME, b"out of reach"))
    bench.run()

    assert bench.lost == ["no contact", "no contact"]


def test_messages_travel_both_ways_and_take_time(bench: Bench) -> None:
    bench.wan.up(HUB, b"up")
    bench.wan.down(WanDown(HUB, b"down"))
    at_once = (list(bench.up), list(bench.down))
    bench.run()

    assert at_once == ([HubHeard(HUB)], [])
    assert bench.up[-1] == WanUp(HUB, b"up")
    assert bench.down == [b"down"]


def test_hub_without_coverage_is_not_reached(bench: Bench) -> None:
    bench.wan.cover(HUB, covered=False)

    bench.wan.up(HUB, b"up")
    bench.wan.down(WanDown(HUB, b"down"))
    bench.run()

    assert bench.up[1:] == [Unreachable(HUB, b"down")]
    assert bench.lost == ["no contact", "no contact"]


def test_hub_that_was_switched_off_is_not_reached_until_it_connects(bench: Bench) -> None:
    bench.wan.disconnect(HUB)
    off = bench.wan.reachable(HUB)
    bench.wan.connect(HUB, bench.down.append)

    assert not off
    assert bench.wan.reachable(HUB)


@pytest.mark.parametrize("back_after", [None, minutes(2), minutes(4)])
def test_a_hub_that_stays_off_is_an_outage(bench: Bench, back_after: Duration | None) -> None:
    bench.run()
    bench.wan.disconnect(HUB)
    since = bench.scheduler.now
    bench.wan.disconnect(HUB)
    if back_after is not None:
        back = later(since, back_after)
        bench.scheduler.at(back, lambda: bench.wan.connect(HUB, bench.down.append))
    bench.scheduler.run(later(since, minutes(5)))

    told = [PowerLost(HUB, since)] if back_after != minutes(2) else []
    assert [each for each in bench.up if isinstance(each, PowerLost)] == told


def test_contact_lost_on_the_way_loses_the_message(bench: Bench) -> None:
    bench.wan.down(WanDown(HUB, b"down"))
    bench.wan.cover(HUB, covered=False)
    bench.run()

    assert not bench.down
    assert bench.lost == ["contact lost on the way"]


def test_outage_stops_everything(bench: Bench) -> None:
    bench.wan.outage = True

    assert not bench.wan.reachable(HUB)


def test_nothing_goes_through_in_a_maintenance_window(bench: Bench) -> None:
    assert Calendar().start == DEFAULT_START
    bench.wan.maintenance = (Window(time(20), time(8)),)
    at_night = bench.wan.reachable(HUB)
    bench.scheduler.run(later(bench.scheduler.now, hours(9)))

    assert not at_night
    assert bench.wan.reachable(HUB)


@pytest.mark.parametrize(
    ("start", "end", "hour", "inside"),
    [(20, 8, 23, True), (20, 8, 8, False), (1, 3, 2, True), (1, 3, 3, False)],
)
def test_window_may_go_over_midnight(start: int, end: int, hour: int, inside: bool) -> None:
    assert Window(time(start), time(end)).holds(DEFAULT_START.replace(hour=hour)) is inside


def test_lossy_wan_loses_messages_but_not_the_first_contact() -> None:
    bench = Bench(loss=1.0)
    bench.wan.connect(HUB, bench.down.append)
    bench.wan.up(HUB, b"up")
    bench.run()

    assert bench.up == [HubHeard(HUB)]
    assert bench.lost == ["lost"]


def test_hub_that_never_connected_is_a_fault_of_the_caller() -> None:
    bench = Bench()

    with pytest.raises(LocalError, match="never connected"):
        bench.wan.cover(HUB, covered=True)
    with pytest.raises(LocalError, match="never connected"):
        bench.wan.disconnect(HUB)
