from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.streams import Stream
from emulator.kernel.units import START, Duration, Instant, seconds
from emulator.testing.stack.zcl_nodes import AT_METER, ENDPOINT
from emulator.zcl.primitives import Outcome, Side, ZclAnswer
from emulator.zcl.transactions import (
    TRANSITIONS,
    Ended,
    Event,
    Exchange,
    ExchangeKey,
    State,
    TransactionTable,
)
from emulator.zigbee.addresses import ClusterId
from emulator.zigbee.aps.primitives import ApsSecurity, ApsStatus

DELIVERY, ANSWER = seconds(60), seconds(10)
REPLY = ZclAnswer(command=1, general=True, payload=b"", security=ApsSecurity.NWK_KEY)


def exchange(handle: int, sequence: int, *, expects_answer: bool = True) -> Exchange:
    return Exchange(
        handle=handle,
        key=ExchangeKey(AT_METER, ENDPOINT, ClusterId(0x000A), sequence),
        reads=False,
        general=True,
        command=0,
        to_side=Side.SERVER,
        expects_answer=expects_answer,
        timeout=ANSWER,
    )


def table() -> TransactionTable:
    return TransactionTable(Stream("numbers"), DELIVERY)


def test_every_pair_that_can_come_is_in_the_table() -> None:
    after_delivery = {(State.DELIVERED, Event.ANSWERED), (State.DELIVERED, Event.EXPIRED)}
    before = {(State.SENT, event) for event in Event}

    assert set(TRANSITIONS) == before | after_delivery
    assert all((after is State.ENDED) == (out is not None) for after, out in TRANSITIONS.values())


def test_answer_may_come_before_the_acknowledgement() -> None:
    open_exchanges = table()
    began = exchange(1, 5)
    open_exchanges.begin(began, 100, START)

    ended = open_exchanges.answered(began.key, REPLY)

    assert ended == Ended(began, Outcome.ANSWERED, ApsStatus.SUCCESS, REPLY)
    assert open_exchanges.confirmed(100, ApsStatus.NO_ACK, START) is None


def test_undelivered_command_says_why() -> None:
    open_exchanges = table()
    began = exchange(1, 5)
    open_exchanges.begin(began, 100, START)

    ended = open_exchanges.confirmed(100, ApsStatus.NO_ACK, START)

    assert ended == Ended(began, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK)


def test_delivery_alone_ends_what_expects_no_answer() -> None:
    open_exchanges = table()
    began = exchange(1, 5, expects_answer=False)
    open_exchanges.begin(began, 100, START)

    ended = open_exchanges.confirmed(100, ApsStatus.SUCCESS, START)

    assert ended == Ended(began, Outcome.DELIVERED, ApsStatus.SUCCESS)


def test_answer_is_waited_for_from_delivery() -> None:
    open_exchanges = table()
    open_exchanges.begin(exchange(1, 5), 100, START)

    assert open_exchanges.deadline == Instant(DELIVERY)
    open_exchanges.confirmed(100, ApsStatus.SUCCESS, Instant(seconds(2)))
    assert open_exchanges.deadline == Instant(seconds(12))


def test_reused_number_ends_the_older_exchange() -> None:
    open_exchanges = table()
    older = exchange(1, 5)
    open_exchanges.begin(older, 100, START)

    ended = open_exchanges.begin(exchange(2, 5), 101, START)

    assert ended is not None
    assert (ended.exchange, ended.outcome) == (older, Outcome.TIMED_OUT)


def test_numbers_count_up_and_wrap() -> None:
    open_exchanges = table()

    drawn = [open_exchanges.number() for _ in range(257)]

    assert drawn[0] == drawn[256]
    assert len(set(drawn)) == 256


class Transactions(RuleBasedStateMachine):
    """Against a list of what is open: every exchange ends exactly once, and never late."""

    def __init__(self) -> None:
        super().__init__()
        self.table = table()
        self.now = START
        self.handle = 0
        self.open: dict[int, tuple[Exchange, Instant, bool]] = {}
        self.ended: list[int] = []

    def _end(self, ended: Ended | None) -> None:
        if ended is not None:
            self.ended.append(ended.exchange.handle)
            del self.open[ended.exchange.handle]

    @rule(sequence=st.integers(0, 3), expects=st.booleans())
    def begin(self, sequence: int, expects: bool) -> None:
        self.handle += 1
        began = exchange(self.handle, sequence, expects_answer=expects)
        self._end(self.table.begin(began, self.handle, self.now))
        self.open[self.handle] = (began, Instant(self.now + DELIVERY), False)

    @rule(handle=st.integers(1, 12), status=st.sampled_from((ApsStatus.SUCCESS, ApsStatus.NO_ACK)))
    def confirm(self, handle: int, status: ApsStatus) -> None:
        known = self.open.get(handle)
        self._end(self.table.confirmed(handle, status, self.now))
        if known is not None and handle in self.open and not known[2]:
            self.open[handle] = (known[0], Instant(self.now + ANSWER), True)

    @rule(sequence=st.integers(0, 3))
    def answer(self, sequence: int) -> None:
        key = exchange(0, sequence).key
        expecting = [
            began.handle
            for began, _, _ in self.open.values()
            if began.key == key and began.expects_answer
        ]

        ended = self.table.answered(key, REPLY)

        assert [ended.exchange.handle] * (ended is not None) == expecting if ended else True
        assert (ended is None) == (not expecting)
        self._end(ended)

    @rule(passed=st.integers(0, 70))
    def wait(self, passed: int) -> None:
        self.now = Instant(self.now + Duration(seconds(passed)))
        late = {handle for handle, (_, due, _) in self.open.items() if due <= self.now}

        ended = self.table.expired(self.now)

        assert {each.exchange.handle for each in ended} == late
        for each in ended:
            self._end(each)

    @invariant()
    def ends_once(self) -> None:
        assert len(self.ended) == len(set(self.ended))
        assert len(self.table) == len(self.open)

    @invariant()
    def deadline_is_the_earliest(self) -> None:
        assert self.table.deadline == min((due for _, due, _ in self.open.values()), default=None)


Transactions.TestCase.settings = settings(max_examples=40, stateful_step_count=25)
TestTransactions = Transactions.TestCase
