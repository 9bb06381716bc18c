"""Devices that do not get into their home: a failure of two cases, trouble for all others."""

import pytest

from emulator.bench.running.arrival import outside, trial
from emulator.bench.running.benched_home import Reach
from emulator.bench.running.defects import NotJoinedError
from emulator.kernel.errors import EnvironmentFault
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import case_named, on_test

FAIL, PASS, ERROR = Verdict.FAIL, Verdict.PASS, Verdict.ERROR
FIRST = "ESME/0013/CS07"


@pytest.mark.parametrize(
    ("check", "joined", "verdict"),
    [
        ("joins", False, FAIL),
        ("joins", True, PASS),
        ("agrees-key", False, Verdict.INCONCLUSIVE),
        ("agrees-key", True, FAIL),
        ("success", False, ERROR),
    ],
)
def test_how_far_a_device_came_decides(check: str, joined: bool, verdict: Verdict) -> None:
    fault = NotJoinedError("it waits", joined=joined)

    assert outside(case_named(f"{FIRST}/{check}"), fault).verdict is verdict


def test_trouble_of_the_surroundings_is_no_failure_of_the_device() -> None:
    judged = outside(case_named(f"{FIRST}/joins"), EnvironmentFault("no radio"))

    assert judged.verdict is ERROR
    assert "no radio" in judged.reason


def test_a_device_that_comes_up_is_tried() -> None:
    case = case_named(f"{FIRST}/joins")

    assert trial(on_test(case.kind, reach=Reach.HAN), case).verdict is PASS
    assert trial(on_test(case.kind), case).verdict is Verdict.NOT_APPLICABLE
