"""DLMS data as a tree: parts by name, dates as dates, text as text."""

from typing import Final

from emulator.cosem.date_times import format_date, format_date_time, format_time
from emulator.cosem.layouts import Layout, names_all
from emulator.cosem.logical_names import format_obis
from emulator.cosem.units import unit_name
from emulator.dlms.data import BitString, CompactArray, Data
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType
from emulator.dlms.lengths import encode_length
from emulator.gbcs.meaning.times import utc
from emulator.gbcs.meaning.tree import Tree
from emulator.kernel.identity import format_eui64

_MONTHS: Final = frozenset((*range(13), 0xFD, 0xFE, 0xFF))
_YEARS: Final = range(1970, 2200)
_UNIT_PARTS: Final = frozenset(
    ("unit", "active_import_unit", "reactive_import_unit", "active_power_import_unit")
)
_TIME_PARTS: Final = frozenset(("timestamp", "from_value", "to_value", "boost_start", "boost_end"))
_EUI_WORDS: Final = ("ieee_address", "mac_address", "extended_pan_id")


def data_tree(label: str, data: Data, layout: Layout = (), offset: int | None = None) -> Tree:
    """A value as a tree.

    Args:
        label: what the value is.
        data: the value.
        layout: names for the parts of its structures.
        offset: of its tag in the message.
    """
    kind, value = data
    if isinstance(value, CompactArray):
        elements = tuple(
            data_tree(f"[{index}]", element, layout)
            for index, element in enumerate(value.elements, 1)
        )
        return Tree(label, f"{len(elements)} elements (compact array)", elements, offset)
    if kind is DataType.STRUCTURE or kind is DataType.ARRAY:
        return Tree(label, _size(data), _parts(data, layout, offset), offset)
    return Tree(label, plain(label, data), (), offset)


def _size(data: Data) -> str:
    if data.type is DataType.STRUCTURE or not isinstance(data.value, tuple):
        return ""
    return "1 element" if len(data.value) == 1 else f"{len(data.value)} elements"


def _parts(data: Data, layout: Layout, offset: int | None) -> tuple[Tree, ...]:
    parts = tuple(part for part in _items(data) if isinstance(part, Data))
    named = data.type is DataType.STRUCTURE and names_all(layout, len(parts))
    at = None if offset is None else offset + 1 + len(encode_length(len(parts)))
    trees = []
    for index, part in enumerate(parts):
        if named:
            trees.append(data_tree(layout[index].name, part, layout[index].parts, at))
        else:
            inner = layout if data.type is DataType.ARRAY else ()
            trees.append(data_tree(f"[{index + 1}]", part, inner, at))
        if at is not None:
            at += len(encode_data(part))
    return tuple(trees)


def _items(data: Data) -> tuple[object, ...]:
    return data.value if isinstance(data.value, tuple) else ()


def plain(label: str, data: Data) -> str:
    """A value without parts, as text; its label helps to tell what octets are."""
    kind, value = data
    if kind is DataType.NULL_DATA:
        return "null"
    if isinstance(value, BitString):
        return f"{value.bits or 'no'} (bits)"
    if kind is DataType.BOOLEAN:
        return "true" if value else "false"
    if isinstance(value, int):
        return _number(label, kind, value)
    if isinstance(value, str):
        return repr(value)
    return _octets(label, kind, value) if isinstance(value, bytes) else str(value)


def _number(label: str, kind: DataType, number: int) -> str:
    """A number; times of logs are seconds since 2000-01-01 UTC."""
    if label in _UNIT_PARTS:
        return unit_name(number)
    if label in _TIME_PARTS and kind is DataType.DOUBLE_LONG_UNSIGNED:
        return f"{utc(number)} ({number})"
    return str(number)


def _octets(label: str, kind: DataType, octets: bytes) -> str:
    told = None
    if kind is DataType.DATE_TIME or _is_date_time(octets):
        told = format_date_time(octets)
    elif kind is DataType.DATE or (len(octets) == 5 and _names(label, "date")):
        told = format_date(octets)
    elif kind is DataType.TIME or (len(octets) == 4 and _names(label, "time")):
        told = format_time(octets)
    elif len(octets) == 6 and _names(label, "logical_name"):
        told = format_obis(octets)
    elif len(octets) == 8 and label.lower() in _EUI_WORDS:
        told = format_eui64(int.from_bytes(octets, "big"))
    elif len(octets) > 1 and all(0x20 <= octet < 0x7F for octet in octets):
        told = repr(octets.decode("ascii"))
    shown = octets.hex().upper() or "empty"
    return shown if told is None else f"{told} ({shown})"


def _names(label: str, word: str) -> bool:
    return word in label.lower()


def _is_date_time(octets: bytes) -> bool:
    """Whether 12 octets read as a date-time; GBCS has no other octet string of that length."""
    if len(octets) != 12:
        return False
    year = int.from_bytes(octets[:2], "big")
    return (year in _YEARS or year in (0, 0xFFFF)) and octets[2] in _MONTHS
