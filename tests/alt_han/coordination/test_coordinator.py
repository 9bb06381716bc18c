from dataclasses import dataclass, field

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.coordinator import Coordinator
from emulator.alt_han.coordination.parties import Supply
from emulator.alt_han.coordination.processes import Process, Stage
from emulator.alt_han.meter_room.works import Work, WorkKind
from emulator.testing.scenes.meter_room_scene import (
    CALENDAR,
    FIRST,
    LANDLORD,
    MONDAY,
    NETWORK,
    SECOND,
    SITE,
    SWITCH_OFF,
    TAKE_TRUNKING,
    coordinated,
    day,
    known,
    to_works,
)


@pytest.mark.parametrize(
    ("action", "clause"),
    [
        (act.TellSupplier(mpan="9"), "DCP 400 6.11"),
        (act.ConfirmSupplier(mpan=FIRST, supplier="supplier A"), "DCP 400 6.11"),
        (act.ConfirmSupplier(mpan=FIRST, supplier="supplier B"), "DCP 400 6.11"),
        (act.GiveAccess(by="flat 1"), "DCP 400 6.12"),
        (act.AgreeToWorks(by=NETWORK), "DCP 400 6.12"),
        (act.AgreeChannel(by=LANDLORD), "DCP 400 6.17"),
        (act.Survey(), "DCP 400 target operating model, level 1"),
        (act.Go(), "DCP 400 target operating model, level 1"),
        (act.Approve(process=Process.TWO), "DCP 400 target operating model, level 1"),
    ],
)
def test_what_has_no_place_or_no_right_at_the_beginning_is_refused(
    action: act.Action, clause: str
) -> None:
    coordinator = coordinated([])

    refusal = coordinator.handle(action, MONDAY)

    assert refusal is not None
    assert refusal.clause == clause
    assert coordinator.history == []


def test_a_survey_needs_access() -> None:
    coordinator = coordinated([*known(), act.Approve(process=Process.ONE)])

    assert str(coordinator.handle(act.Survey(), MONDAY)).endswith("(DCP 400 6.2)")


def test_a_step_before_the_last_is_refused() -> None:
    coordinator = coordinated([])
    coordinator.handle(act.TellSupplier(mpan=FIRST), day(3))

    refusal = coordinator.handle(act.TellSupplier(mpan=SECOND), day(2))

    assert refusal is not None
    assert refusal.clause == "order of time"


def test_all_that_bars_an_action_is_told_at_once() -> None:
    coordinator = coordinated([])

    assert len(coordinator.bars(act.Approve(process=Process.ONE), MONDAY)) == 2


def test_who_is_no_customer_permits_nothing() -> None:
    coordinator = coordinated(to_works())
    permit = act.PermitWork(mpan=FIRST, customer="flat 2", kind=WorkKind.DE_ENERGISE)

    assert str(coordinator.handle(permit, MONDAY)).endswith("(DCP 400 4.10)")


@pytest.mark.parametrize(
    "further",
    [
        act.ApproveFurther(by=NETWORK, item="lamp", kind=WorkKind.REMOVE),
        act.ApproveFurther(by="flat 1", item="old box", kind=WorkKind.REMOVE),
    ],
)
def test_further_approval_comes_from_those_who_have_a_say(further: act.ApproveFurther) -> None:
    assert str(coordinated(to_works()).handle(further, MONDAY)).endswith("(DCP 400 6.10)")


def test_works_that_are_barred_are_not_done() -> None:
    coordinator = coordinated(to_works())

    assert coordinator.handle(act.CarryOut(work=TAKE_TRUNKING), MONDAY) is not None
    assert coordinator.handle(act.CarryOut(work=SWITCH_OFF), MONDAY) is None


def test_a_party_that_resolves_nothing_is_not_asked() -> None:
    steps = [each for each in to_works() if not isinstance(each, act.Go)]

    assert str(coordinated(steps).handle(act.DeclareReady(by=NETWORK), MONDAY)).endswith("6.2)")


@dataclass
class Naive:
    """The clauses read one by one, with no regard to how the coordinator is built."""

    suppliers: dict[str, str] = field(default_factory=lambda: {FIRST: "A", SECOND: "B"})
    told: set[tuple[str, str]] = field(default_factory=set)
    confirmed: set[tuple[str, str]] = field(default_factory=set)
    off_by_us: set[str] = field(default_factory=set)
    permitted: set[tuple[str, WorkKind]] = field(default_factory=set)
    landlord: bool = False
    interrupted: set[str] = field(default_factory=set)


PARTIES = {"A": "supplier A", "B": "supplier B", "C": "supplier C"}
MPANS = st.sampled_from([FIRST, SECOND])
SWITCHING = st.sampled_from([WorkKind.DE_ENERGISE, WorkKind.RE_ENERGISE])
CUSTOMERS = {FIRST: "flat 1", SECOND: "flat 2"}


