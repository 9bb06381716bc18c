"""What works change in a room, and which are Crowded Meter Room Works (DCP 400 6.9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from emulator.alt_han.meter_room.items import Item, ItemKind
from emulator.alt_han.meter_room.room import MeterRoom
from emulator.alt_han.refusal import Refusal


class WorkKind(Enum):
    """What is done."""

    DE_ENERGISE = "de-energise"
    REPOSITION = "reposition"
    REMOVE = "remove"
    REPLACE = "replace"
    RE_ENERGISE = "re-energise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One thing that is done in the room.

    Args:
        item: what it is done to; empty where a supply is switched.
        meter_point: whose supply is switched, or whose equipment is touched.
        left: where the item hangs afterwards, millimetres; of a repositioning alone.
        bottom: the same.
        emergency: whether a meter is replaced because it must be at once (DCP 400 6.8).
    """

    kind: WorkKind
    item: str = ""
    meter_point: str = ""
    left: int = 0
    bottom: int = 0
    emergency: bool = False


_MOVED: Final = frozenset(
    {
        ItemKind.METER,
        ItemKind.SMETS2_METER,
        ItemKind.CABLING,
        ItemKind.POINT_OF_ISOLATION,
        ItemKind.CUSTOMER_SWITCH,
    }
)
_INHIBITIVE: Final = frozenset({ItemKind.TRUNKING, ItemKind.CABLE_TRAY})
_METERS: Final = frozenset({ItemKind.METER, ItemKind.SMETS2_METER})

CLAUSES: Final[Mapping[WorkKind, str]] = MappingProxyType(
    {
        WorkKind.DE_ENERGISE: "DCP 400 6.9 (a)",
        WorkKind.REPOSITION: "DCP 400 6.9 (b)",
        WorkKind.REMOVE: "DCP 400 6.9 (c), (d)",
        WorkKind.REPLACE: "DCP 400 6.8",
        WorkKind.RE_ENERGISE: "DCP 400 6.9 (e)",
    }
)
"""Where each kind of works is spoken of."""


def within_scope(work: Work, item: Item | None) -> bool:
    """Whether it is one of the Crowded Meter Room Works; others need further approval (6.10)."""
    match work.kind:
        case WorkKind.DE_ENERGISE | WorkKind.RE_ENERGISE:
            return True
        case WorkKind.REPOSITION:
            return item is not None and item.kind in _MOVED
        case WorkKind.REMOVE:
            return item is not None and (item.redundant or item.kind in _INHIBITIVE)
        case WorkKind.REPLACE:
            return False


def never(work: Work, item: Item | None) -> Refusal | None:
    """What nobody's approval makes right: a meter stays, other than in an emergency (6.8)."""
    takes_away = work.kind in (WorkKind.REMOVE, WorkKind.REPLACE)
    if item is not None and item.kind in _METERS and takes_away and not work.emergency:
        reason = f"{item.name} is a meter: removed in an emergency alone"
        return Refusal("DCP 400 6.8", reason)
    return None


def done(room: MeterRoom, work: Work) -> MeterRoom | Refusal:
    """The room once the work is done; a refusal where the result cannot hang there."""
    match work.kind:
        case WorkKind.REPOSITION:
            after = room.with_moved(work.item, work.left, work.bottom)
        case WorkKind.REMOVE:
            after = room.without(work.item)
        case _:
            return room
    problem = next(iter(after.problems()), "")
    return Refusal("the wall", problem) if problem else after
