"""Values of settings as a person writes them, read by the type that the setting declares."""

import types
from collections.abc import Callable
from datetime import timedelta
from enum import Enum
from typing import Any, Final, Literal, Union, get_args, get_origin

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Duration, parse_duration

_YES: Final = ("true", "yes", "on", "1")
_NO: Final = ("false", "no", "off", "0")
_NONE: Final = ("none", "")


def parse_value(text: str, kind: Any) -> Any:
    """The value that `text` stands for, of the type `kind`.

    Args:
        text: as written: `15 min`, `0x0109`, `on`, `11, 14`.
        kind: the declared type: a number, text, truth, duration, octets, enumeration, literal, a
            tuple of one of these, or one of these or None.

    Raises:
        UsageError: when the text is no such value; the message starts with "expected".
    """
    if kind is Duration:
        return _duration(text)
    if kind is timedelta:
        return _span(text)
    parser = _SCALARS.get(kind)
    if parser is not None:
        return parser(text)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(text, kind)
    supertype = getattr(kind, "__supertype__", None)
    if supertype is not None:
        return parse_value(text, supertype)
    return _composed(text, kind)


def _composed(text: str, kind: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _literal(text, arguments)
    if origin in (Union, types.UnionType) and type(None) in arguments:
        if text.strip().lower() in _NONE:
            return None
        others = [each for each in arguments if each is not type(None)]
        return parse_value(text, others[0])
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(parse_value(part, arguments[0]) for part in text.split(",") if part.strip())
    raise UsageError("expected no value: this setting cannot be written on a command line")


def _duration(text: str) -> Duration:
    try:
        return parse_duration(text)
    except (UsageError, OverflowError) as refusal:
        raise UsageError("expected a duration such as 500 ms, 15 min or 2 h") from refusal


def _span(text: str) -> timedelta:
    try:
        return timedelta(microseconds=_duration(text))
    except OverflowError as refusal:
        raise UsageError(f"expected {timedelta.max.days} days at most") from refusal


def _whole(text: str) -> int:
    try:
        return int(text.strip(), 0)
    except ValueError as refusal:
        raise UsageError("expected a whole number") from refusal


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError as refusal:
        raise UsageError("expected a number") from refusal
    if number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
        raise UsageError("expected a finite number")
    return number


def _truth(text: str) -> bool:
    word = text.strip().lower()
    if word not in _YES + _NO:
        raise UsageError("expected on or off")
    return word in _YES


def _octets(text: str) -> bytes:
    try:
        return bytes.fromhex(text.replace(":", "").replace("-", ""))
    except ValueError as refusal:
        raise UsageError("expected octets in hexadecimal") from refusal


def _member(text: str, kind: type[Enum]) -> Enum:
    by_name = {member.name.lower(): member for member in kind}
    member = by_name.get(text.strip().lower().replace("-", "_"))
    if member is None:
        raise UsageError(f"expected one of {', '.join(by_name)}")
    return member


def _literal(text: str, choices: tuple[Any, ...]) -> Any:
    for choice in choices:
        if str(choice) == text.strip():
            return choice
    raise UsageError(f"expected one of {', '.join(map(str, choices))}")


_SCALARS: Final[dict[Any, Callable[[str], Any]]] = {
    int: _whole,
    float: _number,
    bool: _truth,
    bytes: _octets,
    str: str,
}
