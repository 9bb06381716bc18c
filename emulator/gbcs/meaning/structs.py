"""Declared formats and dataclasses as trees: one line a field, named as declared."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum, Flag
from typing import Final

from emulator.gbcs.meaning.tree import Tree
from emulator.kernel.identity import format_eui64

_CERTIFICATE: Final = 0x30
_ENTITY: Final = 8
"""Octets of an entity identifier, which is an EUI-64."""


def value_tree(label: str, value: object, offset: int | None = None) -> Tree:
    """A field and its value; what is absent prints as `none`."""
    if is_dataclass(value) and not isinstance(value, type):
        named = ((field.name, getattr(value, field.name)) for field in fields(value))
        return Tree(label, "", tuple(_fields(named)), offset)
    if isinstance(value, tuple):
        elements = tuple(value_tree(f"[{index}]", each) for index, each in enumerate(value, 1))
        return Tree(label, f"{len(elements)} of them", elements, offset)
    return Tree(label, value_text(value), (), offset)


def value_text(value: object) -> str:
    """A value without parts, as text."""
    if value is None:
        return "none"
    if isinstance(value, Flag):
        return ", ".join(str(each.name).lower().replace("_", " ") for each in value) or "none"
    if isinstance(value, Enum):
        return f"{str(value.name).lower().replace('_', ' ')} ({value.value})"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return _octets(value)
    return str(value)


def _octets(octets: bytes) -> str:
    if octets[:1] == bytes((_CERTIFICATE,)) and len(octets) > 100:
        return f"DER of {len(octets)} octets"
    if len(octets) == _ENTITY:
        return format_eui64(int.from_bytes(octets, "big"))
    if octets and all(0x20 <= octet < 0x7F for octet in octets):
        return f"{octets.decode('ascii')!r} ({octets.hex().upper()})"
    return octets.hex().upper() or "empty"


def _fields(named: Iterable[tuple[str, object]]) -> Iterable[Tree]:
    return (value_tree(name, value) for name, value in named)
