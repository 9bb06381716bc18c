from emulator.kernel.streams import Streams
from emulator.kernel.units import NEVER, START, Instant
from emulator.radio.holding import Holding
from emulator.radio.port import Channel
from emulator.radio.settings import Capture, ReceptionSettings
from emulator.radio.signals import Ear, Signal

CHANNEL = Channel(0, 15)
LONG = 1_000


class Radio:
    """A transceiver that listens since a moment."""

    def __init__(self, name: str, since: int = 0) -> None:
        self.name = name
        self.listening_since = Instant(since)

    def accepts(self, psdu: bytes) -> bool:
        return bool(psdu)

    def hear(self, psdu: bytes, rss: int, success: float = 1.0) -> None:
        raise AssertionError((psdu, rss, success))

    def sent(self) -> None:
        raise AssertionError(NEVER)


def signal(name: str, start: int, channel: Channel = CHANNEL) -> Signal:
    return Signal(Radio(name), channel, (Instant(start), Instant(start + LONG)), b"x", 0.0)


def together(*signals: Signal) -> None:
    for one in signals:
        one.overlaps = [other for other in signals if other is not one]


def ear(since: int = START) -> Ear:
    return Ear(Radio("here", since), -60.0, 0.0, Streams(1).stream("here", "loss"))


def holding(capture: Capture = "preamble", **strengths: float | None) -> Holding:
    settings = ReceptionSettings(capture=capture)
    return Holding(settings, lambda each, _: strengths[each.sender.name])


def test_frame_alone_is_found() -> None:
    assert holding(a=-80).stays(signal("a", 0), ear())


def test_receiver_stays_with_the_frame_that_came_first() -> None:
    first, second = signal("a", 0), signal("b", 500)
    together(first, second)
    receiver = holding(a=-80, b=-60)

    assert receiver.stays(first, ear())
    assert not receiver.stays(second, ear())


def test_stronger_frame_within_the_preamble_takes_the_receiver() -> None:
    first, second = signal("a", 0), signal("b", 100)
    together(first, second)
    receiver = holding(a=-80, b=-77)

    assert not receiver.stays(first, ear())
    assert receiver.stays(second, ear())


def test_frame_that_is_not_strong_enough_takes_nothing() -> None:
    first, second = signal("a", 0), signal("b", 100)
    together(first, second)

    assert holding(a=-80, b=-77.5).stays(first, ear())


def test_capture_may_be_switched_off_or_allowed_at_any_time() -> None:
    first, second = signal("a", 0), signal("b", 100)
    together(first, second)
    assert holding("none", a=-80, b=-40).stays(first, ear())

    first, second = signal("a", 0), signal("b", 900)
    together(first, second)
    receiver = holding("any", a=-80, b=-40)
    assert not receiver.stays(first, ear())
    assert receiver.stays(second, ear())


def test_frame_too_weak_to_be_found_holds_nobody() -> None:
    first, second = signal("a", 0), signal("b", 500)
    together(first, second)

    assert holding(a=None, b=-60).stays(second, ear())


def test_frame_on_another_channel_or_from_before_one_listened_holds_nobody() -> None:
    other, late = signal("a", 0, Channel(0, 16)), signal("b", 500)
    together(other, late)
    assert holding(a=-50, b=-60).stays(late, ear())

    early, late = signal("a", 0), signal("b", 500)
    together(early, late)
    assert holding(a=-50, b=-60).stays(late, ear(since=200))


def test_receiver_that_lost_the_first_frame_to_the_second_is_not_free_for_a_third() -> None:
    first, second, third = signal("a", 0), signal("b", 50), signal("c", 700)
    together(first, second, third)
    receiver = holding(a=-80, b=-70, c=-69)

    assert [receiver.stays(each, ear()) for each in (first, second, third)] == [False, True, False]


def test_of_two_frames_at_once_the_stronger_comes_first() -> None:
    one, other = signal("a", 0), signal("b", 0)
    together(one, other)
    receiver = holding("none", a=-80, b=-70)

    assert not receiver.stays(one, ear())
    assert receiver.stays(other, ear())


def test_frame_that_ended_without_being_asked_about_held_the_receiver() -> None:
    first, second = signal("a", 0), signal("b", 500)
    second.overlaps = [first]

    assert not holding(a=-80, b=-70).stays(second, ear())
