"""The radio of a device that is really there: known kinds pass, others are refused in words."""

import pytest

from emulator.bench.running.outside import Outside, check_url
from emulator.kernel.errors import UsageError


def test_the_hub_gets_the_radio_and_a_rehearsal_needs_no_clock() -> None:
    outside = Outside(url="simulated:x")

    assert outside.radios == {"hub": "simulated:x"}
    assert (outside.rehearsed, outside.speed) == (True, "max")


@pytest.mark.parametrize("url", ["moon:1", "simulated", ""])
def test_a_kind_that_nobody_brings_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match=r"expected KIND:PLACE, KIND one of .*simulated"):
        check_url(url)


def test_a_known_kind_passes() -> None:
    check_url("simulated:x")
