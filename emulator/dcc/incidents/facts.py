"""What the trace is told about install codes; the codes themselves never stand in a fact."""

from dataclasses import dataclass
from typing import ClassVar

from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class InstallCodeAsked:
    """A party is asked for an install code, and has until `due` (SEC App. AC 4.16)."""

    kind: ClassVar[str] = "install_code_asked"
    regime: str
    number: int
    gainer: Eui64
    asked: Eui64
    device: Eui64
    due: str


@dataclass(frozen=True, slots=True)
class InstallCodeGiven:
    """A supplier has an install code; whether it is the right one only joining shows."""

    kind: ClassVar[str] = "install_code_given"
    regime: str
    number: int
    gainer: Eui64
    device: Eui64
    source: str


@dataclass(frozen=True, slots=True)
class InstallCodeNotGiven:
    """Who was asked answered without a code."""

    kind: ClassVar[str] = "install_code_not_given"
    regime: str
    number: int
    party: Eui64
    device: Eui64
    reason: str


@dataclass(frozen=True, slots=True)
class InstallCodeOverdue:
    """Five working days after its notification a party has not answered (SEC App. AC 4.16)."""

    kind: ClassVar[str] = "install_code_overdue"
    regime: str
    number: int
    gainer: Eui64
    asked: Eui64
    devices: int
    clause: str = "SEC App. AC 4.16: within five Working Days"


@dataclass(frozen=True, slots=True)
class InstallCodeNotFound:
    """There is nobody left to ask (MP121 annex A 2.5)."""

    kind: ClassVar[str] = "install_code_not_found"
    regime: str
    gainer: Eui64
    device: Eui64
    reason: str


@dataclass(frozen=True, slots=True)
class InstallCodeRefused:
    """A request, an answer or a closure is not allowed; nothing changed."""

    kind: ClassVar[str] = "install_code_refused"
    regime: str
    party: Eui64
    clause: str
    reason: str
    verified: bool


@dataclass(frozen=True, slots=True)
class InstallCodeReassigned:
    """The helpdesk gave an incident to another user, whose time begins anew (MP121 PIA 4)."""

    kind: ClassVar[str] = "install_code_reassigned"
    number: int
    asked: Eui64
    due: str


@dataclass(frozen=True, slots=True)
class InstallCodeRequestClosed:
    """A request is at its end (MP121 annex A 2.4)."""

    kind: ClassVar[str] = "install_code_request_closed"
    number: int
    outcome: str


InstallCodeFact = (
    InstallCodeAsked
    | InstallCodeGiven
    | InstallCodeNotGiven
    | InstallCodeOverdue
    | InstallCodeNotFound
    | InstallCodeRefused
    | InstallCodeReassigned
    | InstallCodeRequestClosed
)
