"""Fields of a ZCL command taken from its octets by their written declaration."""

from typing import Final, NamedTuple

from emulator.gbcs.meaning.times import utc
from emulator.gbcs.meaning.tree import Tree
from emulator.kernel.errors import WireError

_UNSIGNED: Final = {"u8": 1, "u16": 2, "u24": 3, "u32": 4, "u48": 6}
_MAPS: Final = {"map8": 1, "map16": 2, "map32": 4}
_SIGNED: Final = {"i32": 4}
_ANY: Final = 0xFF
_FIRST_YEAR: Final = 1900


class _Field(NamedTuple):
    """A field by name and type, and whether it may be left out at the end."""

    name: str
    kind: str
    optional: bool


def command_trees(fields: str, octets: bytes, offset: int | None = None) -> tuple[Tree, ...]:
    """The fields of a command, by name.

    Args:
        fields: `name:type` of each; those after `*` repeat to the end.
        octets: what follows the ZCL header.
        offset: of the first of them in the message.

    Raises:
        WireError: when the octets end inside a field, or go on after the last.
    """
    fixed, _, repeated = fields.partition("*")
    trees, at = _take_all(_declared(fixed), octets, 0, offset)
    again = _declared(repeated)
    entry = 1
    while again and at < len(octets):
        start = at
        inside, at = _take_all(again, octets, at, offset)
        trees.append(Tree(f"[{entry}]", "", tuple(inside), _place(offset, start)))
        entry += 1
    if at != len(octets):
        raise WireError("payload", at, f"{len(octets) - at} octets after the last field")
    return tuple(trees)


def _declared(fields: str) -> tuple[_Field, ...]:
    parts = (field.partition(":") for field in fields.split())
    return tuple(_Field(name, kind.rstrip("?"), kind.endswith("?")) for name, _, kind in parts)


def _take_all(
    fields: tuple[_Field, ...], octets: bytes, at: int, offset: int | None
) -> tuple[list[Tree], int]:
    trees = []
    for field in fields:
        if field.optional and at == len(octets):
            break
        text, after = _take(field, octets, at)
        trees.append(Tree(field.name, text, (), _place(offset, at)))
        at = after
    return trees, at


def _place(offset: int | None, at: int) -> int | None:
    return None if offset is None else offset + at


def _take(field: _Field, octets: bytes, at: int) -> tuple[str, int]:
    """The text of a field, and the offset after it."""
    name, kind, _ = field
    if kind == "rest":
        return octets[at:].hex().upper() or "empty", len(octets)
    if kind == "octstr":
        (length,) = _octets(octets, at, 1, name)
        length = 0 if length == _ANY else length
        text = _octets(octets, at + 1, length, name)
        return _string(text), at + 1 + length
    if kind in ("utc", "date"):
        taken = _octets(octets, at, 4, name)
        told = _date(taken) if kind == "date" else utc(int.from_bytes(taken, "little"))
        return told, at + 4
    width = _UNSIGNED.get(kind) or _MAPS.get(kind) or _SIGNED[kind]
    number = int.from_bytes(_octets(octets, at, width, name), "little", signed=kind in _SIGNED)
    return f"{number:0{width * 8}b}" if kind in _MAPS else str(number), at + width


def _octets(octets: bytes, at: int, width: int, name: str) -> bytes:
    taken = octets[at : at + width]
    if len(taken) < width:
        raise WireError(name, at, f"needs {width} octets, found {len(taken)}")
    return taken


def _string(octets: bytes) -> str:
    if octets and all(0x20 <= octet < 0x7F for octet in octets):
        return repr(octets.decode("ascii"))
    return octets.hex().upper() or "empty"


def _date(octets: bytes) -> str:
    """Year from 1900, month, day, weekday; FF stands for any (ZCL8 2.6.2)."""
    year, month, day, _ = octets
    years = "*" if year == _ANY else str(_FIRST_YEAR + year)
    return "-".join((years, *("*" if part == _ANY else f"{part:02}" for part in (month, day))))
