"""Texts that a page holds once each and names by number."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Texts:
    """A table of texts that grows; the empty one is number 0."""

    places: dict[str, int] = field(default_factory=lambda: {"": 0})

    def place(self, text: str) -> int:
        """The number of a text."""
        return self.places.setdefault(text, len(self.places))

    def listed(self) -> list[str]:
        """Every text, by number."""
        return list(self.places)
