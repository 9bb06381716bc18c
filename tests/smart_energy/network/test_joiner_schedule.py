"""When a joiner looks, tries, pauses and comes back: ZSE 1.4 5.3 and 5.5.5 in numbers."""

from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emulator.kernel.units import START, Instant, hours, minutes, seconds
from emulator.radio.port import Channel
from emulator.smart_energy.network.joiner import JOINED, State
from emulator.smart_energy.primitives import StopKeepAlive
from emulator.smart_energy.settings import PollSettings
from emulator.testing.stack.joiner_bench import (
    CHANNEL,
    CHANNELS,
    EVENTS,
    PAN,
    TIME,
    JoinerBench,
    heard,
    joiner_in,
    network,
)
from emulator.zigbee.addresses import NwkAddress, PanId
from emulator.zigbee.nwk.primitives import (
    JoinMethod,
    NlmeJoinConfirm,
    NlmeJoinRequest,
    NlmePollControl,
    NwkStatus,
)


def scans(bench: JoinerBench) -> list[Instant]:
    """When a joiner that hears nothing scans, for three hours."""
    instants = [START]
    bench.tell("start")
    bench.tell("nothing heard")
    while bench.now < hours(3):
        bench.tell(TIME)
        if bench.joiner.state is State.SCANNING:
            instants.append(bench.now)
            bench.tell("nothing heard")
    return instants


def rounds(instants: list[Instant]) -> list[list[Instant]]:
    """Scans that follow each other within two seconds, together."""
    found: list[list[Instant]] = []
    for instant in instants:
        if found and instant - found[-1][-1] <= seconds(2):
            found[-1].append(instant)
        else:
            found.append([instant])
    return found


def test_round_is_three_scans_a_second_apart() -> None:
    first, *_ = rounds(scans(JoinerBench()))

    assert first == [0, 1_000_000, 2_000_000]


def test_rounds_come_every_minute_for_a_quarter_of_an_hour_then_every_hour() -> None:
    starts = [each[0] for each in rounds(scans(JoinerBench()))]

    gaps = [later_ - earlier for earlier, later_ in pairwise(starts)]
    early = [gap for gap, start in zip(gaps, starts, strict=False) if start < minutes(14)]
    late = [gap for gap, start in zip(gaps, starts, strict=False) if start > minutes(16)]
    assert len(early) in range(11, 20)
    assert all(seconds(45) <= gap <= seconds(80) for gap in early)
    assert late
    assert all(minutes(30) <= gap <= minutes(91) for gap in late)


def test_network_that_opens_is_joined_at_the_next_scan() -> None:
    bench = JoinerBench()
    bench.follow("start", "nothing heard")

    bench.wait(minutes(2), lambda: heard(network()))

    assert bench.joiner.state is State.ASSOCIATING


def test_closed_networks_are_as_good_as_none() -> None:
    bench = JoinerBench()
    bench.tell("start")

    bench.tell(heard(network(permits=False)))

    assert bench.joiner.state is State.WAITING


def test_joins_that_fail_are_at_most_ten_before_the_next_scan() -> None:
    bench = JoinerBench()
    bench.tell("start")
    bench.tell(heard(*(network(name) for name in range(1, 8))))

    while bench.joiner.state is State.ASSOCIATING:
        bench.tell("not joined")

    joins = [each for each in bench.effects if isinstance(each, NlmeJoinRequest)]
    assert [each.extended_pan_id for each in joins] == [1, 1, 1, 2, 2, 2, 3, 3, 3, 4]


def test_key_is_waited_for_ten_seconds() -> None:
    assert joiner_in(State.AWAITING_KEY).joiner.deadline == Instant(10_000_000)


def test_ten_key_establishments_that_fail_are_followed_by_a_quarter_of_an_hour() -> None:
    bench = joiner_in(State.ESTABLISHING)
    pauses: list[int] = []

    for _ in range(21):
        began = bench.now
        bench.tell("key refused")
        bench.tell(TIME)
        pauses.append(bench.now - began)

    ten = [seconds(10)] * 9 + [minutes(15)]
    assert pauses == [*ten, *ten, seconds(10)]


def test_key_that_is_agreed_starts_the_count_of_failures_over() -> None:
    bench = joiner_in(State.ESTABLISHING)
    bench.follow(*["key refused", TIME] * 9, "key agreed")
    bench.joiner.membership.suite = None
    bench.follow("parent lost", "joined", TIME)

    bench.tell("key refused")

    assert bench.joiner.deadline == bench.now + seconds(10)


# Coming back


def requests(bench: JoinerBench) -> list[NlmeJoinRequest]:
    return [each for each in bench.effects if isinstance(each, NlmeJoinRequest)]


def test_rejoin_is_secured_at_home_then_elsewhere_then_without_the_key() -> None:
    bench = joiner_in(State.OPERATING)

    bench.follow("parent lost", *["not joined"] * 5)

    asked = [(each.channels, each.secured) for each in requests(bench)]
    home = ((CHANNEL,), True)
    assert asked == [home, home, home, (CHANNELS, True), (CHANNELS, False)]
    assert {each.method for each in requests(bench)} == {JoinMethod.REJOIN}
    assert {each.extended_pan_id for each in requests(bench)} == {PAN}


