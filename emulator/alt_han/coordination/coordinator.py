"""Drives one meter room through the target operating model; a refused action changes nothing."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.carrying_out import CARRIED_OUT
from emulator.alt_han.coordination.gates import (
    approval_bars,
    completion_bars,
    end_bars,
    go_bars,
)
from emulator.alt_han.coordination.ledger import Ledger
from emulator.alt_han.coordination.notices import NoticeBook
from emulator.alt_han.coordination.parties import Site
from emulator.alt_han.coordination.permissions import barred
from emulator.alt_han.coordination.processes import (
    APPROVALS,
    BEFORE_WORKS,
    EXEMPTION_FROM,
    Stage,
)
from emulator.alt_han.coordination.settings import CoordinationSettings
from emulator.alt_han.refusal import Refusal
from emulator.dcc.working_days import WorkingDays

_OPEN: Final = tuple(stage for stage in Stage if not stage.ended)
_AFTER_APPROVAL: Final = (Stage.APPROVED, Stage.WORKS)

STAGES: Final[Mapping[type, tuple[Stage, ...]]] = MappingProxyType(
    {
        act.TellSupplier: _OPEN,
        act.ConfirmSupplier: _OPEN,
        act.ChangeSupplier: _OPEN,
        act.GiveAccess: _OPEN,
        act.AgreeToWorks: _OPEN,
        act.AgreeChannel: _OPEN,
        act.Notify: tuple(Stage),
        act.Survey: (Stage.CONFIRMED,),
        act.AssessRisk: (Stage.CONFIRMED,),
        act.AssessImpact: (Stage.CONFIRMED,),
        act.Propose: (Stage.CONFIRMED,),
        act.Price: (Stage.PROPOSED,),
        act.AgreeCosts: (Stage.PROPOSED, Stage.PRICED),
        act.Approve: tuple(stage for stage, _ in APPROVALS.values()),
        act.PermitWork: _AFTER_APPROVAL,
        act.ApproveFurther: (Stage.PRICED, *_AFTER_APPROVAL),
        act.TellCustomer: _AFTER_APPROVAL,
        act.AgreeCommunications: (Stage.APPROVED,),
        act.DeclareReady: (Stage.APPROVED,),
        act.Appoint: (Stage.PRICED, Stage.APPROVED),
        act.Go: (Stage.APPROVED,),
        act.CarryOut: (Stage.WORKS,),
        act.EndWorks: (Stage.WORKS,),
        act.Find: (Stage.WORKS, Stage.DELIVERED, Stage.READY),
        act.Examine: (Stage.DELIVERED,),
        act.Complete: (Stage.READY,),
        act.SubmitExemption: EXEMPTION_FROM,
        act.Abandon: BEFORE_WORKS,
    }
)
"""At which stages each action has its place; elsewhere it is out of order."""


class Coordinator:
    """The coordination of one meter room.

    Args:
        site: the room and its parties.
        calendar: what five working days are counted in.

    Raises:
        UsageError: with everything that is wrong with the site.
    """

    def __init__(
        self, site: Site, calendar: WorkingDays, settings: CoordinationSettings | None = None
    ) -> None:
        self.ledger = Ledger(site)
        self.notices = NoticeBook(calendar, settings or CoordinationSettings())
        self.history: list[act.Done] = []

    @property
    def stage(self) -> Stage:
        """How far the room has come."""
        return self.ledger.stage

    def handle(self, action: act.Action, now: datetime) -> Refusal | None:
        """Do an action; None when it was done, a refusal when a rule bars it."""
        refusal = next(self._bars(action, now), None)
        if refusal is not None:
            return refusal
        refusal = CARRIED_OUT[type(action)](self.ledger, self.notices, action, now)
        if refusal is None:
            self.history.append(act.Done(now, action))
        return refusal

    def bars(self, action: act.Action, now: datetime) -> tuple[Refusal, ...]:
        """Everything that bars an action now, all at once."""
        return tuple(self._bars(action, now))

    def _bars(self, action: act.Action, now: datetime) -> Iterator[Refusal]:
        if self.history and now < self.history[-1].at:
            last = self.history[-1].at.isoformat()
            yield Refusal("order of time", f"{now.isoformat()} is before {last}, the step before")
        stage = self.ledger.stage
        if stage not in STAGES[type(action)]:
            wanted = " or ".join(each.value for each in STAGES[type(action)][:3])
            reason = f"{type(action).__name__} has its place in {wanted}, not in {stage.value}"
            yield Refusal("DCP 400 target operating model, level 1", reason)
            return
        guard = _GUARDS.get(type(action))
        if guard is not None:
            yield from guard(self.ledger, self.notices, action)


def _point_bars(ledger: Ledger, _: NoticeBook, action: Any) -> Iterator[Refusal]:
    if action.mpan not in ledger.points:
        yield Refusal("DCP 400 6.11", f"no meter point {action.mpan!r} in the room")


def _confirmation_bars(
    ledger: Ledger, notices: NoticeBook, action: act.ConfirmSupplier
) -> Iterator[Refusal]:
    yield from _point_bars(ledger, notices, action)
    point = ledger.points.get(action.mpan)
    if point is not None and point.supplier != action.supplier:
        reason = f"{action.supplier} is not the supplier of {action.mpan}"
        yield Refusal("DCP 400 6.11", reason)
    elif point is not None and not point.told:
        yield Refusal("DCP 400 6.11", f"{action.supplier} was not told of the assessment")


def _permission_bars(
    ledger: Ledger, notices: NoticeBook, action: act.PermitWork
) -> Iterator[Refusal]:
    yield from _point_bars(ledger, notices, action)
    point = ledger.points.get(action.mpan)
    if point is not None and point.point.customer != action.customer:
        reason = f"{action.customer} is not the customer of {action.mpan}"
        yield Refusal("DCP 400 4.10", reason)


def _owner_bars(
    ledger: Ledger, _: NoticeBook, action: act.GiveAccess | act.AgreeToWorks
) -> Iterator[Refusal]:
    if action.by != ledger.site.building_owner:
        yield Refusal("DCP 400 6.12", f"{action.by} is not the building owner")


def _party_bars(
    ledger: Ledger,
    _: NoticeBook,
    action: act.AgreeCosts | act.AgreeCommunications | act.DeclareReady,
) -> Iterator[Refusal]:
    if action.by not in ledger.resolving_parties():
        yield Refusal("DCP 400 6.2", f"{action.by} is no resolving party here")


def _further_bars(ledger: Ledger, _: NoticeBook, action: act.ApproveFurther) -> Iterator[Refusal]:
    item = ledger.item(action.item)
    if item is None:
        yield Refusal("DCP 400 6.10", f"no item {action.item!r} in the room")
    elif action.by not in (ledger.site.distributor, *ledger.suppliers(), ledger.owner_of(item)):
        yield Refusal("DCP 400 6.10", f"{action.by} has no say in {action.item}")


def _survey_bars(ledger: Ledger, _: NoticeBook, __: act.Survey) -> Iterator[Refusal]:
    if not ledger.access:
        yield Refusal("DCP 400 6.2", "there is no access to the meter room")


def _channel_bars(ledger: Ledger, _: NoticeBook, action: act.AgreeChannel) -> Iterator[Refusal]:
    if action.by not in (ledger.site.distributor, *ledger.suppliers()):
        yield Refusal("DCP 400 6.17", f"{action.by} is neither supplier nor distributor here")


def _approval(ledger: Ledger, _: NoticeBook, action: act.Approve) -> Iterator[Refusal]:
    expected = APPROVALS.get(action.process)
    if expected is not None and expected[0] is not ledger.stage:
        clause = "DCP 400 target operating model, level 1"
        yield Refusal(clause, f"process {action.process.value} is not what is under way")
    yield from approval_bars(ledger, action.process)


def _work_bars(ledger: Ledger, _: NoticeBook, action: act.CarryOut) -> Iterator[Refusal]:
    refusal = barred(ledger, action.work)
    if refusal is not None:
        yield refusal


_GUARDS: Final[Mapping[type, Callable[[Ledger, NoticeBook, Any], Iterator[Refusal]]]] = (
    MappingProxyType(
        {
            act.TellSupplier: _point_bars,
            act.ConfirmSupplier: _confirmation_bars,
            act.ChangeSupplier: _point_bars,
            act.GiveAccess: _owner_bars,
            act.AgreeToWorks: _owner_bars,
            act.AgreeChannel: _channel_bars,
            act.Survey: _survey_bars,
            act.AgreeCosts: _party_bars,
            act.Approve: _approval,
            act.PermitWork: _permission_bars,
            act.ApproveFurther: _further_bars,
            act.TellCustomer: _point_bars,
            act.AgreeCommunications: _party_bars,
            act.DeclareReady: _party_bars,
            act.Go: lambda ledger, _, __: go_bars(ledger),
            act.CarryOut: _work_bars,
            act.EndWorks: lambda ledger, notices, _: end_bars(ledger, notices),
            act.Find: _point_bars,
            act.Complete: lambda ledger, notices, _: completion_bars(ledger, notices),
        }
    )
)
"""What bars each action at its own stage."""
