"""Areas of rooms and what they have in common: which overlap, which stand on nothing."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import Final

from emulator.radio.propagation.floor_plan import Point

LEAST: Final = 1e-6
"""Square metres below which an overlap is rounding."""

_Edge = tuple[Point, Point]


def area(corners: Sequence[Point]) -> float:
    """Square metres of a room whose sides do not cross."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _edges(corners))) / 2


def common_area(one: Sequence[Point], other: Sequence[Point]) -> float:
    """Square metres that two rooms have in common.

    Between two heights at which a corner lies or sides cross, the common width changes evenly, so
    that its value half way is its mean.
    """
    edges = _edges(one), _edges(other)
    heights = {y for _, y in (*one, *other)}
    heights |= {
        crossing[1]
        for first in edges[0]
        for second in edges[1]
        if (crossing := _crossing(first, second)) is not None
    }
    total = 0.0
    for low, high in pairwise(sorted(heights)):
        middle = (low + high) / 2
        width = _common_width(_spans(edges[0], middle), _spans(edges[1], middle))
        total += width * (high - low)
    return total


def within(point: Point, corners: Sequence[Point], margin: float = 0.0) -> bool:
    """Whether a point is in a room, or no further than so many metres from it."""
    edges = _edges(corners)
    if any(_distance(point, edge) <= margin + 1e-9 for edge in edges):
        return True
    return any(left <= point[0] <= right for left, right in _spans(edges, point[1]))


def _edges(corners: Sequence[Point]) -> list[_Edge]:
    return list(pairwise((*corners, corners[0]))) if corners else []


def _spans(edges: Sequence[_Edge], height: float) -> list[tuple[float, float]]:
    """The pieces of a line across at a height that are inside."""
    crossed = sorted(
        x1 + (height - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in edges
        if (y1 <= height) != (y2 <= height)
    )
    return list(zip(crossed[::2], crossed[1::2], strict=False))


def _common_width(
    one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]
) -> float:
    return sum(
        max(0.0, min(right, far) - max(left, near)) for left, right in one for near, far in other
    )


def _crossing(one: _Edge, other: _Edge) -> Point | None:
    """Where two sides cross or touch; None where they do not, or run the same way."""
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = other
    turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if turn == 0:
        return None
    along = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
    across = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn
    if not (0 <= along <= 1 and 0 <= across <= 1):
        return None
    return ax + along * (bx - ax), ay + along * (by - ay)


def _distance(point: Point, edge: _Edge) -> float:
    (x, y), ((ax, ay), (bx, by)) = point, edge
    length = (bx - ax) ** 2 + (by - ay) ** 2
    share = 0.0 if length == 0 else ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
    share = min(1.0, max(0.0, share))
    return hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay))
