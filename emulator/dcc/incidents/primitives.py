"""What suppliers and the helpdesk do about install codes: events of the recovery machine."""

from dataclasses import dataclass

from emulator.dcc.incidents.records import Outcome
from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class AskForInstallCode:
    """A supplier wants the install code of a device that it gained (SEC App. AC 4.16 (a)).

    Args:
        mpxn: the supply point it gained.
    """

    gainer: Eui64
    device: Eui64
    mpxn: str


@dataclass(frozen=True, slots=True)
class AnswerInstallCode:
    """Whoever is asked answers a request (SEC App. AC 4.16 (c), alternative (b)).

    Args:
        install_code: None for a note without a code, or for "not the installer" by e-mail.
        text: what a note on an incident says.
    """

    number: int
    party: Eui64
    device: Eui64
    install_code: bytes | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReassignRequest:
    """The helpdesk gives an incident to another user (MP121 PIA 4)."""

    number: int
    actor: Eui64
    to: Eui64


@dataclass(frozen=True, slots=True)
class CloseRequest:
    """A user ends a request (MP121 annex A 2.4)."""

    number: int
    actor: Eui64
    outcome: Outcome
