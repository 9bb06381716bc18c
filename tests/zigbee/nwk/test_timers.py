from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.units import Instant
from emulator.zigbee.nwk.timers import Duty, Key, Timers

duties = st.sampled_from(Duty)
subjects = st.integers(0, 3)
instants = st.integers(0, 20).map(Instant)


def test_nothing_is_due_at_first() -> None:
    timers = Timers()

    assert timers.earliest is None
    assert timers.take_due(Instant(10**9)) == []


def test_what_is_due_comes_earliest_first_then_as_it_was_set() -> None:
    timers = Timers()
    timers.set(Duty.POLL, Instant(5))
    timers.set(Duty.RETRY, Instant(3), 7)
    timers.set(Duty.RETRY, Instant(3), 2)

    assert timers.take_due(Instant(5)) == [(Duty.RETRY, 7), (Duty.RETRY, 2), (Duty.POLL, 0)]
    assert timers.earliest is None


def test_cancel_all_leaves_nothing() -> None:
    timers = Timers()
    timers.set(Duty.POLL, Instant(5))

    timers.cancel_all()

    assert timers.earliest is None
    assert timers.when(Duty.POLL) is None


class TimersAgainstDictionary(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.timers = Timers()
        self.model: dict[Key, Instant] = {}

    @rule(duty=duties, subject=subjects, when=instants)
    def set(self, duty: Duty, subject: int, when: Instant) -> None:
        self.timers.set(duty, when, subject)
        self.model[duty, subject] = when

    @rule(duty=duties, subject=subjects)
    def cancel(self, duty: Duty, subject: int) -> None:
        self.timers.cancel(duty, subject)
        self.model.pop((duty, subject), None)

    @rule(now=instants)
    def take(self, now: Instant) -> None:
        expected = {key for key, when in self.model.items() if when <= now}
        assert set(self.timers.take_due(now)) == expected
        self.model = {key: when for key, when in self.model.items() if when > now}

    @invariant()
    def earliest_is_the_least(self) -> None:
        assert self.timers.earliest == min(self.model.values(), default=None)
        assert all(self.timers.when(*key) == when for key, when in self.model.items())


TimersAgainstDictionary.TestCase.settings = settings(max_examples=40, stateful_step_count=30)
TestTimers = TimersAgainstDictionary.TestCase
