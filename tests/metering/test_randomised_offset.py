import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.streams import Streams
from emulator.metering.randomised_offset import RandomisedOffset

METERS = [RandomisedOffset(Streams(1).stream(f"meter {n}", "offset")) for n in range(200)]


def test_offset_is_within_its_limit_and_differs_between_meters() -> None:
    offsets = [each.seconds(1799) for each in METERS]

    assert all(0 <= each <= 1799 for each in offsets)
    assert len(set(offsets)) > 150


def test_offset_of_a_meter_stays() -> None:
    assert METERS[0].seconds(600) == METERS[0].seconds(600)
    assert METERS[0].seconds(0) == 0


@pytest.mark.parametrize("limit", [-1, 1800])
def test_limit_beyond_what_is_allowed_is_refused(limit: int) -> None:
    with pytest.raises(UsageError, match="1799"):
        METERS[0].seconds(limit)
