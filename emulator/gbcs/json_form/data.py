"""DLMS data as JSON: `{"type": "long-unsigned", "value": 90}`, octets as hexadecimal."""

from collections.abc import Mapping
from typing import Any, Final

from emulator.dlms.data import BitString, CompactArray, Data, TypeDescription, Value
from emulator.dlms.data_types import DataType
from emulator.gbcs.json_form.fields import list_in, number_in, octets_in, refuse, text_in

_TYPES: Final = {kind.words: kind for kind in DataType}
DEPTH: Final = 16


def data_document(data: Data) -> dict[str, Any]:
    """A value as a JSON document."""
    kind, value = data
    document: dict[str, Any] = {"type": kind.words}
    if value is not None:
        document["value"] = _value_document(value)
    return document


def _value_document(value: Value) -> Any:
    match value:
        case BitString():
            return {"length": value.length, "octets": value.octets.hex().upper()}
        case CompactArray():
            return {
                "description": _description_document(value.description),
                "elements": [data_document(each) for each in value.elements],
            }
        case bytes():
            return value.hex().upper()
        case tuple():
            return [data_document(each) for each in value if isinstance(each, Data)]
        case _:
            return value


def _description_document(description: TypeDescription) -> dict[str, Any]:
    document: dict[str, Any] = {"type": description.type.words}
    if description.type is DataType.ARRAY:
        document["repeats"] = description.repeats
    if description.parts:
        document["parts"] = [_description_document(part) for part in description.parts]
    return document


def data_from(document: Any, path: str, depth: int = DEPTH) -> Data:
    """The value that a JSON document stands for.

    Raises:
        UsageError: when it stands for none; names the place.
    """
    kind = _type_from(document, path, depth)
    place = f"{path}.value"
    given = document.get("value")
    value: Value
    if kind in (DataType.NULL_DATA, DataType.DONT_CARE):
        value = None
    elif kind in (DataType.ARRAY, DataType.STRUCTURE):
        parts = list_in(given, place)
        value = tuple(
            data_from(part, f"{place}[{index}]", depth - 1) for index, part in enumerate(parts)
        )
    elif kind is DataType.BIT_STRING:
        value = BitString(
            number_in(_member(given, "length", place), f"{place}.length"),
            octets_in(_member(given, "octets", place), f"{place}.octets"),
        )
    elif kind is DataType.COMPACT_ARRAY:
        value = _compact_array_from(given, place, depth)
    else:
        value = _scalar_from(kind, given, place)
    return Data(kind, value)


def _scalar_from(kind: DataType, given: Any, place: str) -> Value:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    if kind in (DataType.VISIBLE_STRING, DataType.UTF8_STRING):
        return text_in(given, place)
    return octets_in(given, place)


def _compact_array_from(given: Any, place: str, depth: int) -> CompactArray:
    description = _description_from(_member(given, "description", place), f"{place}.description")
    elements = list_in(_member(given, "elements", place), f"{place}.elements")
    return CompactArray(
        description,
        tuple(
            data_from(element, f"{place}.elements[{index}]", depth - 1)
            for index, element in enumerate(elements)
        ),
    )


def _description_from(document: Any, path: str, depth: int = DEPTH) -> TypeDescription:
    kind = _type_from(document, path, depth)
    parts = list_in(document.get("parts", []), f"{path}.parts")
    return TypeDescription(
        kind,
        tuple(
            _description_from(part, f"{path}.parts[{index}]", depth - 1)
            for index, part in enumerate(parts)
        ),
        number_in(document.get("repeats", 0), f"{path}.repeats"),
    )


def _type_from(document: Any, path: str, depth: int) -> DataType:
    if depth == 0 or not isinstance(document, Mapping):
        refuse(path, document, "an object with `type` and `value`, not nested too deep")
    kind = _TYPES.get(str(document.get("type")))
    if kind is None:
        refuse(f"{path}.type", document.get("type"), f"one of {', '.join(_TYPES)}")
    return kind


def _member(document: Any, name: str, path: str) -> Any:
    if not isinstance(document, Mapping) or name not in document:
        refuse(path, document, f"an object with `{name}`")
    return document[name]
