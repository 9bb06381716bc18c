"""What a device claims to be able to do, and so need not show (SEC App. J 6.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.cases import Case
from emulator.bench.cases.checks import WORK
from emulator.gbcs.use_cases.record import UseCase
from emulator.gbcs_device.device_kind import DeviceKind


@dataclass(frozen=True, slots=True)
class Profile:
    """What one device does without.

    Args:
        without: use cases that it cannot carry out, by number or code, with the reason.
        places: where each of them is said, `FILE:LINE`.
    """

    without: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def excuse(self, case: Case) -> str:
        """The line of the profile because of which a case is not applicable; empty if none is."""
        if case.check not in WORK:
            return ""
        for name in names_of(case.use_case):
            if name in self.without:
                place = f"{self.places[name]}: " if name in self.places else ""
                return f"{place}{name}: {self.without[name]}"
        return ""


def names_of(use_case: UseCase) -> tuple[str, ...]:
    """How people name a use case: `ECS17b` and `0027`."""
    code = f"{use_case.code:04X}"
    return (code,) if use_case.name is None else (use_case.name, code)


_TWIN: Final = "a single-element meter has no objects of the second element"
_SUPPLY: Final = "a single-phase meter has no objects of other phases"
_NO_VALUES: Final = "a proxy whose meter has reported nothing holds no such values"
EMULATED: Final[Mapping[DeviceKind, Profile]] = MappingProxyType(
    {
        DeviceKind.ESME: Profile(
            {
                "ECS01c": _TWIN,
                "ECS01d": _TWIN,
                "ECS23b": _SUPPLY,
                "ECS24b": _TWIN,
                "ECS26k": _SUPPLY,
                "ECS29b": _SUPPLY,
                "ECS29d": _SUPPLY,
                "ECS29f": _SUPPLY,
            }
        ),
        DeviceKind.GPF: Profile(
            dict.fromkeys(("GCS21b", "GCS21j", "GCS33", "GCS38", "GCS46"), _NO_VALUES)
        ),
    }
)
"""Of the emulated devices as they leave the factory, where a campaign gives no profile."""
