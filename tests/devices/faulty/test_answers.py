"""Answers that are not as they should be."""

import pytest

from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, case_named
from tests.devices.faulty.caught import CAUGHT, defects_in


@pytest.mark.parametrize("defect", defects_in("answers"))
def test_it_is_caught_by_a_case_that_names_the_right_clause(defect: str) -> None:
    caught = CAUGHT[defect]

    judged = caught.on(defect)

    assert judged.verdict is Verdict.FAIL
    assert judged.field.startswith(caught.field)
    assert case_named(caught.case).clause.startswith(caught.clause)


@pytest.mark.parametrize("defect", defects_in("answers"))
def test_an_answer_without_items_is_no_error_of_the_bench(defect: str) -> None:
    kind = DeviceKind(CAUGHT[defect].case.partition("/")[0])
    case = {DeviceKind.ESME: "ESME/0062/ECS70/equal-counter"}.get(kind, CAUGHT[defect].case)

    assert bench(kind, defect=defect).run(case_named(case)).verdict is not Verdict.ERROR
