"""What the DCC's machines, its users and the SM WAN say to each other."""

from dataclasses import dataclass
from datetime import datetime

from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.gbcs.envelope import Message
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant


@dataclass(frozen=True, slots=True)
class Submission:
    """User -> DCC: a service request."""

    request: ServiceRequest


@dataclass(frozen=True, slots=True)
class LocalReply:
    """Non-device services -> requests: a user sent in a device's answer (SRV 8.13)."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class DistributeImage:
    """Non-device services -> SM WAN: a firmware image for a device behind a hub (SRV 11.1, 11.4).

    Args:
        octets: of the image file.
    """

    hub: Eui64
    device: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class WanUp:
    """SM WAN -> blocks: a message, or a block of one, that a hub sent up."""

    hub: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class WanDown:
    """Blocks -> SM WAN: a message, or a block of one, for a device behind a hub."""

    hub: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class FromWan:
    """Blocks -> commands: a whole message that came up through a hub."""

    hub: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class HubHeard:
    """SM WAN -> DCC: a hub has contact, for the first time or again."""

    hub: Eui64


@dataclass(frozen=True, slots=True)
class ToWan:
    """Commands -> blocks: a message for a device behind a hub."""

    hub: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class PowerLost:
    """SM WAN -> alerts: a hub has had no power for as long as an outage is told after.

    Args:
        since: when it went.
    """

    hub: Eui64
    since: Instant


@dataclass(frozen=True, slots=True)
class Unreachable:
    """SM WAN -> DCC: a hub could not be reached."""

    hub: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class Hold:
    """Requests -> calendar: keep a dated request until its date (DUIS 5.4, DSP future dated)."""

    request: ServiceRequest
    due: datetime


@dataclass(frozen=True, slots=True)
class DueRequest:
    """Calendar -> requests: a dated or scheduled request falls due.

    Args:
        schedule: number of the schedule; None for a request that waited for its date.
    """

    request: ServiceRequest
    schedule: int | None = None


@dataclass(frozen=True, slots=True)
class DropRequests:
    """Requests -> calendar: forget what waits for a device (SRV 8.3), or of one user (SRV 6.23).

    Args:
        device: whose.
        user: only that user's; None for everybody's.
        reason: in our words, for those who are told.
    """

    device: Eui64
    user: Eui64 | None
    reason: str


@dataclass(frozen=True, slots=True)
class ScheduleRequest:
    """Requests -> calendar: make, read or delete a schedule (SRV 5.1 to 5.3)."""

    request: ServiceRequest


@dataclass(frozen=True, slots=True)
class SequenceEnd:
    """How a request ended, for those that wait for it."""

    request_id: RequestId
    successful: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """Requests -> commands: send a command, or wait for the answer of one the user carries.

    Args:
        use_case: name of the use case and of its variant.
        hub: through which it goes; None when only the user carries it.
        dated: whether it waited for a date or a schedule, which gives it more time.
        schedule: number of the schedule that asked for it.
    """

    request: ServiceRequest
    message: Message
    use_case: str
    hub: Eui64 | None
    device: Eui64
    sleepy: bool
    dated: bool = False
    schedule: int | None = None


@dataclass(frozen=True, slots=True)
class AlertArrived:
    """Commands -> alerts: a device's alert came, and is what it says it is."""

    hub: Eui64
    message: Message
    octets: bytes
