"""The elements of an answer, from its record and from what was read of it (MMC 5.4)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from emulator.duis.mmc.content import Content
from emulator.duis.mmc.record import Line
from emulator.duis.mmc.source import found
from emulator.duis.tree import Node

_PLACE: Final = "#"
"""Source of the place of a row, from 1."""
_AROUND: Final = "."
"""Name of the element that a line stands in."""


@dataclass(slots=True)
class _Growing:
    """An element that is still filled."""

    name: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    parts: list["_Growing"] = field(default_factory=list)

    def node(self) -> Node:
        """The element as it is now."""
        return Node(
            self.name, self.text, tuple(part.node() for part in self.parts), self.attributes
        )

    def last(self, name: str) -> "_Growing":
        """The last element inside, when it has the name and holds others; else a new one."""
        if not self.parts or self.parts[-1].name != name or not self.parts[-1].parts:
            self.parts.append(_Growing(name))
        return self.parts[-1]


def filled(lines: Iterable[Line], said: object) -> tuple[Node, ...]:
    """The elements of lines; those without a value are left out.

    Args:
        lines: of a record.
        said: what was read of the answer.
    """
    root = _Growing("")
    _fill(root, lines, said, 0)
    return tuple(part.node() for part in root.parts)


def _fill(within: _Growing, lines: Iterable[Line], said: object, place: int) -> None:
    for line in lines:
        value = place if line.source == _PLACE else found(said, line.source)
        rows: Sequence[object] = (value,)
        if line.repeated:
            rows = value if isinstance(value, tuple) else ()
        made = [
            each
            for at, row in enumerate(rows, 1)
            if (each := _element(line, row, at if line.repeated else place)) is not None
        ]
        if not made:
            continue
        parent = within
        for name in line.path[:-1]:
            parent = parent.last(name)
        if line.path[-1] == _AROUND:
            parent.parts += [part for each in made for part in each.parts]
        else:
            parent.parts += made


def _element(line: Line, value: object, place: int) -> _Growing | None:
    if value is None:
        return None
    index = ((line.index, str(place)),) if line.index else ()
    if line.convert is not None:
        content = line.convert(value)
        return None if content is None else _of(line.path[-1], content, index)
    made = _Growing(line.path[-1], attributes=index)
    _fill(made, line.inside, value, place)
    return made if made.parts else None


def _of(name: str, content: Content, index: tuple[tuple[str, str], ...]) -> _Growing:
    parts = [_grown(part) for part in content.parts]
    return _Growing(name, content.text, (*content.attributes, *index), parts)


def _grown(node: Node) -> _Growing:
    return _Growing(node.name, node.text, node.attributes, [_grown(each) for each in node.parts])
