from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.units import Instant, seconds
from emulator.lab.world.neighbour import Neighbour
from emulator.radio.air import Air, Transmission
from emulator.radio.links import SymmetricLinks
from emulator.radio.port import Channel


def test_neighbour_fills_its_share_of_the_time_while_it_is_on() -> None:
    scheduler = Scheduler()
    air = Air(scheduler, Streams(1), SymmetricLinks())
    sent: list[Transmission] = []
    air.listen(sent.append)
    neighbour = Neighbour(air, scheduler, Channel(0, 15), 0.25)

    neighbour.start()
    scheduler.run(Instant(seconds(1)))
    neighbour.stop()
    scheduler.run(Instant(seconds(2)))

    assert {each.channel for each in sent} == {Channel(0, 15)}
    assert 0.24 < sum(each.duration for each in sent) / seconds(1) < 0.26
    assert sent[-1].start <= seconds(1)


def test_neighbour_takes_nothing() -> None:
    scheduler = Scheduler()
    neighbour = Neighbour(
        Air(scheduler, Streams(1), SymmetricLinks()), scheduler, Channel(0, 15), 0.5
    )

    neighbour.hear(b"x", -60)
    assert not neighbour.accepts(b"x")
