"""Every case of a kind of device: what its records ask, and what its nature asks."""

from emulator.bench.cases.cases import Case, cases_of
from emulator.bench.cases.further_cases import further_cases
from emulator.bench.cases.nature_cases import nature_cases
from emulator.gbcs_device.device_kind import DeviceKind


def every_case(kind: DeviceKind) -> tuple[Case, ...]:
    """Every case of a kind of device; names are unique among them."""
    asked = cases_of(kind)
    return (*asked, *further_cases(asked), *nature_cases(kind, asked))
