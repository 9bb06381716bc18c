"""Which neighbouring fields of a `Struct` become one `struct` call.

Fields of fixed size, one byte order and one condition form a run of cells; neighbouring bits share
a cell.
"""

import struct
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from emulator.kernel.errors import LocalError
from emulator.wire.codecs import Bits, Fixed, UInt
from emulator.wire.plan import Condition, FieldPlan

NATIVE: Final = {1: "B", 2: "H", 4: "I", 8: "Q"}
"""Sizes in octets that `struct` has a letter for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One `struct` item: an integer, octets, or the integer that a group of bits shares."""

    plans: tuple[FieldPlan, ...]
    size: int
    code: str


@dataclass(frozen=True, slots=True)
class Run:
    """Cells that one `struct` call reads or writes, all of them there or none."""

    cells: tuple[Cell, ...]
    layout: struct.Struct
    present: Condition | None

    @property
    def plans(self) -> tuple[FieldPlan, ...]:
        """Every field of every cell, in order."""
        return tuple(plan for cell in self.cells for plan in cell.plans)


def runs(plans: tuple[FieldPlan, ...]) -> list[Run | FieldPlan]:
    """Fields grouped: a list of cells is one `struct` call, a plan stands alone.

    Raises:
        LocalError: when neighbouring bits can be split into no integers of 1, 2, 4 or 8 octets.
    """
    cells: list[Cell | FieldPlan] = []
    shared: list[FieldPlan] = []
    for plan in plans:
        if isinstance(plan.codec, Bits):
            shared.append(plan)
            width = sum(p.codec.width for p in shared if isinstance(p.codec, Bits))
            if width % 8 == 0 and width // 8 in NATIVE and _closes(plans, plan, width):
                cells.append(Cell(tuple(shared), width // 8, NATIVE[width // 8]))
                shared = []
            continue
        _no_bits_left(shared)
        cells.append(_fixed_cell(plan) or plan)
    _no_bits_left(shared)
    grouped: list[Run | FieldPlan] = []
    for (order, present), group in groupby(cells, key=_kind):
        if order is None:
            grouped.extend(item for item in group if isinstance(item, FieldPlan))
        else:
            members = tuple(item for item in group if isinstance(item, Cell))
            layout = struct.Struct(order + "".join(cell.code for cell in members))
            grouped.append(Run(members, layout, present))
    return grouped


def plans_of(part: Run | FieldPlan) -> tuple[FieldPlan, ...]:
    """The fields of a run, or the one that stands alone."""
    return part.plans if isinstance(part, Run) else (part,)


def _no_bits_left(shared: list[FieldPlan]) -> None:
    if shared:
        names = ", ".join(plan.name for plan in shared)
        raise LocalError(f"{names}: bits that share no integer of 1, 2, 4 or 8 octets")


def _closes(plans: tuple[FieldPlan, ...], plan: FieldPlan, width: int) -> bool:
    """Whether a bit group may end here: no more neighbours, or too many for one integer."""
    following = plans[plans.index(plan) + 1 :]
    rest = 0
    for after in following:
        if not isinstance(after.codec, Bits):
            break
        rest += after.codec.width
    return rest == 0 or (rest + width) // 8 not in NATIVE


def _fixed_cell(plan: FieldPlan) -> Cell | None:
    codec = plan.codec
    if isinstance(codec, UInt) and codec.size in NATIVE:
        letter = NATIVE[codec.size]
        return Cell((plan,), codec.size, letter.lower() if codec.signed else letter)
    if isinstance(codec, Fixed):
        return Cell((plan,), codec.size, f"{codec.size}s")
    return None


def _kind(item: Cell | FieldPlan) -> tuple[str | None, Condition | None]:
    """What neighbours in one run have in common: byte order and condition."""
    if isinstance(item, FieldPlan):
        return None, None
    plan = item.plans[0]
    big = isinstance(plan.codec, UInt) and plan.codec.order == "big"
    return ">" if big else "<", plan.present
