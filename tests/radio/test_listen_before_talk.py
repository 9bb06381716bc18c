from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, milliseconds, seconds
from emulator.radio.access_settings import DutyCycleSettings, ListenBeforeTalkSettings
from emulator.radio.channel_access import Access
from emulator.radio.duty_cycle import DutyCycle
from emulator.radio.fcs import with_fcs
from emulator.radio.listen_before_talk import ListenBeforeTalk
from emulator.radio.port import (
    Channel,
    DutyMode,
    RadioConfig,
    RadioConfigure,
    RadioDutyCycle,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.radio.settings import RadioSettings
from emulator.testing.stack.radio_contract import data
from emulator.testing.stack.simulated_bench import Injector, SimulatedBench

CHANNEL = Channel(28, 5)
PAN = 0x5A17
FRAME = milliseconds(5)
OFF = milliseconds(100)
NOW = Instant(0)


def access(
    bench: SimulatedBench, rules: ListenBeforeTalkSettings | None = None
) -> ListenBeforeTalk:
    duty = DutyCycle(DutyCycleSettings())
    rules = rules or ListenBeforeTalkSettings()
    return ListenBeforeTalk("a", bench.air, Stream("lbt"), rules, duty)


def configured(*names: str, rules: RadioSettings | None = None) -> SimulatedBench:
    bench = SimulatedBench(*names, settings=rules)
    for number, name in enumerate(bench.radios):
        config = RadioConfig(CHANNEL, PAN, number, Eui64(0xA0 + number))
        bench.radio(name).command(RadioConfigure(config))
    return bench


def test_channel_is_listened_to_for_five_to_ten_milliseconds() -> None:
    bench = SimulatedBench("a")
    rules = access(bench)

    waits = {rules.begin(CHANNEL, FRAME, NOW) for _ in range(300)}

    assert waits == {5_000 + steps * 500 for steps in range(11)}


def test_quiet_channel_is_clear_and_one_with_a_frame_in_the_wait_is_not() -> None:
    bench = SimulatedBench("a", "b")
    rules = access(bench)

    wait = rules.begin(CHANNEL, FRAME, NOW)
    assert isinstance(wait, int)
    bench.run(Duration(wait))
    assert rules.assess(bench.scheduler.now, engaged=False) is Access.CLEAR

    wait = rules.begin(CHANNEL, FRAME, bench.scheduler.now)
    Injector(bench.air, CHANNEL, "talker").send(with_fcs(bytes(10)))
    bench.run(milliseconds(10))
    assert rules.assess(bench.scheduler.now, engaged=False) is not Access.CLEAR


def test_weak_signal_leaves_the_channel_clear() -> None:
    bench = SimulatedBench("a")
    bench.links.set_rss("a", "talker", -90)
    rules = access(bench)

    rules.begin(CHANNEL, FRAME, NOW)
    Injector(bench.air, CHANNEL, "talker").send(with_fcs(bytes(10)))
    bench.run(milliseconds(10))

    assert rules.assess(bench.scheduler.now, engaged=False) is Access.CLEAR


def test_channel_is_tried_four_times_within_sixty_milliseconds() -> None:
    bench = SimulatedBench("a")
    Injector(bench.air, CHANNEL, "jammer", repeats=with_fcs(bytes(100)))
    rules = access(bench)
    tries, step = 0, rules.begin(CHANNEL, FRAME, NOW)

    while isinstance(step, int) and not isinstance(step, Access):
        bench.run(Duration(step))
        step = rules.assess(bench.scheduler.now, engaged=False)
        tries += 1

    assert (step, tries) == (Access.REFUSED, 4)
    assert bench.scheduler.now <= milliseconds(60)


@pytest.mark.parametrize(
    ("airtime", "used", "refused"),
    [(seconds(1), 0, False), (Duration(1_000_001), 0, True), (milliseconds(10), 99.995, True)],
)
def test_frame_that_is_too_long_or_beyond_the_regulated_hour_is_refused(
    airtime: Duration, used: float, refused: bool
) -> None:
    bench = SimulatedBench("a")
    rules = access(bench)
    rules.sends(Duration(round(used * 1e6)), NOW, acknowledgement=True)

    step = rules.begin(CHANNEL, airtime, Instant(seconds(200)))

    assert (step is Access.REFUSED) is refused


def test_dialogue_of_acknowledgements_ends_after_four_seconds() -> None:
    rules = access(SimulatedBench("a"))
    now, sent = 0, 0

    while rules.may_acknowledge(CHANNEL, milliseconds(50), Instant(now)):
        rules.sends(milliseconds(50), Instant(now), acknowledgement=True)
        now, sent = now + 99_000, sent + 1

    assert sent == 80
    assert rules.may_acknowledge(CHANNEL, milliseconds(50), Instant(now + 100_000))


def test_radio_keeps_its_off_time_between_frames_and_acknowledges_at_once() -> None:
    bench = configured("a", "b")
    for number in range(6):
        bench.radio("b").command(RadioTransmit(number, data(0, 1)))
    bench.run(seconds(3))

    frames = [each for each in bench.transmissions if each.sender == "b"]
    answers = [each for each in bench.transmissions if each.sender == "a"]
    assert len(frames) == len(answers) == 6
    for one, other in pairwise(frames):
        assert other.start - (one.start + one.duration) >= OFF + milliseconds(5)
    for frame, answer in zip(frames, answers, strict=True):
        assert 450 <= answer.start - (frame.start + frame.duration) <= 1_000


def test_radio_falls_silent_at_the_regulated_limit_and_tells_each_mode() -> None:
    limits = DutyCycleSettings(
        limited=milliseconds(40),
        critical=milliseconds(70),
        regulated=milliseconds(100),
        regulated_high=milliseconds(90),
    )
    bench = configured("a", "b", rules=RadioSettings(duty_cycle=limits))
    for number in range(60):
        bench.radio("b").command(RadioTransmit(number, data(0, 1)))
    bench.run(seconds(20))

    told = [each.mode for each in bench.events("b") if isinstance(each, RadioDutyCycle)]
    ends = [each.outcome for each in bench.events("b") if isinstance(each, RadioTransmitted)]
    sent = sum(each.duration for each in bench.transmissions if each.sender == "b")
    assert told == [DutyMode.LIMITED, DutyMode.CRITICAL, DutyMode.REGULATED]
    assert ends[-1] is TransmitOutcome.CHANNEL_ACCESS_FAILURE
    assert 88_000 < sent <= 100_000

    bench.run(seconds(4000))
    assert [each.mode for each in bench.events("b") if isinstance(each, RadioDutyCycle)][
        -1
    ] is DutyMode.NORMAL
    bench.radio("b").command(RadioTransmit(99, data(0, 1)))
    bench.run(seconds(1))
    assert bench.events("b")[-1] == RadioTransmitted(99, TransmitOutcome.ACKED)


class TwoTalkers(RuleBasedStateMachine):
    """Whatever is asked of two radios, they keep off times, the window and the hour's limit."""

    limits = DutyCycleSettings(
        limited=milliseconds(300),
        critical=milliseconds(400),
        regulated=milliseconds(500),
        regulated_high=milliseconds(500),
    )

    def __init__(self) -> None:
        super().__init__()
        self.bench = configured("a", "b", rules=RadioSettings(duty_cycle=self.limits))
        self.asked = {"a": 0, "b": 0}

    @rule(name=st.sampled_from("ab"), count=st.integers(1, 4))
    def send(self, name: str, count: int) -> None:
        other = 1 if name == "a" else 0
        for _ in range(count):
            self.asked[name] += 1
            self.bench.radio(name).command(RadioTransmit(self.asked[name], data(other, 1)))

    @rule(name=st.sampled_from("ab"))
    def lose_power(self, name: str) -> None:
        radio = self.bench.radio(name)
        radio.power(on=False)
        radio.power(on=True)
        number = "ab".index(name)
        config = RadioConfig(CHANNEL, PAN, number, Eui64(0xA0 + number))
        radio.command(RadioConfigure(config))

    @rule(wait=st.integers(1, 400))
    def wait(self, wait: int) -> None:
        self.bench.run(milliseconds(wait))

    @invariant()
    def frames_keep_their_distance(self) -> None:
        for name in "ab":
            mine = [each for each in self.bench.transmissions if each.sender == name]
            frames = [each for each in mine if len(each.psdu_with_fcs) > 5]
            for one, other in pairwise(frames):
                assert other.start - one.start - one.duration >= OFF

    @invariant()
    def nobody_sends_more_than_is_allowed(self) -> None:
        for name in "ab":
            sent = sum(each.duration for each in self.bench.transmissions if each.sender == name)
            if self.bench.scheduler.now < seconds(3600):
                assert sent <= self.limits.regulated


TwoTalkers.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestTwoTalkers = TwoTalkers.TestCase
