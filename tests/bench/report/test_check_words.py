"""What each check tries."""

import pytest

from emulator.bench.cases.checks import Check
from emulator.bench.report.check_words import check_words


@pytest.mark.parametrize("check", list(Check))
def test_every_check_of_the_bench_is_told_in_words(check: Check) -> None:
    assert check_words(check.value) != check.value


def test_a_check_of_a_user_stands_for_itself() -> None:
    assert check_words("my-own") == "my-own"
