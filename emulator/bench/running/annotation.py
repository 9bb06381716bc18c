"""A message as a hexdump in which every part stands under its name (GBCS 7.2)."""

from collections.abc import Iterator
from typing import Final

from emulator.gbcs.meaning.tree import Tree

_ROW: Final = 16
_HEADER: Final = "header"


def annotated(octets: bytes, tree: Tree) -> str:
    """Each part of a message on lines of its own: offset, octets, and what it says.

    Args:
        octets: of the message.
        tree: what they mean, with offsets.
    """
    places = dict(_places(tree))
    starts = sorted({0, *(at for at in places if at < len(octets))})
    ends = (*starts[1:], len(octets))
    rows: list[str] = []
    for start, end in zip(starts, ends, strict=True):
        name = places.get(start, _HEADER)
        for at in range(start, end, _ROW):
            piece = octets[at : min(at + _ROW, end)].hex(" ")
            rows.append(f"{at:04x}  {piece:<47}  {name if at == start else ''}".rstrip())
    return "\n".join(rows)


def _places(tree: Tree) -> Iterator[tuple[int, str]]:
    """Where each part begins; of parts that begin together the innermost has the name."""
    if tree.offset:
        yield tree.offset, f"{tree.label}: {tree.value}" if tree.value else tree.label
    for child in tree.children:
        yield from _places(child)
