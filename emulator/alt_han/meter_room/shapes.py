"""Rectangles on a wall, in whole millimetres from its lower left corner."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, order=True)
class Rectangle:
    """A place on the wall.

    Args:
        left: of its left edge.
        bottom: of its lower edge.
        width: above 0.
        height: above 0.
    """

    left: int
    bottom: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Where its right edge is."""
        return self.left + self.width

    @property
    def top(self) -> int:
        """Where its upper edge is."""
        return self.bottom + self.height

    def overlaps(self, other: "Rectangle") -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )

    def within(self, other: "Rectangle") -> bool:
        """Whether no part of it is outside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.bottom >= other.bottom
            and self.top <= other.top
        )

    def grown(self, margin: int) -> "Rectangle":
        """The same place with `margin` more on each side."""
        return Rectangle(
            self.left - margin,
            self.bottom - margin,
            self.width + 2 * margin,
            self.height + 2 * margin,
        )

    def moved(self, left: int, bottom: int) -> "Rectangle":
        """A place of the same size elsewhere."""
        return replace(self, left=left, bottom=bottom)

    def gap(self, other: "Rectangle") -> int:
        """Millimetres between two edges, across or up, whichever is more; 0 where they touch."""
        across = max(0, other.left - self.right, self.left - other.right)
        up = max(0, other.bottom - self.top, self.bottom - other.top)
        return max(across, up)
