"""Elements inside the parameters of service requests (DUIS 5.4): parts, repetitions, dates.

An element that repeats is a list, or one alone. One that has attributes is its parts, with its text
as `value`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from emulator.kernel.errors import UsageError

Parameters = Mapping[str, object]

_DATE_PARTS: Final = MappingProxyType(
    {
        "Year": ("SpecifiedYear", 4),
        "Month": ("SpecifiedMonth", 2),
        "DayOfMonth": ("SpecifiedDayOfMonth", 2),
    }
)
_GAS_DATE_PARTS: Final = "Gas{}WithWildcards"


def date_of(written: Parameters) -> str:
    """A date with `*` for what is not specified; days of the week have no place in it."""
    parts = []
    for name, (specified, width) in _DATE_PARTS.items():
        part = written.get(name, written.get(_GAS_DATE_PARTS.format(name)))
        if isinstance(part, Mapping) and specified in part:
            parts.append(f"{number_of(part, specified):0{width}}")
        else:
            parts.append("*")
    return "-".join(parts)


def inner_elements(written: object, name: str) -> Parameters:
    """The elements inside an element of a name.

    Raises:
        UsageError: when it is missing, or has none.
    """
    inner = written.get(name) if isinstance(written, Mapping) else None
    if not isinstance(inner, Mapping):
        raise UsageError(f"parameter {name} is missing or has no elements")
    return inner


def repeated(written: Parameters, name: str) -> Sequence[Parameters]:
    """The elements of a name: one, or a list of them.

    Raises:
        UsageError: when one has no elements inside.
    """
    inner = written.get(name, ())
    listed = inner if isinstance(inner, Sequence) and not isinstance(inner, str) else (inner,)
    if not all(isinstance(each, Mapping) for each in listed):
        raise UsageError(f"parameter {name}: expected elements")
    return [each for each in listed if isinstance(each, Mapping)]


def numbers_of(written: Parameters, name: str) -> list[int]:
    """The numbers of a name: one, or a list of them.

    Raises:
        UsageError: when one is none.
    """
    inner = written.get(name, ())
    listed = inner if isinstance(inner, Sequence) and not isinstance(inner, str) else (inner,)
    return [whole_number(each, name) for each in listed]


def number_of(written: Parameters, name: str) -> int:
    """The one number of a name.

    Raises:
        UsageError: when it is missing, or is none.
    """
    return whole_number(written.get(name), name)


def whole_number(written: object, name: str) -> int:
    """A number as text, as it is, or as the `value` of an element that has attributes.

    Raises:
        UsageError: when it is none.
    """
    content = written.get("value") if isinstance(written, Mapping) else written
    try:
        return int(str(content))
    except ValueError:
        raise UsageError(f"parameter {name} is {written!r}: expected a whole number") from None
