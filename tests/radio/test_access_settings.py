from typing import Any

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.units import seconds
from emulator.radio.access_settings import DutyCycleSettings, ListenBeforeTalkSettings


@pytest.mark.parametrize(
    "wrong", [{"free": 0}, {"step": 0}, {"steps": -1}, {"retries": -1}], ids=str
)
def test_access_that_could_never_send_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="expected"):
        ListenBeforeTalkSettings(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"limited": 0},
        {"limited": seconds(80)},
        {"critical": seconds(95)},
        {"bucket": 0},
        {"buckets": 0},
    ],
    ids=str,
)
def test_limits_that_are_out_of_order_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="expected"):
        DutyCycleSettings(**wrong)


@pytest.mark.parametrize(("page", "allowed"), [(28, 100), (29, 100), (30, 90), (31, 90)])
def test_regulator_allows_less_on_the_higher_pages(page: int, allowed: int) -> None:
    assert DutyCycleSettings().ceiling(page) == seconds(allowed)
