"""What is done to a device that is fuzzed, and what is not."""

from dataclasses import dataclass
from typing import Final

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.campaigns.profile import EMULATED, Profile, names_of
from emulator.bench.cases.cases import Case
from emulator.bench.cases.checks import Check
from emulator.bench.running.benched_home import DeviceUnderTest
from emulator.gbcs.use_cases.destructive import destructive
from emulator.kernel.errors import UsageError
from emulator.kernel.units import Duration, seconds

_PACE: Final = seconds(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzPlan:
    """How a device is fuzzed.

    Args:
        tested: which device, and how it is reached.
        use_cases: by number or code; all that the device answers where empty.
        pace: the least time from one message to the next; in real time for a real device.
        destructive: whether commands may be sent that a device may not come back from.
        power_cuts: whether its power may be cut.
        profile: what it does without; that of the emulated device unless given.
    """

    tested: DeviceUnderTest
    use_cases: tuple[str, ...] = ()
    pace: Duration = _PACE
    destructive: bool = False
    power_cuts: bool = True
    profile: Profile | None = None

    def cases(self) -> dict[str, Case]:
        """What is sent, by the name of its use case, the simplest first.

        Raises:
            UsageError: when a use case is none of the device's, or needs leave to be sent.
        """
        kind = self.tested.kind
        profile = self.profile or EMULATED.get(kind, Profile())
        known = [each for each in known_cases(kind).values() if each.check is Check.SUCCESS]
        problems = list(self._mistakes(known))
        if problems:
            raise UsageError(*problems)
        chosen = [
            each
            for each in known
            if self._chosen(each) and not profile.excuse(each) and self._allowed(each)
        ]
        if not chosen:
            raise UsageError(f"nothing is left to send to {kind.value}")
        return {_name(each): each for each in sorted(chosen, key=_simplest_first)}

    def _chosen(self, case: Case) -> bool:
        names = {each.upper() for each in self.use_cases}
        return not names or any(each.upper() in names for each in names_of(case.use_case))

    def _allowed(self, case: Case) -> bool:
        return self.destructive or not destructive(case.use_case)

    def _mistakes(self, known: list[Case]) -> list[str]:
        problems: list[str] = []
        for name in self.use_cases:
            found = [
                each for each in known if name.upper() in map(str.upper, names_of(each.use_case))
            ]
            if not found:
                problems.append(f"{self.tested.kind.value} answers no use case {name!r}")
            elif not any(map(self._allowed, found)):
                problems.append(f"{name}: {found[0].use_case.title}: only with destructive=True")
        return problems


def _name(case: Case) -> str:
    return f"{case.use_case.code:04X} {case.use_case.name or case.use_case.title}"


def _simplest_first(case: Case) -> tuple[bool, bool, int]:
    """Reads before writes: what shrinking ends at should change as little as it can."""
    return case.use_case.access is None, bool(case.use_case.critical), case.use_case.code
