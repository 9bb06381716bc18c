from collections.abc import Sequence

import pytest

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.units import START, Instant, seconds
from emulator.radio.air import Air
from emulator.radio.disturbance import Piece
from emulator.radio.links import SymmetricLinks
from emulator.radio.phy.error_rates import success_rate
from emulator.radio.physical import PhysicalReception, PhysicalSettings
from emulator.radio.port import Channel
from emulator.radio.propagation.fading import Fading
from emulator.radio.receiver import milliwatts, receiver_of
from emulator.radio.settings import ReceiverSettings, ReceptionSettings

CHANNEL = Channel(0, 15)
FRAME = bytes(20)
AIRTIME = 26 * 32


class Ear:
    """A radio that takes everything."""

    def __init__(self, name: str, air: Air, channel: Channel) -> None:
        self.name = name
        self.listening_since: Instant = START
        self.heard: list[tuple[int, float]] = []
        air.attach(self)
        air.tune(self, channel)

    def accepts(self, psdu: bytes) -> bool:
        return bool(psdu)

    def hear(self, psdu: bytes, rss: int, success: float = 1.0) -> None:
        assert psdu
        self.heard.append((rss, success))

    def sent(self) -> None:
        pass


class Noise:
    """Power that is there in a window of time, everywhere."""

    def __init__(self, dbm: float, begin: int = 0, end: int = 1 << 40) -> None:
        self.power = milliwatts(dbm)
        self.begin, self.end = begin, end

    def pieces(
        self, place: str, channel: Channel, span: tuple[Instant, Instant]
    ) -> Sequence[Piece]:
        assert place
        assert channel.number >= 0
        start, end = span
        edges = sorted({end, *(each for each in (self.begin, self.end) if start < each < end)})
        found = []
        for until in edges:
            on = self.begin <= start < self.end
            found.append((Instant(until), self.power * on))
            start = Instant(until)
        return found

    def most(self, place: str, channel: Channel) -> float:
        assert place
        assert channel.number >= 0
        return self.power


class Place:
    """An air with ears a, b, c on one channel, by physics."""

    def __init__(
        self,
        rss: int | None = -60,
        noise: Noise | None = None,
        fading: Fading | None = None,
        settings: PhysicalSettings | None = None,
    ) -> None:
        self.scheduler = Scheduler()
        self.links = SymmetricLinks(rss)
        reception = PhysicalReception(self.links, settings or PhysicalSettings(), noise, fading)
        self.air = Air(self.scheduler, Streams(1), self.links, reception)
        self.a, self.b, self.c = (Ear(name, self.air, CHANNEL) for name in "abc")

    def send(self, ear: Ear, at: int, channel: Channel = CHANNEL, power: float = 0.0) -> None:
        self.scheduler.at(Instant(at), lambda: self.air.transmit(ear, channel, FRAME, power))

    def share(self, count: int = 2_000, power: float = 0.0) -> float:
        """The share of frames from a that b understands."""
        for number in range(count):
            self.send(self.a, 10_000 * number, power=power)
        self.scheduler.run()
        return len(self.b.heard) / count


def chance(rss: float, other: float = -300.0) -> float:
    receiver = receiver_of(ReceiverSettings(), ReceptionSettings())
    ratio = milliwatts(rss) / (milliwatts(receiver.noise) + milliwatts(other))
    return success_rate(receiver.rates, ratio, 208)


def test_strong_frame_is_always_understood() -> None:
    place = Place()

    assert place.share(200) == 1
    assert place.b.heard[0] == (-60, 1.0)


def test_share_of_weak_frames_follows_the_error_rate() -> None:
    place = Place(rss=-101)

    share = place.share()

    assert 0.2 < chance(-101) < 0.95
    assert share == pytest.approx(chance(-101), abs=0.035)
    rss, success = place.b.heard[0]
    assert rss == -101
    assert success == pytest.approx(chance(-101))


def test_power_of_the_transmitter_carries_farther() -> None:
    assert Place(rss=-104).share(500) < 0.02
    assert Place(rss=-104).share(500, power=8.0) == 1


def test_noise_costs_range() -> None:
    noisy = Place(rss=-90, noise=Noise(-90))

    assert noisy.share() == pytest.approx(chance(-90, -90), abs=0.035)
    assert Place(rss=-90).share(500) == 1


