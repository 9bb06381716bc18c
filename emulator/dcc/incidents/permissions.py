"""Who may do what to an incident, as one table (MP121 annex A 2.2 to 2.5, PIA 4)."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from emulator.dcc.inventory.statuses import Certainty


class Part(Enum):
    """What a user is to an incident."""

    CREATOR = "its creator"
    ASSIGNEE = "the one it is assigned to"
    HELPDESK = "the DCC helpdesk"
    STRANGER = "somebody else"


class Action(Enum):
    """What can be done to an incident."""

    READ = "read it"
    ADD_NOTE = "add a note"
    CLOSE = "close it"
    REALLOCATE = "assign it to another user"


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a part may do something, and which rule says so."""

    allowed: bool
    clause: str
    certainty: Certainty


_CLOSE: Final = "MP121 annex A 2.4: only the gaining Supplier closes"
_ALLOCATE: Final = "MP121 PIA 4: no Service User allocates to another; the DCC Helpdesk does"
_NOTES: Final = "MP121 PIA 4: the installing Supplier answers by a note"
_OWN: Final = "MP121 PIA 4: incidents are between creator and assignee"

_SOURCED: Final = Certainty.SOURCED
_INFERRED: Final = Certainty.INFERRED

PERMISSIONS: Final = {
    (Part.CREATOR, Action.READ): Permission(True, _OWN, _SOURCED),
    (Part.CREATOR, Action.ADD_NOTE): Permission(True, _NOTES, _INFERRED),
    (Part.CREATOR, Action.CLOSE): Permission(True, _CLOSE, _SOURCED),
    (Part.CREATOR, Action.REALLOCATE): Permission(False, _ALLOCATE, _SOURCED),
    (Part.ASSIGNEE, Action.READ): Permission(True, _OWN, _SOURCED),
    (Part.ASSIGNEE, Action.ADD_NOTE): Permission(True, _NOTES, _SOURCED),
    (Part.ASSIGNEE, Action.CLOSE): Permission(False, _CLOSE, _SOURCED),
    (Part.ASSIGNEE, Action.REALLOCATE): Permission(False, _ALLOCATE, _SOURCED),
    (Part.HELPDESK, Action.READ): Permission(True, _ALLOCATE, _INFERRED),
    (Part.HELPDESK, Action.ADD_NOTE): Permission(True, _ALLOCATE, _INFERRED),
    (Part.HELPDESK, Action.CLOSE): Permission(False, _CLOSE, _SOURCED),
    (Part.HELPDESK, Action.REALLOCATE): Permission(True, _ALLOCATE, _SOURCED),
    (Part.STRANGER, Action.READ): Permission(False, _OWN, _INFERRED),
    (Part.STRANGER, Action.ADD_NOTE): Permission(False, _OWN, _INFERRED),
    (Part.STRANGER, Action.CLOSE): Permission(False, _CLOSE, _SOURCED),
    (Part.STRANGER, Action.REALLOCATE): Permission(False, _ALLOCATE, _SOURCED),
}
