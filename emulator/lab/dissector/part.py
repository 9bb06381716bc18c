"""What one layer of a frame, with everything that it carries, says."""

from dataclasses import dataclass, replace
from typing import Final

from emulator.lab.kept.result import ChartLayer

INDENT: Final = "  "


@dataclass(frozen=True, slots=True)
class Part:
    """A frame from one layer upwards.

    Args:
        layer: the highest layer that was reached.
        label: what it says, in a few words.
        detail: one line a field, under a heading for each layer.
        security: which keys protect it, lowest layer first.
    """

    layer: ChartLayer
    label: str
    detail: tuple[str, ...]
    security: tuple[str, ...] = ()

    def below(self, detail: list[str], *security: str) -> "Part":
        """The same with what the layer below says in front of it."""
        return replace(self, detail=(*detail, *self.detail), security=(*security, *self.security))

    def marked(self, suffix: str) -> "Part":
        """The same with more in its label."""
        return replace(self, label=self.label + suffix)


def section(heading: str, lines: list[str]) -> list[str]:
    """Lines under a heading."""
    return [heading, *(INDENT + line for line in lines)]
