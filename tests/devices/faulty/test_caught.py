"""Every defect has a case that catches it, which a good device passes."""

import re

import pytest

from emulator.bench.running.defects import says
from emulator.kernel.extensions import load, names
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import case_named
from tests.devices.faulty.caught import CAUGHT, Caught


def test_every_defect_that_is_declared_has_a_case_that_catches_it() -> None:
    assert set(CAUGHT) == set(names("hanlab.defects"))
    assert len(CAUGHT) >= 40


@pytest.mark.parametrize("defect", CAUGHT)
def test_what_a_defect_says_of_itself_is_the_clause_of_its_case(defect: str) -> None:
    told = re.search(r"\(against (.*?)\)", " ".join(says(load("hanlab.defects", defect)).split()))

    assert told is not None
    assert case_named(CAUGHT[defect].case).clause.startswith(told.group(1))


@pytest.mark.parametrize("caught", dict.fromkeys(CAUGHT.values()))
def test_a_good_device_passes_the_case(caught: Caught) -> None:
    assert caught.on().verdict is Verdict.PASS