def test_rejoin_without_success_is_tried_ever_more_rarely_up_to_a_quarter_of_an_hour() -> None:
    bench = joiner_in(State.REJOIN_WAITING)
    pauses: list[int] = []

    for _ in range(7):
        began = bench.now
        bench.tell(TIME)
        pauses.append(bench.now - began)
        bench.tell("not joined")

    assert pauses == [*map(minutes, (1, 2, 4, 8, 15, 15, 15))]


def test_rejoin_that_is_never_given_the_key_is_tried_ever_more_rarely_too() -> None:
    bench = joiner_in(State.OPERATING)
    bench.follow("parent lost", *["not joined"] * 4)
    pauses: list[int] = []

    for _ in range(5):
        bench.tell("joined")
        assert bench.joiner.state is State.AWAITING_KEY
        bench.tell(TIME)
        began = bench.now
        bench.tell(TIME)
        pauses.append(bench.now - began)

    assert pauses == [*map(minutes, (1, 2, 4, 8, 15))]


def test_device_that_was_back_begins_again_with_the_first_round() -> None:
    bench = joiner_in(State.REJOIN_WAITING)
    bench.follow(TIME, "joined", "network key")

    bench.tell("parent lost")

    assert requests(bench)[-1].channels == (CHANNEL,)
    assert requests(bench)[-1].secured


def test_device_that_moved_remembers_its_new_channel() -> None:
    bench = joiner_in(State.REJOINING)
    elsewhere = Channel(0, 20)

    bench.tell(NlmeJoinConfirm(NwkStatus.SUCCESS, NwkAddress(1), PanId(1), PAN, elsewhere))

    assert bench.joiner.membership.channel == elsewhere


def test_keep_alive_stops_while_it_rejoins() -> None:
    effects = joiner_in(State.OPERATING).tell("parent lost")

    assert StopKeepAlive() in effects


class JoinerInAnyOrder(RuleBasedStateMachine):
    """Any events in any order, against what a naive reader of the table would keep."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = JoinerBench(sleepy=True)
        self.agreed = self.member = False

    @rule(event=st.sampled_from(sorted(EVENTS)))
    def tell(self, event: str) -> None:
        before = self.bench.joiner.state
        effects = self.bench.tell(event)
        self.follow(before, event)
        if event != "start":
            assert bool(effects) or self.bench.joiner.state is before

    @precondition(lambda self: self.bench.joiner.deadline is not None)
    @rule()
    def time_out(self) -> None:
        before = self.bench.joiner.state
        self.bench.tell(TIME)
        assert self.bench.joiner.state is not State.IDLE
        assert self.bench.joiner.state is not before or before is State.OPERATING

    def follow(self, before: State, event: str) -> None:
        if before is State.AWAITING_KEY and event == "network key":
            self.member = True
        if before is State.ESTABLISHING and event == "key agreed":
            self.agreed = True
        on_a_network = before in JOINED | {State.REJOINING, State.REJOIN_WAITING}
        left = event == "told to leave" and on_a_network
        refused = event == "unknown issuer" and before is State.ESTABLISHING
        if left or refused or event == "user leaves":
            self.member = self.agreed = False

    @invariant()
    def membership_is_what_was_given_and_not_left(self) -> None:
        membership = self.bench.joiner.membership
        assert (membership.extended_pan_id is not None) is self.member
        assert (membership.trust_centre is not None) is self.member
        assert (membership.suite is not None) is self.agreed

    @invariant()
    def on_the_network_means_a_member(self) -> None:
        assert self.bench.joiner.state not in JOINED or self.member

    @invariant()
    def operating_means_that_a_key_was_agreed(self) -> None:
        assert self.bench.joiner.state is not State.OPERATING or self.agreed

    @invariant()
    def waiting_states_have_a_deadline_that_is_not_past(self) -> None:
        joiner = self.bench.joiner
        if joiner.state in WAITS:
            assert joiner.deadline is not None
        if joiner.deadline is not None:
            assert joiner.deadline > self.bench.now


WAITS = {
    State.WAITING,
    State.AWAITING_KEY,
    State.SETTLING,
    State.PAUSING,
    State.REJOIN_WAITING,
}
TestJoinerInAnyOrder = JoinerInAnyOrder.TestCase


def test_sleeping_device_polls_slowly_through_the_long_pause_only() -> None:
    bench = joiner_in(State.ESTABLISHING, sleepy=True)
    polls: list[list[Any]] = []

    for last in (*[False] * 9, True):
        effects = bench.tell("key refused")
        polls.append([each for each in effects if isinstance(each, NlmePollControl)])
        if not last:
            bench.tell(TIME)

    assert polls == [*[[]] * 9, [NlmePollControl(PollSettings().idle)]]
    assert NlmePollControl(PollSettings().joining) in bench.tell(TIME)
