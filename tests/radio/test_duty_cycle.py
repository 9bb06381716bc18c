from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.units import Duration, Instant, seconds
from emulator.radio.access_settings import DutyCycleSettings
from emulator.radio.duty_cycle import LONGEST_FRAME, DutyCycle
from emulator.radio.port import DutyMode

SETTINGS = DutyCycleSettings()
HOUR = seconds(3600)


def at(second: float) -> Instant:
    return Instant(round(second * 1_000_000))


def test_mode_follows_the_air_time_up_and_down_again() -> None:
    duty = DutyCycle(SETTINGS)
    modes = []

    for second in range(101):
        modes.append(duty.mode(at(second), 28))
        duty.add(seconds(1), at(second))

    assert [modes.index(mode) for mode in DutyMode] == [0, 54, 75, 100]
    assert duty.mode(at(3899), 28) is DutyMode.REGULATED
    assert duty.mode(at(3900), 28) is DutyMode.NORMAL


def test_higher_pages_are_regulated_earlier() -> None:
    duty = DutyCycle(SETTINGS)
    duty.add(seconds(90), at(0))

    assert (duty.mode(at(1), 29), duty.mode(at(1), 30)) == (DutyMode.CRITICAL, DutyMode.REGULATED)
    assert duty.fits(seconds(10), at(1), 28)
    assert not duty.fits(seconds(1), at(1), 31)


def test_transmitter_is_regulated_as_soon_as_the_longest_frame_would_not_fit() -> None:
    duty = DutyCycle(SETTINGS)
    duty.add(Duration(seconds(100) - LONGEST_FRAME), at(0))

    assert duty.mode(at(1), 28) is DutyMode.CRITICAL
    duty.add(Duration(1), at(1))
    assert duty.mode(at(2), 28) is DutyMode.REGULATED


def test_next_change_is_when_the_oldest_bucket_goes() -> None:
    duty = DutyCycle(SETTINGS)
    assert duty.next_change(at(0)) is None

    duty.add(seconds(1), at(450))

    assert duty.next_change(at(450)) == at(300 + 13 * 300)
    assert duty.used(at(300 + 13 * 300)) == 0


class AirTimeOverHours(RuleBasedStateMachine):
    """Whatever is sent when, the count is between what an hour and an hour and a bucket hold."""

    def __init__(self) -> None:
        super().__init__()
        self.now = Instant(0)
        self.duty = DutyCycle(SETTINGS)
        self.sent: list[tuple[Instant, Duration]] = []

    @rule(wait=st.integers(0, 1_000_000_000))
    def wait(self, wait: int) -> None:
        self.now = Instant(self.now + wait)

    @rule(duration=st.integers(1, 12_000_000))
    def send(self, duration: int) -> None:
        self.duty.add(Duration(duration), self.now)
        self.sent.append((self.now, Duration(duration)))

    @invariant()
    def count_covers_the_last_hour_and_at_most_a_bucket_more(self) -> None:
        def since(span: int) -> int:
            return sum(length for start, length in self.sent if start > self.now - span)

        longest = HOUR + SETTINGS.bucket
        assert since(HOUR) <= self.duty.used(self.now) <= since(longest + 1)

    @invariant()
    def count_falls_exactly_at_the_next_change(self) -> None:
        change = self.duty.next_change(self.now)
        if change is not None:
            assert change > self.now
            assert change - self.now <= HOUR + SETTINGS.bucket


AirTimeOverHours.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestAirTimeOverHours = AirTimeOverHours.TestCase
