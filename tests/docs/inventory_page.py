"""The page of the inventory's rules, out of the tables that are the rules."""

from collections.abc import Iterable, Iterator
from typing import Final

from emulator.dcc.inventory.device_kinds import TYPE_2, WITH_STATUS, DeviceKind
from emulator.dcc.inventory.joins import JOINS
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.transitions import BARS, TRANSITIONS, After, Statuses

_HEAD: Final = """\
# The Smart Metering Inventory

Written by `make reference` out of the tables that the program goes by. A rule marked
**unverified** is proved by no source; how far it may be trusted stands beside it. What no line
allows is refused.

Clauses of SEC App. AC are those that the MP121 report quotes (App. AC 3.0). SRV numbers are those
of DUIS 5.4.

## Changes of status

| occasion | devices | from | to | what must hold | rule |
|---|---|---|---|---|---|
"""
_BARS: Final = """
## Refusals that a clause names

| occasion | devices | status | response code | rule |
|---|---|---|---|---|
"""
_JOINS: Final = """
## What Join Service brings together

| log of | added | SRV | use case | commissions it | log's device commissioned before | rule |
|---|---|---|---|---|---|---|
"""


def inventory_page() -> str:
    """The page of transitions, refusals and joins."""
    return "".join((_HEAD, *_transitions(), _BARS, *_bars(), _JOINS, *_joins()))


def _transitions() -> Iterator[str]:
    for line in TRANSITIONS:
        after = "unchanged" if line.after is After.UNCHANGED else line.after.value
        yield _row(
            line.trigger.value,
            _kinds(line.kinds),
            _statuses(line.before),
            after,
            "; ".join(guard.value for guard in line.guards),
            _rule(line.clause, line.certainty),
        )


def _bars() -> Iterator[str]:
    for bar in BARS:
        yield _row(
            bar.trigger.value,
            _kinds(bar.kinds),
            _statuses(bar.before) if bar.before else "any",
            bar.code or "none known",
            _rule(bar.clause, bar.certainty),
        )


def _joins() -> Iterator[str]:
    for join in JOINS:
        yield _row(
            join.target.value,
            join.other.value,
            join.service,
            join.use_case,
            _yes(join.commissions),
            _yes(join.target_commissioned),
            _rule(join.clause, join.certainty),
        )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _kinds(kinds: Iterable[DeviceKind]) -> str:
    named = tuple(kinds)
    groups = {WITH_STATUS: "every device with a status", TYPE_2: "IHD, CAD"}
    return groups.get(named) or ", ".join(kind.value for kind in named)


def _statuses(statuses: Statuses) -> str:
    return ", ".join(
        "none" if each is None else each.value for each in sorted(statuses, key=_order)
    )


def _order(status: SmiStatus | None) -> int:
    return -1 if status is None else list(SmiStatus).index(status)


def _rule(clause: str, certainty: Certainty) -> str:
    return clause if certainty.verified else f"{clause} (**unverified**: {certainty.value})"


def _yes(holds: object) -> str:
    return "yes" if holds else "no"
