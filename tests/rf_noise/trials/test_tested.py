from dataclasses import replace

import pytest

from emulator.lab.kept.result import Verdict
from emulator.lab.steps.unmet import StepFailed
from emulator.rf_noise.trials.shipped import EXAMPLE_LIMITS, shipped_path
from emulator.rf_noise.trials.tested import check_request, judge_bands, refused, show_findings
from tests.rf_noise.trials.homes import noisy_home

HOT_SHOE = tuple(
    shipped_path(f"hot-shoe-{name}") for name in ("423.dat", "868.dat", "900.dat", "2400.csv")
)


def test_refusal_by_its_clause_passes() -> None:
    lab = noisy_home().lab
    asked = check_request(HOT_SHOE, EXAMPLE_LIMITS, chas="EXAMPLE-CHAS-1")

    refused(lab, "another device", "SEC H14.46", asked, dut="IHD")

    assert lab.steps[-1].verdict is Verdict.PASS


def test_what_is_not_refused_fails() -> None:
    lab = noisy_home().lab
    asked = check_request(HOT_SHOE, EXAMPLE_LIMITS, chas="EXAMPLE-CHAS-1")

    with pytest.raises(StepFailed):
        refused(lab, "the ESME", "SEC H14.46", asked, dut="esme")


@pytest.mark.slow
def test_bands_are_judged_one_by_one_and_shown() -> None:
    lab = noisy_home().lab
    asked = check_request(HOT_SHOE, EXAMPLE_LIMITS, chas="EXAMPLE-CHAS-1")

    show_findings(lab, judge_bands(lab, asked))

    assert [step.name for step in lab.steps] == [
        "without limits nothing is decided",
        "margin at 423 MHz",
        "margin at 900 MHz",
        "margin at 2.4 GHz",
        "margin at 868 MHz",
    ]
    assert any("made up" in note for note in lab.notes)
    assert len(lab.pictures) == 7
    assert sum("hot-shoe" in each.path for each in lab.inputs) == 4


def test_band_above_its_mask_fails() -> None:
    lab = noisy_home().lab
    asked = check_request(HOT_SHOE, EXAMPLE_LIMITS, chas="EXAMPLE-CHAS-1")

    with pytest.raises(StepFailed):
        judge_bands(lab, replace(asked, cable_loss=20.0))
