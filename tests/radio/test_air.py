import pytest

from emulator.kernel.errors import LocalError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.units import NEVER, START, Duration, Instant
from emulator.radio.air import Air, Transmission
from emulator.radio.links import SymmetricLinks
from emulator.radio.port import Channel
from emulator.radio.reception import IdealReception

CHANNEL = Channel(0, 11)
FRAME = bytes(10)
AIRTIME = 512


class Ear:
    """A radio that takes everything."""

    def __init__(self, name: str, air: Air, channel: Channel | None = CHANNEL) -> None:
        self.name = name
        self.listening_since: Instant = START
        self.heard: list[tuple[bytes, int]] = []
        self.ends = 0
        air.attach(self)
        air.tune(self, channel)

    def accepts(self, psdu: bytes) -> bool:
        return bool(psdu)

    def hear(self, psdu: bytes, rss: int, success: float = 1.0) -> None:
        assert success == 1.0
        self.heard.append((psdu, rss))

    def sent(self) -> None:
        self.ends += 1


class Place:
    """An air with ears named a, b, c."""

    def __init__(self, **links: float) -> None:
        self.scheduler = Scheduler()
        self.links = SymmetricLinks(**links)  # type: ignore[arg-type]  # rss is whole in every use
        self.air = Air(self.scheduler, Streams(1), self.links)
        self.a, self.b, self.c = (Ear(name, self.air) for name in "abc")

    def send(self, ear: Ear, at: int, frame: bytes = FRAME) -> None:
        self.scheduler.at(Instant(at), lambda: self.air.transmit(ear, CHANNEL, frame))


def test_frame_is_heard_by_everybody_else_when_it_ends() -> None:
    place = Place()
    place.send(place.a, 100)

    place.scheduler.run(Instant(100 + AIRTIME - 1))
    assert place.b.heard == []
    place.scheduler.run(Instant(100 + AIRTIME))

    assert place.a.heard == []
    assert place.b.heard == place.c.heard == [(FRAME, -60)]
    assert place.a.ends == 1


def test_frame_is_not_heard_out_of_reach() -> None:
    place = Place()
    place.links.set_rss("a", "b", None)
    place.send(place.a, 0)

    place.scheduler.run()

    assert place.b.heard == []
    assert place.c.heard == [(FRAME, -60)]


def test_link_changed_during_a_run_counts_from_then_on() -> None:
    place = Place()
    place.send(place.a, 0)
    place.scheduler.run()

    place.links.set_rss("a", "b", -85)
    place.send(place.a, 10_000)
    place.scheduler.run()

    assert [rss for _, rss in place.b.heard] == [-60, -85]


def test_overlapping_frames_are_lost_where_both_are_audible() -> None:
    place = Place()
    place.send(place.a, 0)
    place.send(place.b, AIRTIME - 1)

    place.scheduler.run()

    assert place.c.heard == []


def test_frames_one_after_the_other_do_not_collide() -> None:
    place = Place()
    place.send(place.a, 0)
    place.send(place.b, AIRTIME)

    place.scheduler.run()

    assert len(place.c.heard) == 2


def test_hidden_sender_disturbs_only_those_who_hear_it() -> None:
    place = Place()
    place.links.set_rss("a", "c", None)
    place.links.set_rss("b", "c", None)
    far = Ear("far", place.air)
    place.links.set_rss("b", "far", None)
    place.send(place.a, 0)
    place.send(far, 100)

    place.scheduler.run()

    assert place.b.heard == [(FRAME, -60)]
    assert place.c.heard == [(FRAME, -60)]


def test_receiver_that_began_to_listen_in_mid_frame_hears_nothing() -> None:
    place = Place()
    place.b.listening_since = Instant(1)
    place.c.listening_since = NEVER
    place.send(place.a, 0)

    place.scheduler.run()

    assert place.b.heard == place.c.heard == []


def test_share_of_lost_frames_follows_the_link() -> None:
    place = Place()
    place.links.set_loss("a", "b", 0.2)
    for number in range(2_000):
        place.send(place.a, 1_000 * number)

    place.scheduler.run()

    assert len(place.b.heard) == pytest.approx(1_600, abs=60)
    assert len(place.c.heard) == 2_000


def test_losses_of_one_receiver_do_not_depend_on_another_being_there() -> None:
    counts = []
    for others in ((), ("d", "e")):
        place = Place(loss=0.5)
        for name in others:
            Ear(name, place.air)
        for number in range(50):
            place.send(place.a, 1_000 * number, bytes((number,) * 10))
        place.scheduler.run()
        counts.append(place.b.heard)

    assert counts[0] == counts[1]


def test_channel_is_busy_for_whoever_hears_the_signal_and_just_after_it() -> None:
    place = Place()
    place.links.set_rss("a", "c", None)
    place.send(place.a, 0)

    place.scheduler.run(Instant(200))
    assert place.air.busy("b", CHANNEL)
    assert not place.air.busy("a", CHANNEL)
    assert not place.air.busy("c", CHANNEL)
    assert not place.air.busy("b", Channel(0, 12))
    place.scheduler.run(Instant(AIRTIME + 127))
    assert place.air.busy("b", CHANNEL)
    place.scheduler.run(Instant(AIRTIME + 128))
    assert not place.air.busy("b", CHANNEL)


