from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.dcc.requests.sequences import Sequences, Turn
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.testing.scenes.dcc_scene import ESME, HUB


def name(counter: int) -> RequestId:
    return RequestId(HUB, ESME, counter)


def request(counter: int, preceding: int | None = None, *, first: bool = False) -> ServiceRequest:
    return ServiceRequest(
        request_id=name(counter),
        srv="6.2.7",
        variant=1,
        first_in_sequence=first,
        preceding=None if preceding is None else name(preceding),
    )


def test_request_of_no_sequence_goes_at_once_and_is_forgotten() -> None:
    sequences = Sequences()

    assert sequences.turn(request(1)) is Turn.NOW
    assert sequences.turn(request(2, 1)) is Turn.FAILED


def test_those_that_wait_are_given_when_it_ends() -> None:
    sequences = Sequences()
    sequences.turn(request(1, first=True))
    waiting = request(2, 1)

    assert sequences.turn(waiting) is Turn.WAITS
    assert sequences.ended(name(1), successful=True) == (waiting,)
    assert sequences.ended(name(1), successful=True) == ()


class SequencesAgainstSets(RuleBasedStateMachine):
    """Every request of a sequence is released once, by the end of the one before it."""

    def __init__(self) -> None:
        super().__init__()
        self.sequences = Sequences()
        self.counter = 0
        self.running: set[int] = set()
        self.succeeded: set[int] = set()
        self.waiting: dict[int, int] = {}

    @rule()
    def begin(self) -> None:
        self.counter += 1
        assert self.sequences.turn(request(self.counter, first=True)) is Turn.NOW
        self.running.add(self.counter)

    @rule(data=st.data())
    def follow(self, data: st.DataObject) -> None:
        preceding = data.draw(st.integers(0, self.counter))
        self.counter += 1
        turn = self.sequences.turn(request(self.counter, preceding))
        if preceding in self.succeeded:
            assert turn is Turn.NOW
        elif preceding in self.running:
            assert turn is Turn.WAITS
            self.waiting[self.counter] = preceding
        else:
            assert turn is Turn.FAILED
            return
        self.running.add(self.counter)

    @rule(data=st.data(), successful=st.booleans())
    def end(self, data: st.DataObject, successful: bool) -> None:
        going = sorted({0, *self.succeeded, *self.running} - set(self.waiting))
        counter = data.draw(st.sampled_from(going))
        freed = {
            each.request_id.counter
            for each in self.sequences.ended(name(counter), successful=successful)
        }
        expected = {each for each, before in self.waiting.items() if before == counter}
        assert freed == (expected if counter in self.running else set())
        if counter in self.running:
            self.running.discard(counter)
            if successful:
                self.succeeded.add(counter)
            for each in expected:
                del self.waiting[each]

    @invariant()
    def nobody_is_lost(self) -> None:
        assert set(self.waiting) <= self.running


TestSequencesAgainstSets = SequencesAgainstSets.TestCase
TestSequencesAgainstSets.settings = settings(max_examples=30, stateful_step_count=25)
