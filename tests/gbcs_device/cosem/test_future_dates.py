from datetime import datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.cosem.date_times import NEVER, NOW
from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.members import Attribute, members_of
from emulator.cosem.server.object_store import ObjectStore
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.future_dates import FutureDates
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.future_dated import CosemItem, ExecutionSuperseded, FutureDated
from emulator.testing.scenes.cosem_scene import ANY_CODE, MOMENT, SUPPLIER, attribute, command

CREDIT = attribute(9000, "0-0:94.44.2.10", 6)
BALANCE = attribute(9000, "0-0:94.44.2.20", 6)
DAY = timedelta(days=1)


def active(time: Attribute) -> Attribute:
    return time._replace(member=2)


def passive(time: Attribute) -> Attribute:
    return time._replace(member=4)


def amount(number: int) -> Data:
    return Data(DataType.DOUBLE_LONG, number)


@pytest.fixture
def store() -> ObjectStore:
    store = ObjectStore(members_of("ESME"))
    store.hold(passive(CREDIT), amount(5))
    return store


def at(moment: datetime = MOMENT, counter: int = 1) -> Command:
    return command(counter=counter, moment=moment)


def test_now_activates_at_once(store: ObjectStore) -> None:
    dates = FutureDates(store)

    assert dates.set(CREDIT, NOW, at()) == ()

    assert store.value(active(CREDIT)) == amount(5)
    assert dates.deferred() == ()


@pytest.mark.parametrize("before", [timedelta(), DAY])
def test_a_date_that_has_come_activates_at_once(store: ObjectStore, before: timedelta) -> None:
    dates = FutureDates(store)

    dates.set(CREDIT, date_time_octets(MOMENT - before), at())

    assert store.value(active(CREDIT)) == amount(5)


def test_what_waits_names_the_command_and_the_attribute(store: ObjectStore) -> None:
    dates = FutureDates(store)

    dates.set(CREDIT, date_time_octets(MOMENT + DAY), at(counter=7))

    (waiting,) = dates.deferred()
    assert waiting.due == MOMENT + DAY
    assert waiting.description == FutureDated(ANY_CODE, 7, SUPPLIER, CosemItem(*CREDIT))


def test_a_new_date_takes_the_place_of_the_one_before(store: ObjectStore) -> None:
    dates = FutureDates(store)
    dates.set(CREDIT, date_time_octets(MOMENT + DAY), at(counter=1))
    (first,) = dates.deferred()

    dates.set(CREDIT, date_time_octets(MOMENT + 2 * DAY), at(counter=2))

    assert first.carry_out(MOMENT + DAY).effects == (ExecutionSuperseded(),)
    assert store.value(active(CREDIT)) == amount(0)
    assert [each.due for each in dates.deferred()] == [MOMENT + 2 * DAY]


def test_never_leaves_nothing_waiting(store: ObjectStore) -> None:
    dates = FutureDates(store)
    dates.set(CREDIT, date_time_octets(MOMENT + DAY), at())

    assert dates.set(CREDIT, NEVER, at()) == ()

    assert dates.deferred() == ()


@pytest.mark.parametrize("octets", [b"", bytes(12)])
def test_octets_that_are_no_date_change_nothing(store: ObjectStore, octets: bytes) -> None:
    dates = FutureDates(store)
    dates.set(CREDIT, date_time_octets(MOMENT + DAY), at())

    assert dates.set(CREDIT, octets, at()) is None

    assert len(dates.deferred()) == 1


def test_what_is_carried_out_twice_happens_once(store: ObjectStore) -> None:
    dates = FutureDates(store)
    dates.set(CREDIT, date_time_octets(MOMENT + DAY), at())
    (waiting,) = dates.deferred()

    assert waiting.carry_out(MOMENT + DAY).effects == ()
    assert waiting.carry_out(MOMENT + DAY).effects == (ExecutionSuperseded(),)


class Dates(RuleBasedStateMachine):
    """Random dates for two values, against a dictionary of what should be in force."""

    def __init__(self) -> None:
        super().__init__()
        self.store = ObjectStore(members_of("ESME"))
        self.dates = FutureDates(self.store)
        self.now = MOMENT
        self.passive = {CREDIT: 0, BALANCE: 0}
        self.active = {CREDIT: 0, BALANCE: 0}
        self.due: dict[Attribute, int] = {}

    @rule(time=st.sampled_from((CREDIT, BALANCE)), number=st.integers(0, 9))
    def write(self, time: Attribute, number: int) -> None:
        self.store.hold(passive(time), amount(number))
        self.passive[time] = number

    @rule(time=st.sampled_from((CREDIT, BALANCE)), days=st.integers(-1, 3))
    def date(self, time: Attribute, days: int) -> None:
        self.dates.set(time, date_time_octets(self.now + days * DAY), at(self.now))
        self.due.pop(time, None)
        if days > 0:
            self.due[time] = days
        else:
            self.active[time] = self.passive[time]

    @rule(time=st.sampled_from((CREDIT, BALANCE)))
    def cancel(self, time: Attribute) -> None:
        self.dates.set(time, NEVER, at(self.now))
        self.due.pop(time, None)

    @rule()
    def pass_a_day(self) -> None:
        self.now += DAY
        for each in self.dates.deferred():
            if each.due <= self.now:
                each.carry_out(self.now)
        for time in list(self.due):
            self.due[time] -= 1
            if self.due[time] == 0:
                del self.due[time]
                self.active[time] = self.passive[time]

    @rule()
    def lose_power(self) -> None:
        held = self.dates.snapshot()
        self.dates = FutureDates(self.store)
        self.dates.restore(held)

    @invariant()
    def is_in_force_what_should_be(self) -> None:
        for time, number in self.active.items():
            assert self.store.value(active(time)) == amount(number)
        assert len(self.dates.deferred()) == len(self.due)


TestDates = Dates.TestCase
TestDates.settings = settings(max_examples=15, stateful_step_count=20)