class UnderWay(RuleBasedStateMachine):
    """Random actors and actions once works are under way."""

    def __init__(self) -> None:
        super().__init__()
        self.naive = Naive()
        self.coordinator = Coordinator(SITE, CALENDAR)

    @initialize()
    def begin(self) -> None:
        """Everything until works, in which nothing is left out."""
        for action in to_works():
            assert self.coordinator.handle(action, MONDAY) is None
        self.naive.told = {(FIRST, "A"), (SECOND, "B")}
        self.naive.confirmed = set(self.naive.told)
        self.naive.landlord = True
        kinds = (WorkKind.DE_ENERGISE, WorkKind.REMOVE, WorkKind.RE_ENERGISE)
        self.naive.permitted = {(FIRST, each) for each in kinds}

    def did(self, action: act.Action) -> bool:
        return self.coordinator.handle(action, MONDAY) is None

    @rule(mpan=MPANS, kind=SWITCHING, who=st.sampled_from(["flat 1", "flat 2"]))
    def permit(self, mpan: str, kind: WorkKind, who: str) -> None:
        right = CUSTOMERS[mpan] == who and self.open
        if right:
            self.naive.permitted.add((mpan, kind))
        assert self.did(act.PermitWork(mpan=mpan, customer=who, kind=kind)) is right

    @rule(mpan=MPANS)
    def switch_off(self, mpan: str) -> None:
        right = (
            self.open
            and (mpan, WorkKind.DE_ENERGISE) in self.naive.permitted
            and mpan not in self.naive.off_by_us
        )
        if right:
            self.naive.off_by_us.add(mpan)
        work = Work(kind=WorkKind.DE_ENERGISE, meter_point=mpan)
        assert self.did(act.CarryOut(work=work)) is right

    @rule(mpan=MPANS)
    def switch_on(self, mpan: str) -> None:
        right = (
            self.open
            and (mpan, WorkKind.RE_ENERGISE) in self.naive.permitted
            and mpan in self.naive.off_by_us
        )
        if right:
            self.naive.off_by_us.discard(mpan)
        work = Work(kind=WorkKind.RE_ENERGISE, meter_point=mpan)
        assert self.did(act.CarryOut(work=work)) is right

    @rule(agreed=st.booleans())
    def landlord_says(self, *, agreed: bool) -> None:
        self.naive.landlord = agreed
        assert self.did(act.AgreeToWorks(by=LANDLORD, agreed=agreed))

    @rule()
    def take_trunking(self) -> None:
        there = self.coordinator.ledger.item("trunking") is not None
        right = self.open and there and self.naive.landlord and FIRST in self.naive.off_by_us
        assert self.did(act.CarryOut(work=TAKE_TRUNKING)) is right

    @rule(mpan=MPANS, who=st.sampled_from(["A", "B", "C"]))
    def change_supplier(self, mpan: str, who: str) -> None:
        self.naive.suppliers[mpan] = who
        self.naive.told = {each for each in self.naive.told if each[0] != mpan}
        self.naive.confirmed = {each for each in self.naive.confirmed if each[0] != mpan}
        assert self.did(act.ChangeSupplier(mpan=mpan, supplier=PARTIES[who]))

    @rule(mpan=MPANS)
    def tell(self, mpan: str) -> None:
        self.naive.told.add((mpan, self.naive.suppliers[mpan]))
        assert self.did(act.TellSupplier(mpan=mpan))

    @rule(mpan=MPANS, who=st.sampled_from(["A", "B", "C"]))
    def confirm(self, mpan: str, who: str) -> None:
        right = self.naive.suppliers[mpan] == who and (mpan, who) in self.naive.told
        if right:
            self.naive.confirmed.add((mpan, who))
        assert self.did(act.ConfirmSupplier(mpan=mpan, supplier=PARTIES[who])) is right

    @rule(mpan=MPANS)
    def interrupted(self, mpan: str) -> None:
        right = mpan in self.naive.off_by_us
        if right:
            self.naive.interrupted.add(mpan)
        assert self.did(act.Find(occasion=act.Occasion.INTERRUPTED, mpan=mpan)) is right

    @rule()
    def end(self) -> None:
        right = self.open and self.naive.off_by_us <= self.naive.interrupted
        assert self.did(act.EndWorks()) is right

    @property
    def open(self) -> bool:
        return self.coordinator.stage is Stage.WORKS

    @invariant()
    def supplies_are_as_the_clauses_have_them(self) -> None:
        off = {
            mpan
            for mpan, point in self.coordinator.ledger.points.items()
            if point.supply is Supply.SWITCHED_OFF
        }
        assert off == self.naive.off_by_us

    @invariant()
    def notices_go_to_who_supplied_then(self) -> None:
        assert len({each.number for each in self.coordinator.notices}) == len(
            list(self.coordinator.notices)
        )


UnderWay.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
test_works_under_way_follow_the_clauses = UnderWay.TestCase
