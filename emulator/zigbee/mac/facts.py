"""Facts of the MAC."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class MacUnexpectedEvent:
    """An event that the state of a MAC procedure does not provide for; the state stays."""

    kind: ClassVar[str] = "mac_unexpected_event"
    procedure: str
    state: str
    event: str
