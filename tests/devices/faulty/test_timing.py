"""Dates and clocks."""

import pytest

from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import case_named
from tests.devices.faulty.caught import CAUGHT, defects_in


@pytest.mark.parametrize("defect", defects_in("timing"))
def test_it_is_caught_by_a_case_that_names_the_right_clause(defect: str) -> None:
    caught = CAUGHT[defect]

    judged = caught.on(defect)

    assert judged.verdict is Verdict.FAIL
    assert judged.field.startswith(caught.field)
    assert case_named(caught.case).clause.startswith(caught.clause)
