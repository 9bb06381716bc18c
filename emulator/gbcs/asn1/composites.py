"""ASN.1 types made of others: SEQUENCE from a dataclass, SEQUENCE OF, CHOICE, context tags.

A SEQUENCE is declared as a frozen dataclass whose fields say their element in `Annotated[...]`. A
field with a default is OPTIONAL, or has that DEFAULT: it may be absent, and is not written when it
has that value (X.690 11.5), unless `Lengths` says that it is.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from emulator.gbcs.asn1.elements import Element, refuse_tag, take
from emulator.gbcs.asn1.tlv import Lengths, Reader, Span, tlv
from emulator.kernel.errors import LocalError, WireError

_SEQUENCE: Final = 0x30
_CONSTRUCTED: Final = 0x20
_CONTEXT: Final = 0x80
MAXIMUM_ITEMS: Final = 1024
"""Items of the longest SEQUENCE OF that is read."""


class Tagged:
    """An element under a context tag instead of its own (X.690 8.14, IMPLICIT).

    Args:
        number: of the tag.
        element: whose content stands there.
    """

    def __init__(self, number: int, element: Element) -> None:
        self.number = number
        self.element = element
        tag = _CONTEXT | number | (element.tags[0] & _CONSTRUCTED)
        self.tags: tuple[int, ...] = (tag,)

    def read(self, reader: Reader, span: Span) -> Any:
        """The element's value."""
        return self.element.read(reader, span)

    def write(self, value: Any, lengths: Lengths) -> bytes:
        """The element's octets under the context tag."""
        octets = self.element.write(value, lengths)
        return bytes(self.tags) + octets[1:]


@dataclass(frozen=True, slots=True)
class SequenceOf:
    """SEQUENCE OF one element; the value is a tuple (X.690 8.10)."""

    element: Element

    @property
    def tags(self) -> tuple[int, ...]:
        """One tag."""
        return (_SEQUENCE,)

    def read(self, reader: Reader, span: Span) -> tuple[Any, ...]:
        """The items."""
        items: list[Any] = []
        _, at, end = span
        while at < end:
            if len(items) == MAXIMUM_ITEMS:
                raise WireError("", at, f"more than {MAXIMUM_ITEMS} items")
            try:
                item, at = take(self.element, reader, at, end)
            except WireError as error:
                raise within(f"[{len(items)}]", error) from None
            items.append(item)
        return tuple(items)

    def write(self, value: tuple[Any, ...], lengths: Lengths) -> bytes:
        """The items one after the other, with tag and length."""
        content = b"".join(self.element.write(each, lengths) for each in value)
        return tlv(_SEQUENCE, content, lengths)


class Choice:
    """CHOICE between two elements, told apart by tag in octets and by type in values.

    Args:
        first: one element.
        second: the other.
        is_first: whether a value is one of the first.
    """

    def __init__(self, first: Element, second: Element, is_first: Callable[[Any], bool]) -> None:
        self.first = first
        self.second = second
        self._is_first = is_first

    @property
    def tags(self) -> tuple[int, ...]:
        """Those of both."""
        return self.first.tags + self.second.tags

    def read(self, reader: Reader, span: Span) -> Any:
        """The value of the element whose tag was there."""
        first = reader.octets[span[0]] in self.first.tags
        return (self.first if first else self.second).read(reader, span)

    def write(self, value: Any, lengths: Lengths) -> bytes:
        """The octets of the element that the value belongs to."""
        return self.chosen(value).write(value, lengths)

    def chosen(self, value: Any) -> Element:
        """The element that a value belongs to."""
        return self.first if self._is_first(value) else self.second


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a declared dataclass.

    Args:
        optional: whether the element may be absent; the field then has its default.
    """

    name: str
    element: Element
    tags: tuple[int, ...]
    default: Any
    optional: bool


class Sequence:
    """SEQUENCE whose value is an instance of a dataclass (X.690 8.9).

    Args:
        cls: a frozen dataclass; each field names its element in `Annotated[...]`.
    """

    def __init__(self, cls: type[Any]) -> None:
        self.cls = cls
        self.fields = _declared(cls)
        self.tags: tuple[int, ...] = (_SEQUENCE,)
        self._steps = tuple(
            (each.name, each.element.read, each.tags, each.default, each.optional)
            for each in self.fields
        )

    def read(self, reader: Reader, span: Span) -> Any:
        """An instance of the class."""
        octets = reader.octets
        _, at, end = span
        values: dict[str, Any] = {}
        for name, read, tags, default, optional in self._steps:
            if optional and (at >= end or octets[at] not in tags):
                values[name] = default
                continue
            try:
                inside = reader.span(at, end)
                if octets[at] not in tags:
                    refuse_tag(octets[at], at, tags)
                values[name] = read(reader, inside)
            except WireError as error:
                raise within(name, error) from None
            if default is not None and optional and values[name] == default:
                reader.defaults = True
            at = inside[2]
        if at != end:
            raise WireError("", at, f"{end - at} octets after the last element")
        return self.cls(**values)

    def write(self, value: Any, lengths: Lengths) -> bytes:
        """The elements one after the other, with tag and length."""
        if type(value) is not self.cls:
            raise LocalError(f"{value!r} is no {self.cls.__name__}")
        parts = []
        for field in self.fields:
            item = getattr(value, field.name)
            if item != field.default or _written(field, lengths):
                parts.append(field.element.write(item, lengths))
        return tlv(_SEQUENCE, b"".join(parts), lengths)


def _written(field: Field, lengths: Lengths) -> bool:
    """Whether a field is written also when it has its default."""
    return not field.optional or (field.default is not None and lengths.with_defaults)


class Alone:
    """A value that is no SEQUENCE, as the one field of a dataclass.

    Args:
        cls: a frozen dataclass with one field, which names its element in `Annotated[...]`.
    """

    def __init__(self, cls: type[Any]) -> None:
        self.cls = cls
        self.fields = _declared(cls)
        (self._field,) = self.fields
        self.tags = self._field.tags

    def read(self, reader: Reader, span: Span) -> Any:
        """An instance of the class."""
        return self.cls(self._field.element.read(reader, span))

    def write(self, value: Any, lengths: Lengths) -> bytes:
        """The octets of the field."""
        if type(value) is not self.cls:
            raise LocalError(f"{value!r} is no {self.cls.__name__}")
        return self._field.element.write(getattr(value, self._field.name), lengths)


def within(place: str, error: WireError) -> WireError:
    """The error with the name of where it happened put in front of its path."""
    joint = "." if error.path and not error.path.startswith("[") else ""
    return WireError(f"{place}{joint}{error.path}", error.offset, error.reason)


def _declared(cls: type[Any]) -> tuple[Field, ...]:
    hints = get_type_hints(cls, include_extras=True)
    found = []
    for each in fields(cls):
        element = _element(hints[each.name])
        optional = each.default is not MISSING
        found.append(Field(each.name, element, element.tags, each.default, optional))
    return tuple(found)


def _element(hint: Any) -> Element:
    if get_origin(hint) is not Annotated:
        raise LocalError(f"{hint} names no ASN.1 element")
    element: Element = get_args(hint)[1]
    return element
