from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.dcc.commands.in_flight import CommandsInFlight, InFlight
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.dcc.settings import ResponseTimes
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.units import START, Instant, later, seconds
from emulator.testing.scenes.dcc_scene import ESME, GSME, HUB, OTHER_SUPPLIER

TIMES = ResponseTimes()


def command(counter: int, now: Instant = START) -> InFlight:
    message = Message(Cra.COMMAND, counter, OTHER_SUPPLIER, ESME, b"", OtherInformation(1), b"")
    return InFlight(
        request=ServiceRequest(
            request_id=RequestId(OTHER_SUPPLIER, ESME, counter), srv="6.2.7", variant=1
        ),
        message=message,
        octets=b"",
        use_case="ECS40",
        hub=HUB,
        device=ESME,
        again=later(now, TIMES.retry_after),
        attempts=1,
        expires=later(now, TIMES.on_demand),
        late_code="E21",
    )


def answer(counter: int, code: int = 1) -> Message:
    information = OtherInformation(code)
    return Message(Cra.RESPONSE, counter, ESME, OTHER_SUPPLIER, b"", information, b"")


def test_answer_belongs_to_the_command_with_its_parties_and_counter() -> None:
    waiting = CommandsInFlight()
    waiting.add(command(7))

    assert waiting.answered_by(answer(7)) == command(7)
    assert waiting.answered_by(answer(8)) is None
    assert waiting.answered_by(answer(7, code=2)) is None


def test_commands_of_a_device_are_found() -> None:
    waiting = CommandsInFlight()
    waiting.add(command(7))

    assert waiting.of_device(ESME) == (command(7),)
    assert waiting.of_device(GSME) == ()


class InFlightAgainstList(RuleBasedStateMachine):
    """Commands in flight behave like a list of them."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting = CommandsInFlight()
        self.model: dict[int, tuple[Instant, int]] = {}
        self.now = START

    @rule(counter=st.integers(0, 5))
    def send(self, counter: int) -> None:
        self.waiting.add(command(counter, self.now))
        self.model[counter] = (self.now, 1)

    @rule(counter=st.integers(0, 5))
    def answered(self, counter: int) -> None:
        found = self.waiting.answered_by(answer(counter))
        assert (found is not None) == (counter in self.model)
        if found is not None:
            self.waiting.remove(found)
            del self.model[counter]

    @rule(step=st.integers(1, 20))
    def time_passes(self, step: int) -> None:
        self.now = later(self.now, seconds(step))
        expired = {each.message.counter for each in self.waiting.expired(self.now)}
        late = {
            counter
            for counter, (sent, _) in self.model.items()
            if later(sent, TIMES.on_demand) <= self.now
        }
        assert expired == late
        for counter in late:
            del self.model[counter]
        for each in self.waiting.sent_again(self.now, TIMES):
            sent, attempts = self.model[each.message.counter]
            assert each.attempts == attempts + 1 <= TIMES.retries + 1
            self.model[each.message.counter] = (sent, each.attempts)

    @invariant()
    def same_commands(self) -> None:
        assert {each.message.counter for each in self.waiting} == set(self.model)
        assert len(self.waiting) == len(self.model)
        assert (self.waiting.deadline is None) == (not self.model)


TestInFlightAgainstList = InFlightAgainstList.TestCase
TestInFlightAgainstList.settings = settings(max_examples=30, stateful_step_count=25)


def test_moments_of_answered_commands_do_not_pile_up() -> None:
    waiting = CommandsInFlight()
    waiting.add(command(0))

    for counter in range(1, 20_000):
        waiting.add(command(counter, Instant(counter)))
        waiting.remove(command(counter, Instant(counter)))

    assert len(waiting) == 1
    assert waiting.deadline == later(START, TIMES.retry_after)
    assert waiting.moments_kept < 2_000
