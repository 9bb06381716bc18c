"""What the Smart Energy machines of one node say to each other."""

from dataclasses import dataclass
from enum import Enum

from emulator.crypto.install_code import InstallCode
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel
from emulator.wire.codecs import OpenEnum
from emulator.zcl.payloads.device_management import (
    PublishChangeOfSupplier,
    PublishChangeOfTenancy,
    UpdateCIN,
    UpdateSiteID,
)
from emulator.zigbee.addresses import Endpoint, ExtendedPanId, NwkAddress, PanId


class TerminateStatus(OpenEnum):
    """Why a key establishment ended (ZSE 1.4 Table C-8)."""

    UNKNOWN_ISSUER = 0x01
    BAD_KEY_CONFIRM = 0x02
    BAD_MESSAGE = 0x03
    NO_RESOURCES = 0x04
    UNSUPPORTED_SUITE = 0x05
    INVALID_CERTIFICATE = 0x06


class KeyEstablishmentFailure(Enum):
    """Endings of a key establishment that no Terminate names."""

    NO_ENDPOINT = "partner serves no key establishment"
    NO_ANSWER = "partner did not answer"
    NO_COMMON_SUITE = "no suite in common"


@dataclass(frozen=True, slots=True)
class StartKeyEstablishment:
    """Joiner -> key establishment: agree a link key with `partner`."""

    partner: Eui64
    nwk_address: NwkAddress


@dataclass(frozen=True, slots=True)
class KeyEstablishmentEnded:
    """Key establishment -> joiner or trust centre: agreed, or why not.

    `initiator` tells our role; `failure` None is success.
    """

    partner: Eui64
    suite: int | None
    initiator: bool
    failure: TerminateStatus | KeyEstablishmentFailure | None


@dataclass(frozen=True, slots=True)
class ChangeChannel:
    """Laboratory or DCC -> hub: go to a channel, or look for the quietest and go there."""

    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class FormNetwork:
    """Laboratory -> comms hub: form the network (or start it again after a restart).

    Args:
        extended_pan_id: of the network of another hub, which is to be formed again; None for one
            that has our EUI-64.
        pan_id: None for one that nobody in reach has.
    """

    extended_pan_id: ExtendedPanId | None = None
    pan_id: PanId | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """Laboratory -> trust centre: admit `eui64`, whose install code this is.

    Args:
        historic_window: seconds for which a device that was registered before may come back under
            the key it had, before joining is open for as long again with the install code (GBCS
            CCS01); None has it join with the install code at once.
    """

    eui64: Eui64
    install_code: InstallCode
    historic_window: int | None = None


@dataclass(frozen=True, slots=True)
class RestoreTrustCentre:
    """Device log of the hub -> hub: take over the network of another (ZSE 1.4 5.4, GBCS CCS03).

    Args:
        extended_pan_id: of that network.
        devices: each with the hash of the key it shares with the hub before us.
    """

    extended_pan_id: ExtendedPanId
    devices: tuple[tuple[Eui64, bytes], ...]


@dataclass(frozen=True, slots=True)
class Unregister:
    """Laboratory -> trust centre: forget `eui64` and its keys, and remove it if it is here."""

    eui64: Eui64


@dataclass(frozen=True, slots=True)
class PermitJoin:
    """Laboratory -> trust centre: let registered devices join for `seconds`; 0 closes."""

    seconds: int


@dataclass(frozen=True, slots=True)
class UpdateNetworkKey:
    """Laboratory -> trust centre: give every member a new network key (R22 4.6.3.4)."""


@dataclass(frozen=True, slots=True)
class StartJoining:
    """Laboratory -> joiner: find the network and join it, or come back to the one it has."""


@dataclass(frozen=True, slots=True)
class LeaveNetwork:
    """Laboratory -> joiner: leave, as a user at the device would ask."""


@dataclass(frozen=True, slots=True)
class TrustCentreLost:
    """Keep-alive -> joiner: the trust centre no longer answers."""


@dataclass(frozen=True, slots=True)
class StartKeepAlive:
    """Joiner -> keep-alive: watch the trust centre from now on."""


@dataclass(frozen=True, slots=True)
class StopKeepAlive:
    """Joiner -> keep-alive: no longer."""


@dataclass(frozen=True, slots=True)
class Commissioned:
    """Joiner -> applications of the device: joined, and the link key agreed."""

    trust_centre: Eui64


@dataclass(frozen=True, slots=True)
class LinkPartner:
    """Device log of a device -> partner links: share a key with `partner` (ZSE 1.4 5.4.7)."""

    partner: Eui64


@dataclass(frozen=True, slots=True)
class UnlinkPartner:
    """Device log of a device -> partner links: share none any more."""

    partner: Eui64


@dataclass(frozen=True, slots=True)
class PartnerLinked:
    """Partner links -> applications: we share a key with `partner`."""

    partner: Eui64


@dataclass(frozen=True, slots=True)
class RequestControl:
    """Load switch -> control requester: nobody controls us any more, ask again (GBCS HECS01)."""


@dataclass(frozen=True, slots=True)
class LookAtHome:
    """Somebody who stands before a display -> the display: show what is now."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Attributes of one server cluster that somebody wants to know."""

    cluster: int
    attributes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StartInterview:
    """Application -> interviewer: ask `partner` for its endpoints, then read these attributes."""

    partner: Eui64
    nwk_address: NwkAddress
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class LogEvent:
    """Any machine -> event logs: write down that this happened (ZSE 1.4 Annex D).

    Args:
        log_id: which log, 1 to 7.
        event_id: what happened.
        data: what the log says beside it.
        endpoint: whose logs; None for every endpoint that has some.

    Raises:
        LocalError: when a log cannot hold it.
    """

    log_id: int
    event_id: int
    data: bytes = b""
    endpoint: Endpoint | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.log_id <= 7 or not 0 < self.event_id <= 0xFFFF:
            raise LocalError(f"event {self.event_id:#x} of log {self.log_id}: no such entry")
        if len(self.data) > 0xFE:
            raise LocalError(f"event {self.event_id:#x}: {len(self.data)} octets of data")


@dataclass(frozen=True, slots=True)
class SetManagement:
    """Any machine -> Device Management: what to tell who asks from now on (ZSE 1.4 Annex D)."""

    value: PublishChangeOfTenancy | PublishChangeOfSupplier | UpdateSiteID | UpdateCIN
