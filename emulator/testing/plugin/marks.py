"""Markers that say what a test is about, and tests chosen by them."""

from collections.abc import Iterator, Sequence
from typing import Final

import pytest

CLAUSE: Final = "clause"
USE_CASE: Final = "use_case"
MARKERS: Final = (
    "clause(document_and_clause, ...): what the device departs from when the test fails",
    "use_case(name, ...): the GBCS use case the test is about, as ECS17b or 0027",
    "lab(shipment=, seed=, settings=, scenario=): what the laboratory of the test is made of",
    "bench(kind=, checks=, cases=, defect=, reach=): the device that bench cases are run against",
)


def clauses(item: pytest.Item) -> tuple[str, ...]:
    """The clauses of a test, those of its own first.

    Raises:
        pytest.UsageError: when a marker names none.
    """
    return tuple(dict.fromkeys(_words(item, CLAUSE)))


def use_cases(item: pytest.Item) -> tuple[str, ...]:
    """The use cases of a test.

    Raises:
        pytest.UsageError: when a marker names none.
    """
    return tuple(dict.fromkeys(_words(item, USE_CASE)))


def selected(config: pytest.Config, items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The tests that the command line asks for."""
    clause = config.getoption("--hanlab-clause")
    use_case = config.getoption("--hanlab-usecase")
    return [
        item
        for item in items
        if (not clause or any(each.startswith(clause) for each in clauses(item)))
        and (not use_case or use_case.upper() in {each.upper() for each in use_cases(item)})
    ]


def _words(item: pytest.Item, name: str) -> Iterator[str]:
    for mark in item.iter_markers(name):
        if not mark.args or mark.kwargs or not all(isinstance(each, str) for each in mark.args):
            raise pytest.UsageError(f"{item.nodeid}: marker {name}: expected texts, {name}('...')")
        yield from mark.args
