"""The whole library: names are unique, and there is enough of it."""

import pytest

from emulator.bench.cases.cases import cases_of
from emulator.bench.cases.library import every_case
from emulator.gbcs_device.device_kind import DeviceKind


@pytest.mark.parametrize("kind", DeviceKind)
def test_names_are_unique_and_the_records_cases_come_first(kind: DeviceKind) -> None:
    made, asked = every_case(kind), cases_of(kind)

    assert len({each.name for each in made}) == len(made)
    assert made[: len(asked)] == asked


def test_there_are_thousands_of_cases() -> None:
    assert sum(len(every_case(kind)) for kind in DeviceKind) > 6000
