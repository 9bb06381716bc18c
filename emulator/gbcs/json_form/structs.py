"""Declared formats as JSON documents, both ways: one member a field, named as declared.

Numbers stay numbers, octets are hexadecimal, fields that are not there are left out.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from emulator.gbcs.json_form.fields import list_in, object_in, octets_in, refuse, text_in
from emulator.kernel.errors import LocalError
from emulator.wire.codecs import Bits, Many, Told, UInt
from emulator.wire.plan import Codec, Nested
from emulator.wire.struct import Struct


def struct_document(value: Struct) -> dict[str, Any]:
    """A declared format as a JSON document.

    Raises:
        LocalError: when it holds a value that has no form in JSON.
    """
    held = ((plan.name, getattr(value, plan.name)) for plan in value.plan)
    return {name: _value_document(each) for name, each in held if each is not None}


def _value_document(value: object) -> Any:
    match value:
        case bool():
            return value
        case int():
            return int(value)
        case bytes():
            return value.hex().upper()
        case str():
            return {"text": value}
        case tuple():
            return [_value_document(each) for each in value]
        case Struct():
            return struct_document(value)
        case _:
            raise LocalError(f"{value!r} has no form in JSON")


def struct_from(cls: type[Struct], document: Mapping[str, Any], path: str) -> Struct:
    """The declared format that a JSON document stands for.

    Raises:
        UsageError: when it stands for none; names the place.
    """
    plans = {plan.name: plan for plan in cls.plan}
    strange = sorted(set(document) - set(plans))
    if strange:
        refuse(path, strange[0], f"one of {', '.join(plans)}")
    values: dict[str, Any] = {
        name: _value_from(plans[name].codec, value, f"{path}.{name}", plans[name].convert)
        for name, value in document.items()
    }
    for name in _without_default(cls):
        if name in values:
            continue
        if plans[name].present is None:
            refuse(f"{path}.{name}", None, "a value")
        values[name] = None
    return cls(**values)


def _without_default(cls: type[Struct]) -> tuple[str, ...]:
    declared = fields(cls)  # type: ignore[arg-type]  # every Struct is a dataclass
    return tuple(each.name for each in declared if each.default is MISSING)


def _value_from(codec: Codec | Any, value: Any, place: str, convert: Any = None) -> Any:
    match codec:
        case UInt() | Bits():
            if not isinstance(value, int):
                refuse(place, value, "a whole number")
            return value if convert is None else _converted(convert, value, place)
        case Nested():
            return struct_from(codec.struct, object_in(value, place), place)
        case Many():
            return _items_from(codec, value, place)
        case Told():
            return _told_from(value, place)
        case _:
            return octets_in(value, place)


def _converted(convert: Any, value: int, place: str) -> Any:
    try:
        return convert(value)
    except ValueError:
        refuse(place, value, f"a number of {convert.__name__}")


def _items_from(codec: Many, value: Any, place: str) -> tuple[Any, ...]:
    item = codec.item
    listed = list_in(value, place)
    nested = isinstance(item, type) and issubclass(item, Struct)
    inner = Nested(item) if nested else item
    return tuple(_value_from(inner, each, f"{place}[{index}]") for index, each in enumerate(listed))


def _told_from(value: Any, place: str) -> Any:
    """A value of a type that stands beside it."""
    if isinstance(value, Mapping):
        return text_in(value.get("text"), f"{place}.text")
    if isinstance(value, int):
        return value
    return octets_in(value, place)
