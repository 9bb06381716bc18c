"""Whose permission a piece of works needs, and what is barred whoever permits it.

Customer, supplier, distributor and building owner each have their own say: the customer to each
kind of works at its meter point (4.10), supplier and distributor through DCUSA to works within the
definition and one by one to others (6.9, 6.10), the building owner outside any code (6.12).
"""

from collections.abc import Iterator
from typing import Final

from emulator.alt_han.coordination.ledger import Ledger, PointState
from emulator.alt_han.coordination.parties import Supply
from emulator.alt_han.meter_room.items import Item, Owner
from emulator.alt_han.meter_room.works import CLAUSES, Work, WorkKind, never, within_scope
from emulator.alt_han.refusal import Refusal

_SWITCHING: Final = (WorkKind.DE_ENERGISE, WorkKind.RE_ENERGISE)


def barred(ledger: Ledger, work: Work) -> Refusal | None:
    """The first rule that bars a piece of works now; None when it may be done."""
    return next(_bars(ledger, work), None)


def _bars(ledger: Ledger, work: Work) -> Iterator[Refusal]:
    if not ledger.accredited:
        yield Refusal("DCP 400 4.10", "no contractor accredited as Meter Equipment Manager")
    item = ledger.item(work.item)
    if work.kind not in _SWITCHING and item is None:
        yield Refusal(CLAUSES[work.kind], f"no item {work.item!r} in the room")
    barred = never(work, item)
    if barred is not None:
        yield barred
    mpan = work.meter_point or (item.meter_point if item is not None else "")
    point = ledger.points.get(mpan)
    if point is None and work.kind in _SWITCHING:
        yield Refusal(CLAUSES[work.kind], f"no meter point {mpan!r} in the room")
    if point is not None:
        yield from _at_point(point, work)
    if item is not None:
        yield from _by_owner(ledger, work, item)


def _at_point(point: PointState, work: Work) -> Iterator[Refusal]:
    mpan = point.point.mpan
    if not point.point.whole_current:
        yield Refusal("DCP 400 4.10", f"{mpan} is not whole current metering")
    if not point.customer_told:
        reason = f"the customer of {mpan} was not told that this is not for the distributor"
        yield Refusal("DCP 400 4.10", reason)
    if work.kind not in point.permitted:
        reason = f"the customer of {mpan} has not permitted to {work.kind.value}"
        yield Refusal("DCP 400 4.10", reason)
    if work.kind is WorkKind.DE_ENERGISE and point.supply is not Supply.ENERGISED:
        yield Refusal("DCP 400 6.9 (a)", f"{mpan} is {point.supply.value}")
    if work.kind is WorkKind.RE_ENERGISE and point.supply is not Supply.SWITCHED_OFF:
        reason = f"{mpan} is {point.supply.value}: only what the coordinator switched off"
        yield Refusal("DCP 400 4.10", reason)
    if work.kind not in _SWITCHING and point.supply is Supply.ENERGISED:
        yield Refusal("DCP 400 6.9 (a)", f"{mpan} is to be de-energised first")


def _by_owner(ledger: Ledger, work: Work, item: Item) -> Iterator[Refusal]:
    owner = ledger.owner_of(item)
    if item.owner is Owner.BUILDING_OWNER and not ledger.owner_agreed:
        yield Refusal("DCP 400 6.12", f"{owner} has not agreed to works on {item.name}")
    approved = any(
        (party, item.name, work.kind) in ledger.further
        for party in (ledger.site.distributor, *ledger.suppliers(), owner)
    )
    if not within_scope(work, item) and not approved:
        reason = f"to {work.kind.value} {item.name} is outside the works: further approval of"
        yield Refusal("DCP 400 6.10", f"{reason} the distributor or a supplier")
    theirs = (owner, item.name, work.kind) in ledger.further
    takes_away = work.kind is WorkKind.REMOVE and item.redundant
    if takes_away and item.owner in (Owner.DISTRIBUTOR, Owner.SUPPLIER) and not theirs:
        yield Refusal("DCP 400 6.8", f"{owner} has not permitted to remove its {item.name}")