def test_noise_counts_only_while_it_is_there() -> None:
    half = Place(rss=-90, noise=Noise(-85, 0, AIRTIME // 2))
    half.send(half.a, 0)
    half.scheduler.run()
    later = Place(rss=-90, noise=Noise(-85, AIRTIME, AIRTIME * 2))
    later.send(later.a, 0)
    later.scheduler.run()

    assert half.b.heard == []
    assert later.b.heard == [(-90, 1.0)]


def test_stronger_of_two_overlapping_frames_survives() -> None:
    place = Place()
    place.links.set_rss("b", "c", -75)
    place.send(place.a, 0)
    place.send(place.b, 300)
    place.scheduler.run()

    assert [rss for rss, _ in place.c.heard] == [-60]


def test_two_equal_frames_destroy_each_other() -> None:
    place = Place()
    for number in range(100):
        place.send(place.a, 10_000 * number)
        place.send(place.b, 10_000 * number + 20)
    place.scheduler.run()

    assert len(place.c.heard) < 40


def test_later_stronger_frame_takes_the_receiver_in_the_preamble_only() -> None:
    for start, heard in ((100, [-50]), (300, [])):
        place = Place(rss=-70)
        place.links.set_rss("b", "c", -50)
        place.send(place.a, 0)
        place.send(place.b, start)
        place.scheduler.run()
        assert [rss for rss, _ in place.c.heard] == heard


@pytest.mark.parametrize(
    ("number", "stronger", "understood"),
    [(16, 30, True), (16, 40, False), (17, 46, True), (17, 55, False), (19, 52, True)],
)
def test_neighbouring_channel_disturbs_when_it_is_much_stronger(
    number: int, stronger: int, understood: bool
) -> None:
    place = Place(rss=-97)
    place.links.set_rss("c", "b", -97 + stronger)
    place.send(place.c, 0, Channel(0, number))
    place.send(place.a, 10)
    place.scheduler.run()

    assert bool(place.b.heard) is understood


def test_band_below_1_ghz_does_not_disturb_2_4_ghz() -> None:
    place = Place(rss=-97)
    place.links.set_rss("c", "b", 0)
    place.send(place.c, 0, Channel(28, 3))
    place.send(place.a, 10)
    place.scheduler.run()

    assert len(place.b.heard) == 1


def test_channel_is_busy_from_the_threshold_on() -> None:
    for rss, busy in ((-76, False), (-74, True)):
        place = Place(rss=rss)
        place.send(place.a, 0)
        place.scheduler.run(Instant(400))
        assert place.air.busy("b", CHANNEL) is busy
        assert not place.air.busy("a", CHANNEL)


def test_energy_is_the_mean_over_eight_symbols() -> None:
    place = Place(rss=-74)
    place.send(place.a, 0)

    place.scheduler.run(Instant(64))
    assert not place.air.busy("b", CHANNEL)
    place.scheduler.run(Instant(AIRTIME))

    assert place.air.busy("b", CHANNEL)


def test_noise_keeps_a_channel_busy_but_is_no_carrier() -> None:
    carrier = PhysicalSettings(reception=ReceptionSettings(assessment="carrier"))

    for settings, busy in ((PhysicalSettings(), True), (carrier, False)):
        place = Place(noise=Noise(-70), settings=settings)
        place.scheduler.run(Instant(1_000))
        assert place.air.busy("a", CHANNEL) is busy


def test_carrier_sense_finds_weak_frames() -> None:
    for mode, busy in (("energy", False), ("carrier", True), ("either", True)):
        reception = ReceptionSettings(assessment=mode)  # type: ignore[arg-type]  # a word of three
        place = Place(rss=-95, settings=PhysicalSettings(reception=reception))
        place.send(place.a, 0)
        place.scheduler.run(Instant(400))
        assert place.air.busy("b", CHANNEL) is busy


def test_listening_before_talk_minds_every_moment_of_five_milliseconds() -> None:
    low = Channel(28, 3)
    place = Place(noise=Noise(-80, 1_000, 1_050))

    place.scheduler.run(Instant(1_000))
    assert not place.air.busy("a", low)
    place.scheduler.run(Instant(5_500))
    assert place.air.busy("a", low)
    place.scheduler.run(Instant(6_100))
    assert not place.air.busy("a", low)


def test_meter_shows_noise_frames_and_both_together() -> None:
    quiet = Place()
    meter = quiet.air.meter("b", CHANNEL)
    quiet.scheduler.run(Instant(1_000))
    assert meter.peak == -100

    loud = Place(rss=-70, noise=Noise(-70))
    meter = loud.air.meter("b", CHANNEL)
    loud.send(loud.a, 100)
    loud.scheduler.run(Instant(5_000))
    assert meter.peak == -67
    assert Place().air.meter("b", CHANNEL).peak is None


def test_short_burst_is_measured_as_its_mean_over_eight_symbols() -> None:
    place = Place(noise=Noise(-50, 500, 513))
    meter = place.air.meter("b", CHANNEL)
    place.scheduler.run(Instant(1_000))

    assert meter.peak == -60


def test_fading_moves_a_link_both_ways_and_in_time() -> None:
    place = Place(rss=-70, fading=Fading(1, 6.0, seconds(1)))
    for number in range(50):
        place.send(place.a, 1_000_000 * number)
        place.send(place.b, 1_000_000 * number + 2_000)
    place.scheduler.run()

    assert len({rss for rss, _ in place.b.heard}) > 8
    assert len(place.b.heard) == len(place.a.heard)
    assert [rss for rss, _ in place.b.heard] == [rss for rss, _ in place.a.heard]


def test_equal_seeds_lose_equal_frames() -> None:
    def heard() -> list[tuple[int, float]]:
        place = Place(rss=-101)
        place.share(200)
        return place.b.heard

    assert heard() == heard()


def test_chain_of_overlapping_frames_is_followed_without_end() -> None:
    place = Place()
    for number in range(4_000):
        place.send((place.a, place.b)[number % 2], 600 * number)

    place.scheduler.run()

    assert len(place.c.heard) < 1_000
