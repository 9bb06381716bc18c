"""Names for the parts of a value: `day_id day_schedule(start_time script_logical_name)`.

A layout names the parts of a structure, and of every structure in an array; how deep arrays go
between them, the data itself tells. A part whose name ends with `?` may be left out at the end.
"""

import re
from typing import Final, NamedTuple

from emulator.kernel.errors import LocalError

_TOKENS: Final = re.compile(r"[A-Za-z0-9_]+\??|[()]")


class Part(NamedTuple):
    """One part by name, the layout of what is in it, and whether it may be left out at the end."""

    name: str
    parts: tuple["Part", ...] = ()
    optional: bool = False


Layout = tuple[Part, ...]


def layout(text: str) -> Layout:
    """The layout that a text writes down.

    Raises:
        LocalError: when its brackets do not match.
    """
    levels: list[list[Part]] = [[]]
    for word in _TOKENS.findall(text):
        if word == "(":
            levels.append([])
        elif word != ")":
            levels[-1].append(Part(word.rstrip("?"), optional=word.endswith("?")))
        elif len(levels) < 2 or not levels[-2]:
            raise LocalError(f"layout {text!r} closes what it did not open")
        else:
            inside = tuple(levels.pop())
            levels[-1][-1] = levels[-1][-1]._replace(parts=inside)
    if len(levels) > 1:
        raise LocalError(f"layout {text!r} does not close what it opened")
    return tuple(levels[0])


def names_all(parts: Layout, count: int) -> bool:
    """Whether a layout names every part of a structure that has `count` of them."""
    return bool(count) and count <= len(parts) and all(part.optional for part in parts[count:])
