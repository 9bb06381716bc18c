"""What a use case is: the record of one message code (use-case annex of GBCS)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class Category(Enum):
    """How messages of a use case are protected (GBCS 6.2)."""

    SME_C_C = "SME.C.C"
    """Critical command: signature and MAC; signed response."""
    SME_C_NC = "SME.C.NC"
    """Command and response with a MAC."""
    SME_A_C = "SME.A.C"
    """Signed alert."""
    SME_A_NC = "SME.A.NC"
    """Alert with a MAC."""
    SME_C_PPMID_GSME = "SME.C.PPMID-GSME"
    """From device to device, with a MAC."""
    ZSE = "ZSE"
    """No GBCS message: Zigbee Smart Energy commands on the HAN; the code only stands in logs."""
    VARIANT = "variant"
    """A variant each for a signature and for a MAC."""
    UNKNOWN = "unknown"
    """No source tells."""


class Evidence(Enum):
    """How much is known of a use case."""

    ANNEX = "annex"
    """The record holds every row of the use-case annex of GBCS."""
    MESSAGES = "messages"
    """Reference messages show payload and protection; there are no annex rows."""
    NAME = "name"
    """Only the code and its name are known."""


class Access(Enum):
    """What a use case does to its device."""

    READ = "read"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class CosemRow:
    """One row of the annex of a use case for COSEM.

    Args:
        name: what SMETS, CHTS or DLMS calls the data item.
        clause: where, as the annex cites it.
        class_id: interface class; None where the annex does not tell.
        obis: logical name as people write it; empty where the annex does not tell.
        method: whether the member is a method.
        member: number of the attribute or method; None where the annex does not tell.
        path: attribute or method, and the part of its value, dotted.
        data_type: of the part, in the annex's words.
        constant: value that GBCS fixes; empty where it fixes none.
    """

    name: str
    clause: str
    class_id: int | None
    obis: str
    method: bool
    member: int | None
    path: str
    data_type: str
    constant: str


@dataclass(frozen=True, slots=True)
class ZclRow:
    """One row of the annex of a use case for ZCL.

    Args:
        name: what SMETS or CHTS calls the data item.
        clause: where, as the annex cites it.
        data_type: ZCL type, in the annex's words.
        attribute: attribute set, attribute and identifier, or command parameter.
        cluster: name and identifier; empty where it is that of the row before.
        command: name and identifier; empty where it is that of the row before.
        response: name and identifier; empty where it is that of the row before.
    """

    name: str
    clause: str
    data_type: str
    attribute: str
    cluster: str
    command: str
    response: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCase:
    """One message code and what is known of its messages.

    Args:
        code: message code.
        name: use case as GBCS numbers it (`ECS17b`); None for alerts that have no number.
        title: what it is for.
        category: how its messages are protected.
        evidence: how much is known of it.
        services: service references (SRV) whose requests lead to it.
        critical: whether the service request is critical; None where there is none.
        sensitive: whether the response holds encrypted data.
        devices: device types that messages show.
        target: devices, in the annex's words.
        roles: remote parties that may send it, in the annex's words.
        users: user roles of DUIS that may ask for it.
        access: whether it reads or updates; None where no source tells.
        replay_protected: whether the device checks the counter; None where no source tells.
        future_datable: whether it can wait for a date; None where no source tells.
        recipient_differs: whether the response may go to another party than the sender.
        payloads: kinds of payload by `command`, `response` and `alert`.
        protection: kinds of protection by `command`, `response` and `alert`.
        alerts: alert codes that its messages show.
        versions: GBCS versions it holds for, as far as sources say; empty where none does.
        superseded_by: message code that takes its place.
        cosem: rows of the annex for COSEM.
        zcl: rows of the annex for ZCL.
        command: how its commands are made, as JSON, see `emulator.gbcs.commands.template_reader`;
            None where the package tells it.
    """

    code: int
    name: str | None
    title: str
    category: Category
    evidence: Evidence
    services: tuple[str, ...] = ()
    critical: bool | None = None
    sensitive: bool = False
    devices: tuple[str, ...] = ()
    target: str = ""
    roles: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    access: Access | None = None
    replay_protected: bool | None = None
    future_datable: bool | None = None
    recipient_differs: bool | None = None
    payloads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    protection: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alerts: tuple[int, ...] = ()
    versions: tuple[str, ...] = ()
    superseded_by: int | None = None
    cosem: tuple[CosemRow, ...] = ()
    zcl: tuple[ZclRow, ...] = ()
    command: Mapping[str, Any] | None = None

    def __str__(self) -> str:
        """Number and title: `ECS17b Read ESME Energy Registers (Import Energy)`."""
        return self.title if self.name is None else f"{self.name} {self.title}"
