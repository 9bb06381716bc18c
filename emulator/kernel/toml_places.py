"""In which line of a TOML text each key stands, so that a mistake can be shown where it is.

The text is known to be TOML already. Keys inside inline tables and of arrays that span lines count
as standing where their own key does.
"""

import re
from typing import Final

Path = tuple[str | int, ...]
"""Keys and places in arrays of tables: `("devices", 1, "kind")`."""
_HEADER: Final = re.compile(r"^\s*(\[\[?)\s*(.+?)\s*\]\]?\s*(#.*)?$")
_NAME: Final = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY: Final = re.compile(rf"^\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_PART: Final = re.compile(_NAME)
_QUOTES: Final = ('"""', "'''")


def places(text: str) -> dict[Path, int]:
    """The line of each key and table, from 1."""
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    depth, quote = 0, ""
    for number, row in enumerate(text.splitlines(), 1):
        inside = depth > 0 or bool(quote)
        header, key = _HEADER.match(row), _KEY.match(row)
        if not inside and header is not None:
            table = _table(header, counts)
            _note(found, table, number)
        elif not inside and key is not None:
            _note(found, (*table, *_parts(key[1])), number)
        depth, quote = _open(row if header is None or inside else "", depth, quote)
    return found


def line_of(found: dict[Path, int], path: Path) -> int:
    """The line of a key, or of the nearest table around it."""
    while path not in found:
        path = path[:-1]
    return found[path]


def _table(header: re.Match[str], counts: dict[Path, int]) -> Path:
    path: Path = ()
    parts = _parts(header[2])
    for place, part in enumerate(parts):
        path = (*path, part)
        if header[1] == "[[" and place == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _note(found: dict[Path, int], path: Path, number: int) -> None:
    for end in range(1, len(path) + 1):
        found.setdefault(path[:end], number)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(text))


def _open(row: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets, and which long quotation, are open after a row."""
    at = 0
    while at < len(row):
        if quote:
            end = row.find(quote, at)
            if end < 0:
                return depth, quote
            at, quote = end + len(quote), ""
            continue
        long = row[at : at + 3]
        if long in _QUOTES:
            quote, at = long, at + 3
            continue
        sign = row[at]
        if sign == "#":
            break
        if sign in "\"'":
            at = _closed(row, at)
            continue
        depth += (sign in "[{") - (sign in "]}")
        at += 1
    return max(depth, 0), quote


def _closed(row: str, at: int) -> int:
    """Where a short quotation that begins at `at` is over."""
    sign, here = row[at], at + 1
    while here < len(row) and row[here] != sign:
        here += 2 if row[here] == "\\" and sign == '"' else 1
    return here + 1
