"""What must be there before a process is approved, works begin, or they are over."""

from collections.abc import Iterator

from emulator.alt_han.coordination.actions import Occasion
from emulator.alt_han.coordination.ledger import Ledger
from emulator.alt_han.coordination.notices import NoticeBook
from emulator.alt_han.coordination.parties import Supply
from emulator.alt_han.coordination.processes import Process
from emulator.alt_han.meter_room.items import Owner
from emulator.alt_han.refusal import Refusal

_MODEL = "DCP 400 target operating model, process"


def approval_bars(ledger: Ledger, process: Process) -> Iterator[Refusal]:
    """What stands in the way of approving a process."""
    match process:
        case Process.ONE:
            yield from _validated(ledger)
        case Process.TWO:
            yield from _proposed(ledger)
        case Process.THREE:
            yield from _priced(ledger)
        case Process.FOUR:
            yield from _agreed(ledger)
        case Process.SIX:
            if not ledger.fits:
                yield Refusal(f"{_MODEL} 6", "it was not seen that everything fits now")
        case _:
            yield Refusal(f"{_MODEL} {process.value}", "is not approved; it is done")


def go_bars(ledger: Ledger) -> Iterator[Refusal]:
    """What stands in the way of the decision that works begin (6.2)."""
    yield from _suppliers(ledger)
    if not ledger.accredited:
        yield Refusal("DCP 400 4.10", "no contractor accredited as Meter Equipment Manager")
    if not ledger.owner_agreed:
        yield Refusal("DCP 400 6.12", f"{ledger.site.building_owner} has not agreed to the works")
    for party in ledger.resolving_parties():
        if party not in ledger.ready:
            yield Refusal("DCP 400 6.2", f"{party} is not ready")
        if party not in ledger.communications:
            reason = f"{party} has not agreed to what residents are told"
            yield Refusal("DCP 400 6.2, 6.24", reason)
    for point in ledger.points.values():
        if not point.customer_told:
            reason = f"the customer of {point.point.mpan} was not told for whom this is not"
            yield Refusal("DCP 400 4.10", reason)


def end_bars(ledger: Ledger, notices: NoticeBook) -> Iterator[Refusal]:
    """What stands in the way of works being over."""
    told_of = {each.mpan for each in notices if each.occasion is Occasion.INTERRUPTED}
    for mpan, point in ledger.points.items():
        if point.supply is Supply.SWITCHED_OFF and mpan not in told_of:
            reason = f"{mpan} is still de-energised by the coordinator"
            yield Refusal("DCP 400 4.10", reason)


def completion_bars(ledger: Ledger, notices: NoticeBook) -> Iterator[Refusal]:
    """What stands in the way of completion."""
    yield from _suppliers(ledger)
    for notice in notices.owed():
        reason = f"{notice.party} was not told of {notice.occasion.value} at {notice.mpan}"
        yield Refusal(notice.clause, reason)


def _suppliers(ledger: Ledger) -> Iterator[Refusal]:
    for mpan, point in ledger.points.items():
        if not point.told:
            yield Refusal("DCP 400 6.11", f"{point.supplier} does not know that {mpan} is assessed")
        elif not point.confirmed:
            reason = f"{point.supplier} has not confirmed to be the supplier of {mpan}"
            yield Refusal("DCP 400 6.11", reason)


def _validated(ledger: Ledger) -> Iterator[Refusal]:
    for mpan, point in ledger.points.items():
        if not point.point.whole_current:
            yield Refusal("DCP 400 4.10", f"{mpan} is not whole current metering")
        if not point.told:
            yield Refusal("DCP 400 6.11", f"{point.supplier} does not know that {mpan} is assessed")


def _proposed(ledger: Ledger) -> Iterator[Refusal]:
    yield from _suppliers(ledger)
    if not ledger.surveyed:
        yield Refusal("DCP 400 6.2", "the room was not surveyed")
    if ledger.design is None:
        yield Refusal(f"{_MODEL} 2", "there is no design")
    for said, what in ((ledger.risk_acceptable, "risk"), (ledger.impact_acceptable, "impact")):
        if said is None:
            yield Refusal(f"{_MODEL} 2", f"the {what} of the works was not assessed")
        elif not said:
            yield Refusal(f"{_MODEL} 2", f"the {what} of the works is not acceptable")


def _priced(ledger: Ledger) -> Iterator[Refusal]:
    """The economic test weighs as much as the impact on consumers: either alone can end it."""
    clause = f"{_MODEL} 3"
    if ledger.price is None:
        yield Refusal(clause, "the design was not priced")
    elif ledger.price[0] > ledger.price[1]:
        cost, benefit = ledger.price
        yield Refusal(clause, f"costs £{cost:,}, more than the benefit of £{benefit:,}")
    if not ledger.impact_acceptable:
        yield Refusal(clause, "the impact on consumers is not acceptable")


def _agreed(ledger: Ledger) -> Iterator[Refusal]:
    yield from _suppliers(ledger)
    for party in ledger.resolving_parties():
        building = party == ledger.site.building_owner
        touched = any(each.owner is Owner.BUILDING_OWNER for each in ledger.room.items)
        if party not in ledger.costs_agreed and (touched or not building):
            yield Refusal("DCP 400 6.4", f"{party} has not agreed to the costs")
