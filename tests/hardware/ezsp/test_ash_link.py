"""The co-processor's end of an ASH connection."""

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import Instant, seconds
from hardware.ezsp.ash import (
    AckFrame,
    AshFrame,
    AshReader,
    DataFrame,
    ErrorFrame,
    NakFrame,
    Noise,
    ResetAck,
    ResetFrame,
    ash_octets,
)
from hardware.ezsp.ash_link import RESET_POWER_ON, RESET_SOFTWARE, TOO_MANY_TIMEOUTS, AshLink


class Host:
    """The other end, which does nothing by itself."""

    def __init__(self) -> None:
        self.scheduler = Scheduler()
        self.delivered: list[bytes] = []
        self.restarts = 0
        self.link = AshLink(self.scheduler, self.delivered.append, self._restarted)
        self._reader = AshReader()
        self._heard: list[AshFrame | Noise] = []
        self.link.connect(lambda octets: self._heard.extend(self._reader.feed(octets)))

    def _restarted(self) -> None:
        self.restarts += 1

    def say(self, *frames: AshFrame) -> None:
        for frame in frames:
            self.link.receive(ash_octets(frame))

    def heard(self) -> list[AshFrame | Noise]:
        heard, self._heard = self._heard, []
        return heard

    def connected(self) -> "Host":
        self.say(ResetFrame())
        self.heard()
        return self

    def wait(self, duration: float) -> None:
        self.scheduler.run(Instant(self.scheduler.now + seconds(duration)))


def test_a_reset_is_acknowledged_after_everything_began_anew() -> None:
    host = Host()

    host.say(ResetFrame())

    assert host.restarts == 1
    assert host.heard() == [ResetAck(RESET_SOFTWARE)]


def test_before_a_reset_nothing_is_taken_and_nothing_sent() -> None:
    host = Host()

    host.say(DataFrame(0, 0, b"early"))
    host.link.send(b"early")

    assert (host.delivered, host.heard()) == ([], [])


def test_data_is_acknowledged_and_delivered_in_order() -> None:
    host = Host().connected()

    host.say(DataFrame(0, 0, b"one"), DataFrame(1, 0, b"two"))

    assert host.delivered == [b"one", b"two"]
    assert host.heard() == [AckFrame(1), AckFrame(2)]


def test_a_repeated_frame_is_acknowledged_and_not_delivered_again() -> None:
    host = Host().connected()

    host.say(DataFrame(0, 0, b"one"), DataFrame(0, 0, b"one", repeated=True))

    assert host.delivered == [b"one"]
    assert host.heard() == [AckFrame(1), AckFrame(1)]


def test_noise_and_gaps_are_rejected_once_until_the_right_frame_comes() -> None:
    host = Host().connected()

    host.link.receive(b"noise\x7e")
    host.say(DataFrame(2, 0, b"three"), DataFrame(0, 0, b"one"))

    assert host.heard() == [NakFrame(0), AckFrame(1)]
    assert host.link.noise == 1


def test_only_a_window_of_frames_is_under_way() -> None:
    host = Host().connected()

    for number in range(5):
        host.link.send(bytes((number,)))
    first = host.heard()
    host.say(AckFrame(2))

    assert first == [DataFrame(each, 0, bytes((each,))) for each in range(3)]
    assert host.heard() == [DataFrame(each, 0, bytes((each,))) for each in (3, 4)]


def test_what_is_not_acknowledged_is_sent_again() -> None:
    host = Host().connected()

    host.link.send(b"answer")
    host.heard()
    host.wait(1.7)

    assert host.heard() == [DataFrame(0, 0, b"answer", repeated=True)]


def test_a_rejection_makes_everything_since_come_again() -> None:
    host = Host().connected()
    host.link.send(b"one")
    host.link.send(b"two")
    host.heard()

    host.say(NakFrame(1))

    assert host.heard() == [DataFrame(1, 0, b"two", repeated=True)]


def test_an_acknowledgement_of_nothing_under_way_changes_nothing() -> None:
    host = Host().connected()
    host.link.send(b"one")
    host.heard()

    host.say(AckFrame(5))
    host.wait(1.7)

    assert host.heard() == [DataFrame(0, 0, b"one", repeated=True)]


def test_a_host_that_is_not_ready_is_spared_for_a_second() -> None:
    host = Host().connected()

    host.say(AckFrame(0, not_ready=True))
    host.link.send(b"news")
    spared = host.heard()
    host.wait(1.7)

    assert spared == []
    assert host.heard() == [DataFrame(0, 0, b"news")]


def test_a_host_that_never_answers_is_told_of_an_error_until_it_resets() -> None:
    host = Host().connected()
    host.link.send(b"one")

    host.wait(30)
    told = host.heard()
    host.say(AckFrame(1))
    still = host.heard()
    host.say(ResetFrame())

    assert told[-1] == ErrorFrame(TOO_MANY_TIMEOUTS)
    assert still == [ErrorFrame(TOO_MANY_TIMEOUTS)]
    assert host.heard() == [ResetAck(RESET_SOFTWARE)]


def test_a_loss_of_power_is_told_without_being_asked() -> None:
    host = Host().connected()
    host.link.send(b"lost")
    host.heard()

    host.link.begin(RESET_POWER_ON)
    host.wait(5)

    assert host.heard() == [ResetAck(RESET_POWER_ON)]


def test_numbers_come_round() -> None:
    host = Host().connected()

    for number in range(20):
        host.say(DataFrame(number % 8, 0, bytes((number,))))

    assert len(host.delivered) == 20
