from typing import Any

import pytest

from emulator.rf_noise.limits.mask_checks import check_mask
from emulator.rf_noise.limits.toml_rows import TomlRows
from emulator.rf_noise.mistakes import Mistakes


def told(mask: Any, low: float = 1.0, high: float = 3.0) -> list[str]:
    mistakes = Mistakes("t.toml")
    check_mask({"mask": mask, "from_hz": low, "to_hz": high}, TomlRows("", mistakes), 1)
    return [problem.partition(": ")[2] for problem in mistakes.problems]


def test_mask_that_covers_its_band_in_steps_is_good() -> None:
    assert told([[1, -9], [2, -9], [2, -8], [3, -8]]) == []


@pytest.mark.parametrize(
    ("mask", "count"),
    [([[2, -9], [3, -9]], 1), ([[2, -9], [2.5, -9]], 2), ([[0.5, -9], [3, -9]], 1), ("no", 1)],
)
def test_gaps_and_overhangs_are_mistakes(mask: Any, count: int) -> None:
    assert len(told(mask)) == count
