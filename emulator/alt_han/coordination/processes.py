"""The seven processes of the target operating model, and the stages of a meter room in them.

Titles are those that DCP 400's background slides give; processes 1 and 4 have none there.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class Process(Enum):
    """A process of level 1."""

    ONE = 1
    TWO = 2
    THREE = 3
    FOUR = 4
    FIVE = 5
    SIX = 6
    SEVEN = 7


TITLES: Final[Mapping[Process, str]] = MappingProxyType(
    {
        Process.TWO: "Resolution Proposal for Smart & Alt HAN Ready Meter Room",
        Process.THREE: "Price & Economic Test of Design",
        Process.FIVE: "Resolving Parties Deliver",
        Process.SIX: "Approval that Meter Room is Smart & Alt HAN Ready",
        Process.SEVEN: "Completion Activities",
    }
)
"""As far as the slides show them; that of process 5 is cut off there."""


class Stage(Enum):
    """How far a meter room has come; named for what is under way."""

    NOMINATED = "process 1"
    CONFIRMED = "process 2"
    PROPOSED = "process 3"
    PRICED = "process 4"
    APPROVED = "process 5, before the decision to go"
    WORKS = "process 5, works under way"
    DELIVERED = "process 6"
    READY = "process 7"
    COMPLETED = "completed"
    EXEMPT = "for the Exempt Premises List"
    ABANDONED = "abandoned"

    @property
    def ended(self) -> bool:
        """Whether nothing more happens."""
        return self in (Stage.COMPLETED, Stage.EXEMPT, Stage.ABANDONED)


APPROVALS: Final[Mapping[Process, tuple[Stage, Stage]]] = MappingProxyType(
    {
        Process.ONE: (Stage.NOMINATED, Stage.CONFIRMED),
        Process.TWO: (Stage.CONFIRMED, Stage.PROPOSED),
        Process.THREE: (Stage.PROPOSED, Stage.PRICED),
        Process.FOUR: (Stage.PRICED, Stage.APPROVED),
        Process.SIX: (Stage.DELIVERED, Stage.READY),
    }
)
"""Which approval takes a room from which stage to which: 1 to 4 before works, 6 after them."""

EXEMPTION_FROM: Final = (Stage.NOMINATED, Stage.CONFIRMED, Stage.PROPOSED)
"""Processes 1 to 3 support submissions for the Exempt Premises List."""
BEFORE_WORKS: Final = (*EXEMPTION_FROM, Stage.PRICED, Stage.APPROVED)
