"""What a rule bars, and which rule it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """An action that is not done; nothing has changed.

    Args:
        clause: document and clause that bar it.
        reason: what is missing or wrong, in words.
    """

    clause: str
    reason: str

    def __str__(self) -> str:
        return f"{self.reason} ({self.clause})"
