"""Two trees held against each other: both as documents, with what differs marked.

The expected tree is a pattern: what it does not name may be there. A label that stands several
times is matched in order.
"""

from collections import Counter
from typing import Any, Final

from emulator.gbcs.meaning.tree import Tree

Document = dict[str, Any]
"""A tree as JSON: `label`; where there are any `value`, `offset`, `children`, `differs`."""
DIFFERS: Final = "differs"


def marked(expected: Tree | None, seen: Tree | None) -> tuple[Document | None, Document | None]:
    """Both trees as documents, what differs marked; each None where there is none."""
    if expected is None or seen is None:
        return _whole(expected), _whole(seen)
    return _pair(expected, seen)


def document_lines(document: Document, depth: int = 0) -> list[str]:
    """A document as indented lines of text; what differs begins with `>`."""
    mark = ">" if document.get(DIFFERS) else " "
    value = document.get("value", "")
    told = f"{document['label']}: {value}" if value else document["label"]
    rows = [f"{mark} {'  ' * depth}{told}"]
    for child in document.get("children", ()):
        rows += document_lines(child, depth + 1)
    return rows


def _pair(expected: Tree, seen: Tree) -> tuple[Document, Document]:
    left, right = _own(expected), _own(seen)
    if expected.value and expected.value != seen.value:
        left[DIFFERS] = right[DIFFERS] = True
    places: dict[tuple[str, int], Tree] = {}
    counted = Counter[str]()
    for child in seen.children:
        places[child.label, counted[child.label]] = child
        counted[child.label] += 1
    matched: dict[int, Document] = {}
    children = []
    counted.clear()
    for child in expected.children:
        other = places.get((child.label, counted[child.label]))
        counted[child.label] += 1
        if other is None:
            children.append({**_tree(child), DIFFERS: True})
            continue
        mine, matched[id(other)] = _pair(child, other)
        children.append(mine)
    _with(left, children)
    _with(right, [matched.get(id(each)) or _tree(each) for each in seen.children])
    return left, right


def _whole(tree: Tree | None) -> Document | None:
    return None if tree is None else _tree(tree)


def _tree(tree: Tree) -> Document:
    filled = _own(tree)
    _with(filled, [_tree(each) for each in tree.children])
    return filled


def _own(tree: Tree) -> Document:
    filled: Document = {"label": tree.label}
    if tree.value:
        filled["value"] = tree.value
    if tree.offset is not None:
        filled["offset"] = tree.offset
    return filled


def _with(document: Document, children: list[Document]) -> None:
    if children:
        document["children"] = children
