"""What each action changes, once nothing bars it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.ledger import Ledger
from emulator.alt_han.coordination.notices import NoticeBook
from emulator.alt_han.coordination.parties import Supply
from emulator.alt_han.coordination.processes import APPROVALS, Stage
from emulator.alt_han.meter_room.works import WorkKind, done
from emulator.alt_han.refusal import Refusal

Change = Callable[[Ledger, NoticeBook, Any, datetime], Refusal | None]
_DISTRIBUTOR: Final = (act.Occasion.CATEGORY_A, act.Occasion.CATEGORY_B)


def _tell(ledger: Ledger, _: NoticeBook, action: act.TellSupplier, __: datetime) -> None:
    ledger.points[action.mpan].told = True


def _confirm(ledger: Ledger, _: NoticeBook, action: act.ConfirmSupplier, __: datetime) -> None:
    point = ledger.points[action.mpan]
    point.confirmed = True
    point.vulnerable = action.vulnerable


def _change(ledger: Ledger, _: NoticeBook, action: act.ChangeSupplier, __: datetime) -> None:
    """The new supplier knows nothing yet; what the former one agreed to was for itself."""
    point = ledger.points[action.mpan]
    point.told = point.confirmed = False
    point.supplier = action.supplier


def _access(ledger: Ledger, _: NoticeBook, __: act.GiveAccess, ___: datetime) -> None:
    ledger.access = True


def _survey(ledger: Ledger, _: NoticeBook, __: act.Survey, ___: datetime) -> None:
    ledger.surveyed = True


def _risk(ledger: Ledger, _: NoticeBook, action: act.AssessRisk, __: datetime) -> None:
    ledger.risk_acceptable = action.acceptable


def _impact(ledger: Ledger, _: NoticeBook, action: act.AssessImpact, __: datetime) -> None:
    ledger.impact_acceptable = action.acceptable


def _propose(ledger: Ledger, _: NoticeBook, action: act.Propose, __: datetime) -> None:
    ledger.design = action.works


def _price(ledger: Ledger, _: NoticeBook, action: act.Price, __: datetime) -> None:
    ledger.price = action.cost, action.benefit


def _costs(ledger: Ledger, _: NoticeBook, action: act.AgreeCosts, __: datetime) -> None:
    ledger.costs_agreed.add(action.by)


def _approve(ledger: Ledger, _: NoticeBook, action: act.Approve, __: datetime) -> None:
    ledger.approved.append(action.process)
    ledger.stage = APPROVALS[action.process][1]


def _owner(ledger: Ledger, _: NoticeBook, action: act.AgreeToWorks, __: datetime) -> None:
    ledger.owner_agreed = action.agreed


def _permit(ledger: Ledger, _: NoticeBook, action: act.PermitWork, __: datetime) -> None:
    ledger.points[action.mpan].permitted.add(action.kind)


def _further(ledger: Ledger, _: NoticeBook, action: act.ApproveFurther, __: datetime) -> None:
    ledger.further.add((action.by, action.item, action.kind))


def _customer(ledger: Ledger, _: NoticeBook, action: act.TellCustomer, __: datetime) -> None:
    ledger.points[action.mpan].customer_told = True


def _words(ledger: Ledger, _: NoticeBook, action: act.AgreeCommunications, __: datetime) -> None:
    ledger.communications.add(action.by)


def _ready(ledger: Ledger, _: NoticeBook, action: act.DeclareReady, __: datetime) -> None:
    ledger.ready.add(action.by)


def _appoint(ledger: Ledger, _: NoticeBook, action: act.Appoint, __: datetime) -> None:
    ledger.contractor, ledger.accredited = action.contractor, action.accredited


def _go(ledger: Ledger, _: NoticeBook, __: act.Go, ___: datetime) -> None:
    ledger.stage = Stage.WORKS


def _work(ledger: Ledger, _: NoticeBook, action: act.CarryOut, __: datetime) -> Refusal | None:
    work = action.work
    after = done(ledger.room, work)
    if isinstance(after, Refusal):
        return after
    ledger.room = after
    ledger.done.append(work)
    if work.kind is WorkKind.DE_ENERGISE:
        ledger.points[work.meter_point].supply = Supply.SWITCHED_OFF
    elif work.kind is WorkKind.RE_ENERGISE:
        ledger.points[work.meter_point].supply = Supply.ENERGISED
    return None


def _end(ledger: Ledger, _: NoticeBook, __: act.EndWorks, ___: datetime) -> None:
    ledger.stage = Stage.DELIVERED


def _examine(ledger: Ledger, _: NoticeBook, action: act.Examine, __: datetime) -> None:
    ledger.fits = action.fits


def _complete(ledger: Ledger, _: NoticeBook, __: act.Complete, ___: datetime) -> None:
    ledger.stage = Stage.COMPLETED


def _exempt(ledger: Ledger, _: NoticeBook, __: act.SubmitExemption, ___: datetime) -> None:
    ledger.stage = Stage.EXEMPT


def _abandon(ledger: Ledger, _: NoticeBook, action: act.Abandon, __: datetime) -> None:
    ledger.obstacle = action.obstacle
    ledger.stage = Stage.ABANDONED


def _find(ledger: Ledger, notices: NoticeBook, action: act.Find, now: datetime) -> Refusal | None:
    point = ledger.points[action.mpan]
    if action.occasion in _DISTRIBUTOR:
        notices.owe_distributor(ledger.site.distributor, action.mpan, action.occasion, now)
        return None
    if action.occasion is act.Occasion.INTERRUPTED and point.supply is Supply.ENERGISED:
        return Refusal("DCP 400 6.15", f"{action.mpan} is energised: nothing remains interrupted")
    notices.owe_supplier(point.supplier, action.mpan, action.occasion, now)
    return None


def _channel(_: Ledger, notices: NoticeBook, action: act.AgreeChannel, __: datetime) -> None:
    notices.agree(action.by)


def _notify(_: Ledger, notices: NoticeBook, action: act.Notify, now: datetime) -> Refusal | None:
    sent = notices.send(action, now)
    return sent if isinstance(sent, Refusal) else None


CARRIED_OUT: Final[Mapping[type, Change]] = MappingProxyType(
    {
        act.TellSupplier: _tell,
        act.ConfirmSupplier: _confirm,
        act.ChangeSupplier: _change,
        act.GiveAccess: _access,
        act.Survey: _survey,
        act.AssessRisk: _risk,
        act.AssessImpact: _impact,
        act.Propose: _propose,
        act.Price: _price,
        act.AgreeCosts: _costs,
        act.Approve: _approve,
        act.AgreeToWorks: _owner,
        act.PermitWork: _permit,
        act.ApproveFurther: _further,
        act.TellCustomer: _customer,
        act.AgreeCommunications: _words,
        act.DeclareReady: _ready,
        act.Appoint: _appoint,
        act.Go: _go,
        act.CarryOut: _work,
        act.EndWorks: _end,
        act.Find: _find,
        act.Examine: _examine,
        act.Complete: _complete,
        act.SubmitExemption: _exempt,
        act.Abandon: _abandon,
        act.AgreeChannel: _channel,
        act.Notify: _notify,
    }
)
"""What is changed by each action."""
