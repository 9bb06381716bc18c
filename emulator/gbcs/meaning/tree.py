"""A tree of labelled values: what a message means, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tree:
    """One line and what belongs under it.

    Args:
        label: what it is.
        value: what it says; empty where the children say it.
        children: what is in it.
        offset: of its first octet in the message; None where it has none of its own.
    """

    label: str
    value: str = ""
    children: tuple["Tree", ...] = ()
    offset: int | None = None

    def find(self, label: str) -> Iterator["Tree"]:
        """Every tree with this label, this one included, in reading order."""
        if self.label == label:
            yield self
        for child in self.children:
            yield from child.find(label)


def lines(tree: Tree, depth: int = 0) -> Iterator[str]:
    """The tree as indented lines of text."""
    yield "  " * depth + (f"{tree.label}: {tree.value}" if tree.value else tree.label)
    for child in tree.children:
        yield from lines(child, depth + 1)


def document(tree: Tree) -> dict[str, object]:
    """The tree as a JSON document; fields that say nothing are left out."""
    content: dict[str, object] = {"label": tree.label}
    if tree.value:
        content["value"] = tree.value
    if tree.offset is not None:
        content["offset"] = tree.offset
    if tree.children:
        content["children"] = [document(child) for child in tree.children]
    return content
