from emulator.kernel.streams import Streams
from emulator.kernel.units import NEVER, START, Instant
from emulator.radio.links import SymmetricLinks
from emulator.radio.port import Channel
from emulator.radio.reception import IdealReception
from emulator.radio.signals import Ear, Meter, Signal

CHANNEL = Channel(0, 11)


class Radio:
    """A transceiver of which only the name matters."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.listening_since = NEVER

    def accepts(self, psdu: bytes) -> bool:
        return bool(psdu)

    def hear(self, psdu: bytes, rss: int) -> None:
        raise AssertionError((psdu, rss))

    def sent(self) -> None:
        raise AssertionError


def signal(sender: str, power: float = 0.0) -> Signal:
    return Signal(Radio(sender), CHANNEL, (START, Instant(100)), b"x", power)


def ear(gain: float = -60.0, loss: float = 0.0) -> Ear:
    return Ear(Radio("b"), gain, loss, Streams(1).stream("b", "frame loss"))


def test_strength_is_the_gain_of_the_link_and_the_power_of_the_transmitter() -> None:
    reception = IdealReception(SymmetricLinks())

    assert reception.understood(signal("a"), ear()) == -60
    assert reception.understood(signal("a", 8.0), ear(-72.4)) == -64


def test_audible_overlap_destroys_and_an_inaudible_one_does_not() -> None:
    links = SymmetricLinks()
    reception = IdealReception(links)
    wanted = signal("a")
    wanted.overlaps.append(signal("c"))

    assert reception.understood(wanted, ear()) is None
    links.set_rss("b", "c", None)
    assert reception.understood(wanted, ear()) == -60


def test_link_that_loses_everything_gives_nothing() -> None:
    assert IdealReception(SymmetricLinks()).understood(signal("a"), ear(loss=1.0)) is None


def test_own_signal_does_not_keep_a_channel_busy() -> None:
    reception = IdealReception(SymmetricLinks())
    span = (START, Instant(50))

    assert not reception.busy("a", CHANNEL, [signal("a")], span)
    assert reception.busy("b", CHANNEL, [signal("a")], span)


def test_meter_shows_the_strongest_signal_with_its_power() -> None:
    reception = IdealReception(SymmetricLinks(rss=-80))
    meter = Meter("b", CHANNEL, START, lambda meter: reception.level(meter, Instant(100)))

    assert meter.peak is None
    meter.signals.extend((signal("a"), signal("c", 10.0)))

    assert meter.peak == -70


def test_a_channel_disturbs_itself_only() -> None:
    reception = IdealReception(SymmetricLinks())

    assert reception.medium(CHANNEL) == reception.medium(Channel(0, 11))
    assert reception.medium(CHANNEL) != reception.medium(Channel(0, 12))
