"""What a campaign is: devices, what they claim, what is agreed, and which cases are run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from typing import Final

from emulator.bench.campaigns.profile import Profile, names_of
from emulator.bench.cases.cases import SLEEPY, Case
from emulator.bench.cases.checks import AT_ITS_OWN_PACE
from emulator.bench.cases.library import every_case
from emulator.bench.running.benched_home import Reach
from emulator.bench.running.ways import ServiceMode
from emulator.gbcs.use_cases.catalogue import edition
from emulator.gbcs.use_cases.record import UseCase
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.identity import Eui64
from emulator.lab.interactive.operator_steps import LIMIT
from emulator.lab.shipments.shipment import Shipment

_KINDS: Final = 64
USUAL_VERSION: Final = "4.x"
"""The version that the records of the package are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignDevice:
    """One device of a campaign.

    Args:
        name: in results.
        defect: what is wrong with it on purpose, by name; empty where nothing is.
        eui64: which device of the shipment it is; None for the first of its kind.
        radio: of our hub, as `KIND:PLACE`, where the device is really there; empty where it is
            emulated.
    """

    name: str
    kind: DeviceKind
    profile: Profile
    defect: str = ""
    eui64: Eui64 | None = None
    radio: str = ""


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

    def fits(self, case: str) -> bool:
        """Whether a case is one of those it is about."""
        return fnmatchcase(case, self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which cases are run: those that every list that is not empty names.

    Args:
        devices: by their names in the campaign.
        use_cases: by number or code.
        tags: as `critical` or `SRV 4.1.1`.
        checks: as `wrong-mac`.
        clauses: beginnings of clauses, as `GBCS 4.3`.
        cases: patterns of case names.
    """

    devices: tuple[str, ...] = ()
    use_cases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()

    def takes(self, case: Case) -> bool:
        """Whether a case is run."""
        named = names_of(case.use_case)
        return (
            (not self.use_cases or any(each in self.use_cases for each in named))
            and (not self.tags or not set(self.tags).isdisjoint(case.tags))
            and (not self.checks or case.check.value in self.checks)
            and (not self.clauses or any(each.startswith(self.clauses) for each in case.clauses))
            and (not self.cases or any(fnmatchcase(case.name, each) for each in self.cases))
        )

    def idle_patterns(self, names: Sequence[str]) -> tuple[str, ...]:
        """The patterns that no case has."""
        return tuple(
            each for each in self.cases if not any(fnmatchcase(name, each) for name in names)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """What a file asks for.

    Args:
        name: of the campaign.
        source: the file as the user named it.
        mode: which testing service is played.
        gbcs_version: by which devices are judged.
        use_cases: folder of the user's own records and hooks; None for those of the package.
        keys: folder with keys of remote parties and devices; None for test keys.
        state: folder in which the counters of devices that are really there are kept.
        operator: command that does by hand what the bench cannot; empty for a person.
        operator_time: seconds that a step of the operator may take.
    """

    name: str
    source: str
    shipment: Shipment
    devices: tuple[CampaignDevice, ...]
    mode: ServiceMode = ServiceMode.GFI
    gbcs_version: str = USUAL_VERSION
    use_cases: Path | None = None
    keys: Path | None = None
    state: Path | None = None
    operator: tuple[str, ...] = ()
    operator_time: float = LIMIT
    reach: Reach = Reach.HAN
    seed: int = 1
    repeats: int = 1
    selection: Selection = field(default_factory=Selection)
    waivers: tuple[Waiver, ...] = ()

    def planned(self) -> Iterator["Planned"]:
        """Every case of every device, as often as it is repeated.

        Cases of how a device on battery sleeps come after its others: to have it stay awake, or
        no longer, takes half an hour each time.
        """
        for repeat in range(self.repeats):
            for device in self.devices:
                if self.selection.devices and device.name not in self.selection.devices:
                    continue
                for case in _in_order(device.kind):
                    if self.selection.takes(case):
                        yield Planned(device, case, repeat)

    def excuse(self, planned: "Planned") -> str:
        """Why a case need not be shown: the version, or a line of the profile; empty if it must."""
        record = planned.case.use_case
        if not holds_for(record, self.gbcs_version):
            named = ", ".join(record.versions)
            return f"GBCS {self.gbcs_version}: {names_of(record)[0]} is of GBCS {named}"
        return planned.device.profile.excuse(planned.case)

    def waiver(self, device: str, case: str) -> str:
        """Why a failure of this case was agreed to; empty where it was not."""
        for each in self.waivers:
            if each.device in ("", device) and each.fits(case):
                return each.reason
        return ""


def holds_for(record: UseCase, version: str) -> bool:
    """Whether a record is of a GBCS version; `4.x` stands for every 4, and no version for all."""
    return not record.versions or any(
        each == version or (each.endswith(".x") and version.startswith(each.removesuffix("x")))
        for each in record.versions
    )


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


def _in_order(kind: DeviceKind) -> Sequence[Case]:
    """The cases of a kind of device in the order in which they are tried."""
    cases = list(known_cases(kind).values())
    if kind in SLEEPY:
        cases.sort(key=lambda case: case.check in AT_ITS_OWN_PACE)
    return cases


def known_cases(kind: DeviceKind) -> Mapping[str, Case]:
    """The cases of a kind of device by name, as the use cases that are known now ask for them."""
    return _known_cases(kind, edition())


@lru_cache(maxsize=_KINDS)
def _known_cases(kind: DeviceKind, _edition: int) -> Mapping[str, Case]:
    return {case.name: case for case in every_case(kind)}
