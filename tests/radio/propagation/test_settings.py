from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import unverified
from emulator.radio.propagation.settings import PropagationSettings


@pytest.mark.parametrize(
    "wrong",
    [
        {"shadowing": -1.0},
        {"fading": 41.0},
        {"band_correlation": 1.5},
        {"fading_hold": 0},
        {"exponent": 0.0},
    ],
)
def test_what_is_no_spread_correlation_or_time_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=next(iter(wrong))):
        PropagationSettings(**wrong)


def test_what_no_document_proves_says_so() -> None:
    assert {"shadowing", "fading", "floor_exponent"} <= set(unverified(PropagationSettings()))
