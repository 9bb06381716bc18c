import pytest

from emulator.kernel.errors import UsageError
from emulator.rf_noise.mistakes import Mistakes


def test_every_mistake_is_told_with_file_and_row() -> None:
    mistakes = Mistakes("noise.csv")
    mistakes.refuse(3, "no RBW")
    mistakes.refuse(9, "'x' is no number", "expected a number")

    with pytest.raises(UsageError) as refusal:
        mistakes.check()

    assert refusal.value.problems == ("noise.csv:3: no RBW", "noise.csv:9: 'x' is no number")


def test_rows_that_break_one_rule_are_counted_after_the_fifth() -> None:
    mistakes = Mistakes("noise.csv")
    for row in range(1, 1001):
        mistakes.refuse(row, "'x' is no number", "expected a number")

    assert len(mistakes.problems) == 6
    assert mistakes.problems[-1] == "noise.csv: 995 more rows: expected a number"


def test_file_without_mistakes_passes() -> None:
    Mistakes("noise.csv").check()
