"""What an electricity meter writes down at midnight and at the end of a billing period.

SMETS2 5.7.5.10, 5.7.5.13 and 5.7.5.26: billing data log, daily read log, prepayment daily read log.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from emulator.metering.prepayment.account import Account
from emulator.metering.quantities import DAY

DAYS_KEPT: Final = 31
BILLS_KEPT: Final = 12
"""Entries (use-case annex of GBCS, ECS20b, ECS20c, ECS21a)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balances:
    """What an account holds, in millipence."""

    emergency: int = 0
    balance: int = 0
    payment_debt: int = 0
    time_debts: tuple[int, int] = (0, 0)
    accumulated_debt: int = 0

    @classmethod
    def of(cls, account: Account) -> Self:
        """Those of an account, now."""
        first, second = account.time_debts
        return cls(
            emergency=account.emergency_left,
            balance=account.balance,
            payment_debt=account.payment_debt.remaining,
            time_debts=(first.remaining, second.remaining),
            accumulated_debt=account.accumulated_debt,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRead:
    """Registers at one time.

    Args:
        own: when, own time.
        imported: watt hours; `secondary` of a second element, `exported` of the other way.
        time_of_use: watt hours by register; those that are not there are zero.
        blocks: by block and time of use.
        second_element: by register of its own tariff.
        prepaid: whether the meter was in prepayment mode.
    """

    own: int
    imported: int
    secondary: int
    exported: int
    time_of_use: tuple[tuple[int, int], ...]
    blocks: tuple[tuple[int, int, int], ...]
    second_element: tuple[tuple[int, int], ...]
    balances: Balances
    prepaid: bool


Look = Callable[[int], RegisterRead]
"""Reads the registers, as of an own time."""


class DailyReads:
    """Reads at each midnight; a follower.

    Args:
        look: reads the registers.
        own: now.
    """

    def __init__(self, look: Look, own: int) -> None:
        self._look = look
        self._day = own // DAY
        self.entries: deque[RegisterRead] = deque(maxlen=DAYS_KEPT)

    def next_change(self, own: int) -> int:
        """Own time of the next midnight."""
        return (own // DAY + 1) * DAY

    def passed(self, amount: int, start: int, end: int) -> None:  # noqa: ARG002 - the one shape
        """Read, when a day is over."""
        if end // DAY > self._day:
            self._day = end // DAY
            self.entries.append(self._look(self._day * DAY))

    def snapshot(self) -> dict[str, Any]:
        """Its state, as JSON knows it."""
        return {"day": self._day, "entries": saved_reads(self.entries)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on as a snapshot says."""
        self._day = state["day"]
        self.entries = restored_reads(state["entries"], DAYS_KEPT)


def saved_reads(entries: deque[RegisterRead]) -> list[dict[str, Any]]:
    """Entries of a log, as JSON knows them."""
    return [asdict(each) for each in entries]


def restored_reads(saved: list[dict[str, Any]], limit: int) -> deque[RegisterRead]:
    """The entries that were saved."""
    return deque((_restored(each) for each in saved), maxlen=limit)


def _restored(saved: Mapping[str, Any]) -> RegisterRead:
    first, second = saved["balances"]["time_debts"]
    return RegisterRead(
        own=saved["own"],
        imported=saved["imported"],
        secondary=saved["secondary"],
        exported=saved["exported"],
        time_of_use=tuple((register, counts) for register, counts in saved["time_of_use"]),
        blocks=tuple((block, time, counts) for block, time, counts in saved["blocks"]),
        second_element=tuple((register, counts) for register, counts in saved["second_element"]),
        prepaid=saved["prepaid"],
        balances=Balances(**{**saved["balances"], "time_debts": (first, second)}),
    )
