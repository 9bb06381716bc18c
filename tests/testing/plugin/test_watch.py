"""What hanlab refuses fails a test in words."""

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.testing.plugin.watch import refusals_in_words


@pytest.mark.parametrize("refusal", [UsageError("no meter"), EnvironmentFault("no meter")])
def test_a_refusal_becomes_a_failure_without_a_traceback(refusal: Exception) -> None:
    with pytest.raises(pytest.fail.Exception, match="no meter") as told, refusals_in_words():
        raise refusal

    assert told.value.pytrace is False


def test_other_faults_stay_what_they_are() -> None:
    with pytest.raises(ZeroDivisionError), refusals_in_words():
        _ = 1 / 0
