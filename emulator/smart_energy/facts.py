"""What a Smart Energy node tells the trace; keys never stand in a fact."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel
from emulator.zigbee.addresses import NwkAddress


@dataclass(frozen=True, slots=True)
class ClientSuspended:
    """A device below 1 GHz was told to send no ZCL messages for so many minutes."""

    kind: ClassVar[str] = "client_suspended"
    nwk_address: NwkAddress
    minutes: int


@dataclass(frozen=True, slots=True)
class MessagesSuspended:
    """The hub told us to send it no ZCL messages for so many minutes; 0 ends it."""

    kind: ClassVar[str] = "messages_suspended"
    server: NwkAddress
    minutes: int


@dataclass(frozen=True, slots=True)
class DutyCycleAction:
    """The duty cycle of the hub entered a mode, or fell back; the alert that says so."""

    kind: ClassVar[str] = "duty_cycle_action"
    alert_code: int
    mode: str


@dataclass(frozen=True, slots=True)
class ChannelsMeasured:
    """The hub measured channels: where it is, and the quietest, each with its energy level."""

    kind: ClassVar[str] = "channels_measured"
    current: Channel
    current_level: int
    quietest: Channel
    quietest_level: int


@dataclass(frozen=True, slots=True)
class ChannelChangeOrdered:
    """The hub has its network go to another channel."""

    kind: ClassVar[str] = "channel_change_ordered"
    channel: Channel
    band: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChannelKept:
    """The hub looked at the channels and stays."""

    kind: ClassVar[str] = "channel_kept"
    reason: str


@dataclass(frozen=True, slots=True)
class Registered:
    """The trust centre holds the install code of this device."""

    kind: ClassVar[str] = "registered"
    eui64: Eui64


@dataclass(frozen=True, slots=True)
class JoiningOpened:
    """The network admits associations for so many seconds; 0 means it no longer does."""

    kind: ClassVar[str] = "joining_opened"
    seconds: int


@dataclass(frozen=True, slots=True)
class JoinRefused:
    """The trust centre sends no key; `clause` says under which rule."""

    kind: ClassVar[str] = "join_refused"
    eui64: Eui64
    reason: str
    clause: str


@dataclass(frozen=True, slots=True)
class NetworkKeySent:
    """The trust centre sent the network key under a key derived from the device's link key."""

    kind: ClassVar[str] = "network_key_sent"
    eui64: Eui64
    link_key: str


@dataclass(frozen=True, slots=True)
class DeviceRemoved:
    """The trust centre asked the device, or its parent, to leave."""

    kind: ClassVar[str] = "device_removed"
    eui64: Eui64
    reason: str


@dataclass(frozen=True, slots=True)
class JoinState:
    """The joiner is in another state."""

    kind: ClassVar[str] = "join_state"
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class NetworkKeyReceived:
    """The network key came and verified."""

    kind: ClassVar[str] = "network_key_received"
    trust_centre: Eui64
    sequence: int


@dataclass(frozen=True, slots=True)
class KeyEstablished:
    """A link key was agreed by CBKE and replaces the one before."""

    kind: ClassVar[str] = "key_established"
    partner: Eui64
    suite: int
    initiator: bool


@dataclass(frozen=True, slots=True)
class KeyEstablishmentFailed:
    """A key establishment ended without a key; `detail` says more where this side found it."""

    kind: ClassVar[str] = "key_establishment_failed"
    partner: Eui64
    reason: str
    initiator: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class KeepAliveMissed:
    """The trust centre did not answer a keep-alive; so many in a row."""

    kind: ClassVar[str] = "keep_alive_missed"
    failures: int


@dataclass(frozen=True, slots=True)
class AttributesRead:
    """A device read attributes of another; status names where refused."""

    kind: ClassVar[str] = "attributes_read"
    cluster: int
    peer: Eui64 | None
    values: tuple[tuple[int, str], ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class PartnerDescribed:
    """A device told another its endpoints: server cluster and the endpoint that serves it."""

    kind: ClassVar[str] = "partner_described"
    partner: Eui64
    servers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PowerChanged:
    """The device got, or lost, its power."""

    kind: ClassVar[str] = "power_changed"
    on: bool


@dataclass(frozen=True, slots=True)
class InterviewEnded:
    """Everything that could be read at a partner was; `complete` when nothing was given up."""

    kind: ClassVar[str] = "interview_ended"
    partner: Eui64
    complete: bool


@dataclass(frozen=True, slots=True)
class NetworkStarted:
    """The hub's network runs, under a network key of its own."""

    kind: ClassVar[str] = "network_started"
    key_sequence: int


@dataclass(frozen=True, slots=True)
class HistoricKeyTaken:
    """A device came back under the key it had before it was removed."""

    kind: ClassVar[str] = "historic_key_taken"
    device: Eui64


@dataclass(frozen=True, slots=True)
class HistoricKeyUnused:
    """A device did not come back under its old key in time; it may join with its install code."""

    kind: ClassVar[str] = "historic_key_unused"
    device: Eui64


@dataclass(frozen=True, slots=True)
class NetworkKeyUpdated:
    """The trust centre told everybody to use another network key."""

    kind: ClassVar[str] = "network_key_updated"
    sequence: int


@dataclass(frozen=True, slots=True)
class PartnerKeySent:
    """The trust centre made a key for two devices, of which the first asked for it."""

    kind: ClassVar[str] = "partner_key_sent"
    one: Eui64
    other: Eui64


@dataclass(frozen=True, slots=True)
class PartnerKeyRefused:
    """The trust centre makes no key for these two."""

    kind: ClassVar[str] = "partner_key_refused"
    one: Eui64
    other: Eui64
    reason: str


@dataclass(frozen=True, slots=True)
class PartnerKeyInstalled:
    """The device shares a key with `partner` from now on."""

    kind: ClassVar[str] = "partner_key_installed"
    partner: Eui64


@dataclass(frozen=True, slots=True)
class PartnerKeyDeclined:
    """A key came to share with somebody who is not in the device's log."""

    kind: ClassVar[str] = "partner_key_declined"
    partner: Eui64


@dataclass(frozen=True, slots=True)
class LoadControlSent:
    """A meter told a switch of its home at which level to be, percent, by a numbered event.

    Without a level it cancelled that event.
    """

    kind: ClassVar[str] = "load_control_sent"
    switch: Eui64
    event: int
    level: int | None


@dataclass(frozen=True, slots=True)
class LoadControlReported:
    """A switch told its meter what became of an event (ZSE 1.4 Table D-8)."""

    kind: ClassVar[str] = "load_control_reported"
    switch: Eui64
    event: int
    status: int


@dataclass(frozen=True, slots=True)
class LoadSwitched:
    """A load control switch closed or opened; the event that had it so, None without one."""

    kind: ClassVar[str] = "load_switched"
    closed: bool
    event: int | None
