"""What the DCC writes to the trace; each fact says what it is founded on."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class ServiceRequestReceived:
    """A service request came (DUIS 5.4)."""

    kind: ClassVar[str] = "service_request_received"
    request: str
    srv: str
    name: str
    variant: int
    user: str
    device: Eui64


@dataclass(frozen=True, slots=True)
class ServiceRequestRefused:
    """A service request goes no further."""

    kind: ClassVar[str] = "service_request_refused"
    request: str
    srv: str
    code: str
    reason: str
    clause: str
    verified: bool
    """Whether a source proves that this is the code for this refusal."""


@dataclass(frozen=True, slots=True)
class ServiceRequestAccepted:
    """A service request passed every check (DUIS response codes I0, I99)."""

    kind: ClassVar[str] = "service_request_accepted"
    request: str
    srv: str
    code: str


@dataclass(frozen=True, slots=True)
class CommandSent:
    """A command went to the SM WAN (GBCS 7.2)."""

    kind: ClassVar[str] = "command_sent"
    request: str
    srv: str
    use_case: str
    message_code: int
    hub: Eui64
    device: Eui64
    attempt: int
    octets: bytes


@dataclass(frozen=True, slots=True)
class ResponseReceived:
    """A device answered a command (GBCS 7.2).

    Args:
        over_wan: false for an answer that a user sent in (SRV 8.13).
    """

    kind: ClassVar[str] = "response_received"
    request: str
    srv: str
    use_case: str
    message_code: int
    device: Eui64
    successful: bool
    over_wan: bool
    octets: bytes


@dataclass(frozen=True, slots=True)
class MessageRefused:
    """A message from the SM WAN is none that the DCC takes (GBCS 6.2.4)."""

    kind: ClassVar[str] = "message_refused"
    hub: Eui64
    reason: str
    octets: bytes


@dataclass(frozen=True, slots=True)
class RequestFailed:
    """A request ended without a response (DUIS response codes E20, E21, E30)."""

    kind: ClassVar[str] = "request_failed"
    request: str
    srv: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """A device has a new status in the inventory."""

    kind: ClassVar[str] = "status_changed"
    device: Eui64
    before: str
    after: str
    clause: str
    verified: bool


@dataclass(frozen=True, slots=True)
class InventoryRefused:
    """The inventory refused a change of status that an answer asked for."""

    kind: ClassVar[str] = "inventory_refused"
    device: Eui64
    reason: str
    clause: str


@dataclass(frozen=True, slots=True)
class DeviceAlertReceived:
    """A device sent an alert (GBCS 16.2)."""

    kind: ClassVar[str] = "device_alert_received"
    device: Eui64
    code: int
    message_code: int
    recipient: Eui64
    octets: bytes


@dataclass(frozen=True, slots=True)
class AlertHeldBack:
    """An alert is one of a flood and is only counted (SECMP0062)."""

    kind: ClassVar[str] = "alert_held_back"
    device: Eui64
    code: int


@dataclass(frozen=True, slots=True)
class DccAlertSent:
    """The DCC told a user something unasked (DUIS 5.4 DCCAlert)."""

    kind: ClassVar[str] = "dcc_alert_sent"
    user: Eui64
    code: str
    family: str
    verified: bool


@dataclass(frozen=True, slots=True)
class RequestQuarantined:
    """Threshold anomaly detection set a request aside (SEC G6)."""

    kind: ClassVar[str] = "request_quarantined"
    request: str
    srv: str
    level: str


@dataclass(frozen=True, slots=True)
class RequestHeld:
    """A request waits for its date or for another request (DUIS 5.4)."""

    kind: ClassVar[str] = "request_held"
    request: str
    srv: str
    until: str


@dataclass(frozen=True, slots=True)
class WanMessageLost:
    """A message did not come through the SM WAN."""

    kind: ClassVar[str] = "wan_message_lost"
    hub: Eui64
    upward: bool
    reason: str


@dataclass(frozen=True, slots=True)
class BlocksLost:
    """A long message did not go or come through as a whole; code and counter name it."""

    kind: ClassVar[str] = "blocks_lost"
    message_code: int
    counter: int
    reason: str
