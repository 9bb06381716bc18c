"""Which fields are there, where the bits that a format begins with tell it.

A control field takes few values in a run, and what follows each of them is worked out once, as its
bits are (`emulator.wire.bit_groups`). A condition that asks for other fields, too, is left to them.
"""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace

from emulator.wire.bit_groups import KEPT_SIZE, Apart
from emulator.wire.codecs import Bits
from emulator.wire.plan import Condition, FieldPlan
from emulator.wire.runs import Cell, Run


class Presence(dict[int, tuple[bool | None, ...]]):
    """For each integer that bits share: which conditions hold; None where bits do not tell.

    Args:
        owner: name of the format.
        cell: the bits.
        conditions: what is asked.
    """

    def __init__(self, owner: str, cell: Cell, conditions: Sequence[Condition]) -> None:
        super().__init__()
        self._apart = Apart(owner, cell.plans, cell.size)
        self._names = tuple(plan.name for plan in cell.plans)
        self._conditions = tuple(conditions)

    def __missing__(self, shared: int) -> tuple[bool | None, ...]:
        values = self._apart.work_out(shared, 0)
        bits = SimpleNamespace(**dict(zip(self._names, values, strict=True)))
        found = self[shared] = tuple(_holds(condition, bits) for condition in self._conditions)
        return found


def _holds(condition: Condition, bits: SimpleNamespace) -> bool | None:
    try:
        return bool(condition(bits))
    except AttributeError:
        return None


def presence(owner: str, parts: Sequence[Run | FieldPlan]) -> tuple[Presence, Mapping[int, str]]:
    """What leading bits tell, and the variable for each part that depends on a condition.

    Both are empty for a format that does not begin with bits, or with more than are kept.
    """
    cell = _leading_bits(parts)
    asked = [] if cell is None else [(n, each.present) for n, each in enumerate(parts)]
    conditions = [condition for _, condition in asked if condition is not None]
    variables = {n: f"p{n}" for n, condition in asked if condition is not None}
    return Presence(owner, cell or Cell((), 0, ""), conditions), variables


def _leading_bits(parts: Sequence[Run | FieldPlan]) -> Cell | None:
    first = parts[0] if parts else None
    if not isinstance(first, Run) or first.present is not None:
        return None
    cell = first.cells[0]
    return cell if isinstance(cell.plans[0].codec, Bits) and cell.size <= KEPT_SIZE else None


def asks(number: int, variables: Mapping[int, str]) -> str:
    """The expression that says whether the part of a number is there."""
    general = f"present{number}(obj)"
    told = variables.get(number)
    return general if told is None else f"{general} if {told} is None else {told}"
