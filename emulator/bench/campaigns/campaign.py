"""What a campaign is: devices, what they claim, what is agreed, and which cases are run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

from emulator.bench.campaigns.profile import Profile, names_of
from emulator.bench.cases.cases import Case
from emulator.bench.cases.library import every_case
from emulator.bench.running.benched_home import Reach
from emulator.gbcs.use_cases.catalogue import edition
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.shipment import Shipment

_KINDS: Final = 64
MODE = "gfi"
"""The service mode: no WAN, and no simulation of one (SEC H14.52)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDevice:
    """One device of a campaign.

    Args:
        name: in results.
        defect: what is wrong with it on purpose, by name; empty where nothing is.
    """

    name: str
    kind: DeviceKind
    profile: Profile
    defect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """An agreed deviation: shown, never hidden (SEC App. J 6.5(a)).

    Args:
        case: pattern of case names, as `ESME/*/role/*`.
        reason: why it was agreed.
        device: name; any where empty.
    """

    case: str
    reason: str
    device: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which cases are run: those that every list that is not empty names.

    Args:
        use_cases: by number or code.
        checks: as `wrong-mac`.
        clauses: beginnings of clauses, as `GBCS 4.3`.
        cases: patterns of case names.
    """

    use_cases: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()

    def takes(self, case: Case) -> bool:
        """Whether a case is run."""
        named = names_of(case.use_case)
        return (
            (not self.use_cases or any(each in self.use_cases for each in named))
            and (not self.checks or case.check.value in self.checks)
            and (not self.clauses or case.clause.startswith(self.clauses))
            and (not self.cases or any(fnmatchcase(case.name, each) for each in self.cases))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What a file asks for.

    Args:
        name: of the campaign.
        source: the file as the user named it.
        gbcs_version: by which devices are judged.
    """

    name: str
    source: str
    shipment: Shipment
    devices: tuple[CampaignDevice, ...]
    gbcs_version: str = "4.x"
    reach: Reach = Reach.HAN
    seed: int = 1
    repeats: int = 1
    selection: Selection = field(default_factory=Selection)
    waivers: tuple[Waiver, ...] = ()

    def planned(self) -> Iterator["Planned"]:
        """Every case of every device, as often as it is repeated."""
        for repeat in range(self.repeats):
            for device in self.devices:
                for case in known_cases(device.kind).values():
                    if self.selection.takes(case):
                        yield Planned(device, case, repeat)

    def waiver(self, device: str, case: str) -> str:
        """Why a failure of this case was agreed to; empty where it was not."""
        for each in self.waivers:
            if each.device in ("", device) and fnmatchcase(case, each.case):
                return each.reason
        return ""


@dataclass(frozen=True, slots=True)
class Planned:
    """One case on one device, once."""

    device: CampaignDevice
    case: Case
    repeat: int

    @property
    def key(self) -> tuple[str, str, int]:
        """As `emulator.bench.campaigns.results` names results."""
        return self.device.name, self.case.name, self.repeat


def known_cases(kind: DeviceKind) -> Mapping[str, Case]:
    """The cases of a kind of device by name, as the use cases that are known now ask for them."""
    return _known_cases(kind, edition())


@lru_cache(maxsize=_KINDS)
def _known_cases(kind: DeviceKind, _edition: int) -> Mapping[str, Case]:
    return {case.name: case for case in every_case(kind)}
