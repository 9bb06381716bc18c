"""Cycles are searched seldom, but they are."""

import gc
from collections.abc import Iterator

import pytest

from emulator.kernel.collector import search_seldom


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_cycles_are_searched_seldom_but_not_never() -> None:
    gc.set_threshold(700, 10, 10)

    search_seldom()

    assert gc.isenabled()
    assert 700 < gc.get_threshold()[0] < 1_000_000
