"""SM WAN coverage: what the database says, what is true, and the time to put a gap right.

SRV 12.1 answers from the DCC's WAN Coverage Database, which may be wrong: an installer who relied
on it and finds none on arrival leaves the devices installed ("reactive install and leave"), one who
knew better beforehand does so too ("proactive"); MP121 report, section 2.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

from emulator.kernel.errors import LocalError
from emulator.kernel.settings import setting

TECHNOLOGY_LIMIT: Final = 30
EQUIPMENT_LIMIT: Final = 50
INFORMATION_LIMIT: Final = 250


class CspRegion(Enum):
    """Region of a communications service provider (DUIS 5.4 CSPRegion)."""

    NORTH = "North"
    CENTRAL = "Central"
    SOUTH = "South"
    NORTH_4G = "4G North"
    CENTRAL_4G = "4G Central"
    SOUTH_4G = "4G South"
    UNKNOWN = "Unknown"
    SMETS1 = "SMETS1"


class Likelihood(Enum):
    """How likely a connection is (DUIS 5.4 ConnectivityLikelihood)."""

    HIGH = "High"
    MEDIUM = "Medium"
    LOW = "Low"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageAnswer:
    """What one region answers for a property (DUIS 5.4, SRV 12.1 response).

    Args:
        response_code: of this region; the others have their own.
        available: whether there is coverage, None when the region does not say.
        anticipated: when coverage is expected.
        technology: free text of 1 to 30 characters.
        auxiliary_equipment: free text of at most 50 characters.
        information: free text of at most 250 characters.

    Raises:
        LocalError: when a text does not fit the schema.
    """

    region: CspRegion
    response_code: str = "I0"
    available: bool | None = None
    anticipated: date | None = None
    technology: str | None = None
    likelihood: Likelihood | None = None
    auxiliary_equipment: str | None = None
    information: str | None = None

    def __post_init__(self) -> None:
        for text, least, most in (
            (self.technology, 1, TECHNOLOGY_LIMIT),
            (self.auxiliary_equipment, 0, EQUIPMENT_LIMIT),
            (self.information, 0, INFORMATION_LIMIT),
        ):
            if text is not None and not least <= len(text) <= most:
                raise LocalError(f"text {text[:most]!r}: expected {least} to {most} characters")


class CoverageDatabase:
    """What the DCC would answer, and beside it what is true of a property."""

    def __init__(self) -> None:
        self._answers: dict[str, tuple[CoverageAnswer, ...]] = {}
        self._covered: dict[str, bool] = {}

    def record(self, uprn: str, *answers: CoverageAnswer) -> None:
        """Let the database answer so for a property; several regions may."""
        self._answers[uprn] = answers

    def answer(self, uprn: str) -> tuple[CoverageAnswer, ...]:
        """What SRV 12.1 is answered, by region; nothing for a property it does not know."""
        return self._answers.get(uprn, ())

    def set_truth(self, uprn: str, *, covered: bool) -> None:
        """Say whether a hub at the property would find the SM WAN."""
        self._covered[uprn] = covered

    def covered(self, uprn: str) -> bool:
        """Whether a hub at the property finds the SM WAN; where nobody said, as answered."""
        return self._covered.get(uprn, self.promised(uprn))

    def promised(self, uprn: str) -> bool:
        """Whether some region answers that there is coverage."""
        return any(answer.available for answer in self.answer(uprn))

    def visit(self, uprn: str) -> "Visit":
        """What an installer who asked beforehand meets at the property."""
        if self.covered(uprn):
            return Visit.CONNECTED
        return Visit.REACTIVE if self.promised(uprn) else Visit.PROACTIVE


class Visit(Enum):
    """How an installation begins (MP121 report, section 2)."""

    CONNECTED = "SM WAN found"
    REACTIVE = "reactive install and leave: coverage was promised and is not there"
    PROACTIVE = "proactive install and leave: no coverage was known beforehand"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageTargets:
    """How long the DCC takes to bring the SM WAN to a property."""

    reactive: timedelta = setting(
        timedelta(days=90), source="MP121 report 2; DP121 report 2: a 90-day target"
    )
    proactive: timedelta = setting(
        timedelta(days=365), source="MP121 report 2: likely to be even longer", verified=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInstallation:
    """Devices left without SM WAN, and when it should be there."""

    uprn: str
    visit: Visit
    left: datetime
    due: datetime
    connected: datetime | None = None

    def breached(self, moment: datetime) -> bool:
        """Whether the target is missed, as seen at a moment."""
        end = moment if self.connected is None else self.connected
        return end > self.due


class InstallAndLeave:
    """Properties that wait for the SM WAN, each with its own time limit."""

    def __init__(self, targets: CoverageTargets | None = None) -> None:
        self._targets = targets or CoverageTargets()
        self._open: dict[str, OpenInstallation] = {}

    def leave(self, uprn: str, visit: Visit, moment: datetime) -> OpenInstallation:
        """Leave devices without SM WAN at a property.

        Raises:
            LocalError: when the SM WAN was found, or the property waits already.
        """
        if visit is Visit.CONNECTED:
            raise LocalError(f"property {uprn}: SM WAN was found, nothing is left")
        if uprn in self._open:
            raise LocalError(f"property {uprn} waits for the SM WAN already")
        reactive = visit is Visit.REACTIVE
        target = self._targets.reactive if reactive else self._targets.proactive
        self._open[uprn] = OpenInstallation(
            uprn=uprn, visit=visit, left=moment, due=moment + target
        )
        return self._open[uprn]

    def connect(self, uprn: str, moment: datetime) -> OpenInstallation | None:
        """The SM WAN arrived; gives what waited, now closed, None when nothing did."""
        waiting = self._open.pop(uprn, None)
        if waiting is None:
            return None
        return OpenInstallation(
            uprn=uprn,
            visit=waiting.visit,
            left=waiting.left,
            due=waiting.due,
            connected=moment,
        )

    def waiting(self) -> tuple[OpenInstallation, ...]:
        """Everything that waits, by the moment it is due."""
        return tuple(sorted(self._open.values(), key=lambda each: (each.due, each.uprn)))

    def breached(self, moment: datetime) -> tuple[OpenInstallation, ...]:
        """What should have been connected by then."""
        return tuple(each for each in self.waiting() if each.breached(moment))

    @property
    def due(self) -> datetime | None:
        """When the next target is missed, None while nothing waits."""
        return min((each.due for each in self._open.values()), default=None)