def test_observer_sees_every_transmission_once_and_radio_time_adds_up() -> None:
    place = Place()
    seen: list[Transmission] = []
    place.air.listen(seen.append)
    place.send(place.a, 100)
    place.send(place.b, 150)

    place.scheduler.run()

    assert seen == [
        Transmission(Instant(100), Duration(AIRTIME), CHANNEL, "a", FRAME),
        Transmission(Instant(150), Duration(AIRTIME), CHANNEL, "b", FRAME),
    ]
    assert place.air.radio_time == 2 * AIRTIME
    assert place.air.frames == 2


def test_meter_takes_the_strongest_signal_of_its_channel() -> None:
    place = Place()
    place.links.set_rss("a", "c", -80)
    place.links.set_rss("b", "c", -50)
    place.send(place.a, 0)
    place.scheduler.run(Instant(100))

    meter = place.air.meter("c", CHANNEL)
    other = place.air.meter("c", Channel(0, 12))
    assert meter.peak == -80
    place.send(place.b, 300)
    place.scheduler.run()

    assert meter.peak == -50
    assert other.peak is None


def test_cut_frame_is_heard_by_nobody() -> None:
    place = Place()
    place.send(place.a, 0)
    place.scheduler.run(Instant(100))

    place.air.cut(place.a)
    place.scheduler.run()

    assert place.b.heard == []
    assert place.a.ends == 0


def test_two_radios_of_one_name_are_refused() -> None:
    place = Place()

    with pytest.raises(LocalError, match="two radios named 'a'"):
        Ear("a", place.air)


def test_frame_longer_than_the_phy_sends_is_refused() -> None:
    place = Place()

    with pytest.raises(LocalError, match="PSDU of 128 octets"):
        place.air.transmit(place.a, CHANNEL, bytes(128))


def test_channels_of_many_pages_share_one_air_without_disturbing_each_other() -> None:
    place = Place()
    far = Channel(28, 3)
    low, high = Ear("low", place.air, far), Ear("high", place.air, Channel(0, 26))
    place.scheduler.at(Instant(0), lambda: place.air.transmit(place.a, CHANNEL, FRAME))
    place.scheduler.at(Instant(0), lambda: place.air.transmit(low, far, FRAME))

    place.scheduler.run()

    assert len(place.b.heard) == 1
    assert low.heard == high.heard == []
    assert place.a.ends == low.ends == 1


def test_frame_below_1_ghz_takes_the_airtime_of_its_page() -> None:
    place = Place()
    far = Channel(30, 40)
    one, other = Ear("one", place.air, far), Ear("other", place.air, far)
    place.scheduler.at(Instant(0), lambda: place.air.transmit(one, far, FRAME, 14.0))

    place.scheduler.run(Instant(22 * 80 - 1))
    assert other.heard == []
    assert place.air.busy("other", far)
    place.scheduler.run(Instant(22 * 80 + 4_999))

    assert other.heard == [(FRAME, -46)]
    assert place.air.busy("other", far)
    place.scheduler.run(Instant(22 * 80 + 5_000))
    assert not place.air.busy("other", far)


def test_two_radios_of_one_place_have_a_port_each() -> None:
    place = Place()
    hub = Ear("hub", place.air)
    twin = Ear.__new__(Ear)
    twin.name, twin.listening_since, twin.heard, twin.ends = "hub", START, [], 0

    place.air.attach(twin, "868")
    place.air.tune(twin, Channel(28, 0))
    place.scheduler.at(Instant(0), lambda: place.air.transmit(hub, CHANNEL, FRAME))
    place.scheduler.run()

    assert len(place.b.heard) == 1
    assert twin.heard == []


def test_channel_that_does_not_exist_is_refused() -> None:
    place = Place()

    with pytest.raises(LocalError, match="page 28 has no channel 30"):
        place.air.transmit(place.a, Channel(28, 30), FRAME)


def test_observer_of_a_place_learns_how_strongly_it_hears() -> None:
    place = Place()
    sent = Transmission(Instant(0), Duration(AIRTIME), CHANNEL, "a", FRAME, 3.0)

    assert place.air.heard(sent, "b") == -57
    place.links.set_rss("a", "b", None)
    assert place.air.heard(sent, "b") is None


def test_air_can_be_given_other_links_until_a_radio_is_there() -> None:
    links = SymmetricLinks(-90)
    air = Air(Scheduler(), Streams(1), SymmetricLinks())

    air.use(links, IdealReception(links))

    sent = Transmission(Instant(0), Duration(AIRTIME), CHANNEL, "a", FRAME)
    assert air.heard(sent, "b") == -90
    with pytest.raises(LocalError, match="stays what it is"):
        Place().air.use(links, IdealReception(links))
