"""Words by which cases are chosen, out of the record of their use case."""

from collections.abc import Iterator
from typing import Final

from emulator.bench.cases.checks import WORK, Check
from emulator.gbcs.use_cases.destructive import destructive
from emulator.gbcs.use_cases.record import UseCase

DESTRUCTIVE: Final = "destructive"
_DATED: Final = frozenset({Check.FUTURE_DATED, Check.CANCELLED, Check.PAST})
_COUNTER: Final = frozenset(
    {
        Check.REPLAYED,
        Check.EQUAL_COUNTER,
        Check.LOWER_COUNTER,
        Check.COUNTER_AFTER_POWER_LOSS,
    }
)


def tags_of(use_case: UseCase, check: Check) -> tuple[str, ...]:
    """The tags of a case, in order."""
    return tuple(dict.fromkeys((*_of_use_case(use_case), *_of_check(check))))


def _of_use_case(use_case: UseCase) -> Iterator[str]:
    yield use_case.category.value
    yield from use_case.payloads.get("command", ())
    if use_case.critical:
        yield "critical"
    if destructive(use_case):
        yield DESTRUCTIVE
    if use_case.sensitive:
        yield "sensitive"
    if use_case.access is not None:
        yield use_case.access.value
    for service in use_case.services:
        yield f"SRV {service}"


def _of_check(check: Check) -> Iterator[str]:
    if check in _DATED:
        yield "dated"
    elif check in _COUNTER:
        yield "counter"
    yield "works" if check in WORK else "refusal"
