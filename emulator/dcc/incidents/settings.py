"""What the seed documents leave open about install codes after a change of supplier (MP121)."""

from dataclasses import dataclass
from datetime import timedelta

from emulator.dcc.inventory.statuses import SmiStatus
from emulator.kernel.settings import setting


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSettings:
    """How requests for install codes are handled."""

    working_days: int = setting(
        5, source="SEC App. AC 4.16 (MP121 annexes B, C): five Working Days"
    )
    appropriate: tuple[SmiStatus, ...] = setting(
        (SmiStatus.PENDING, SmiStatus.WHITELISTED, SmiStatus.INSTALLED_NOT_COMMISSIONED),
        source="MP121 PIA 4: an appropriate state, to be agreed as part of the FIA",
        verified=False,
    )
    type_1_only: bool = setting(
        False,
        source="SEC App. AC 4.16 says Type 1 Device, which read literally leaves meters out",
        verified=False,
    )
    note_without_code_answers: bool = setting(
        False,
        source="MP121 PIA 4: DSMS cannot verify that a note contains a code; whether the five "
        "days are met by such a note is not said",
        verified=False,
    )
    creator_notes_reach_assignee: bool = setting(
        False,
        source="MP121 PIA 4 names e-mails on assignment and to the creator, no others",
        verified=False,
    )
    email_delay: timedelta = setting(
        timedelta(), source="assumed: an e-mail is received when it is sent", verified=False
    )
    reader_must_be_responsible: bool = setting(
        True,
        source="assumed for MP281: codes in the inventory are for the Responsible Supplier",
        verified=False,
    )
