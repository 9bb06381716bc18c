"""Cycles are searched seldom, but they are."""

import gc
from collections.abc import Iterator

import pytest

from emulator.kernel.collector import keep_what_is_there, search_seldom


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


def test_what_is_there_is_kept_out_of_searches() -> None:
    before = gc.get_freeze_count()

    keep_what_is_there()

    try:
        assert gc.get_freeze_count() > before
        assert len(gc.get_objects()) < gc.get_freeze_count()
    finally:
        gc.unfreeze()
