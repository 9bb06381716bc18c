"""What happens in a coordination: what the coordinator does, and what others tell it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from emulator.alt_han.coordination.processes import Process
from emulator.alt_han.meter_room.works import Work, WorkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TellSupplier:
    """The supplier of a meter point learns that the building is being assessed (6.11)."""

    mpan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmSupplier:
    """A supplier confirms that it is the registered one, and what it knows of the customer (6.11).

    Args:
        vulnerable: whether the customer has needs that must be considered.
    """

    mpan: str
    supplier: str
    vulnerable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSupplier:
    """A meter point is registered by another supplier."""

    mpan: str
    supplier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAccess:
    """The building owner lets the coordinator into the meter room (6.2)."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The room is surveyed (6.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessRisk:
    """The risk of the works is assessed, in process 2."""

    acceptable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessImpact:
    """What the works mean for consumers is assessed, in process 2."""

    acceptable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """A design: the works that would make the room ready."""

    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """The economic threshold test of the design, in process 3; both sums in pounds."""

    cost: int
    benefit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeCosts:
    """A resolving party agrees to the costs (6.4)."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    """A process is approved."""

    process: Process


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeToWorks:
    """The building owner agrees to the works (6.12), or refuses."""

    by: str
    agreed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitWork:
    """A customer permits one kind of works at its meter point (4.10)."""

    mpan: str
    customer: str
    kind: WorkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveFurther:
    """The distributor or a supplier approves works outside the definition (6.10).

    Args:
        item: what the works are done to.
    """

    by: str
    item: str
    kind: WorkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TellCustomer:
    """A customer is told that the coordinator does not act for the distributor (4.10)."""

    mpan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeCommunications:
    """A resolving party agrees to what residents are told (6.2, 6.24)."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareReady:
    """A resolving party is ready for the works."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Appoint:
    """A contractor is to do the works.

    Args:
        accredited: whether it is a Meter Equipment Manager under the Retail Energy Code (4.10).
    """

    contractor: str
    accredited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Go:
    """The decision that works begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOut:
    """One of the works is done."""

    work: Work


@dataclass(frozen=True, slots=True, kw_only=True)
class EndWorks:
    """The works are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examine:
    """It is tried whether what is to be installed fits now.

    Args:
        fits: what the room itself says.
    """

    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """Every supplier is told that the works are over and has the design (6.11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitExemption:
    """The premises go to a submission for the Exempt Premises List."""


class Obstacle(Enum):
    """Why a room is not resolved (6.11, 6.12)."""

    ACCESS = "access"
    SAFETY = "safety"
    COST = "cost"
    NO_AGREEMENT = "no agreement with the building owner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abandon:
    """No work is done, and why is logged for later (6.12)."""

    obstacle: Obstacle


class Occasion(Enum):
    """What somebody has to be told of, and where that is said."""

    CATEGORY_A = "Category A situation"
    CATEGORY_B = "Category B situation"
    INTERRUPTED = "supply interrupted, and remains so"
    MISREGISTERS = "metering was interfered with and does not register correctly"
    DANGER = "metering equipment presents a danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """Something is found or has happened at a meter point (6.15 to 6.17)."""

    occasion: Occasion
    mpan: str


class Channel(Enum):
    """How somebody is told."""

    TELEPHONE = "telephone"
    MM00023 = "MM00023 (D0135)"
    OTHER = "another way"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeChannel:
    """A supplier or distributor agrees to be told in another way than MM00023 (6.17)."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify:
    """The coordinator tells somebody what it owes them.

    Args:
        number: of the notice.
    """

    number: int
    channel: Channel


Action = (
    TellSupplier | ConfirmSupplier | ChangeSupplier | GiveAccess | Survey | AssessRisk
    | AssessImpact | Propose | Price | AgreeCosts | Approve | AgreeToWorks | PermitWork
    | ApproveFurther | TellCustomer | AgreeCommunications | DeclareReady | Appoint | Go | CarryOut
    | EndWorks | Examine | Complete | SubmitExemption | Abandon | Find | AgreeChannel | Notify
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """An action that was done, and when."""

    at: datetime
    action: Action
