"""Settings that carry their source: every timer, count and policy, and how sure it is."""

from collections.abc import Iterator
from dataclasses import field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Duration, format_duration

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Value = TypeVar("Value")


def setting(default: Value, *, source: str, verified: bool = True) -> Value:
    """A field of a settings dataclass.

    Args:
        default: its value unless a run says otherwise.
        source: document and clause, or who was seen to do it.
        verified: False where no source proves it; runs that rely on it say so.
    """
    made: Any = field(default=default, metadata={"source": source, "verified": verified})
    value: Value = made
    return value


def within(name: str, value: float, low: float, high: float) -> None:
    """Take a setting as it is, or refuse it.

    Raises:
        UsageError: when it is below `low` or above `high`, by its name.
    """
    if not low <= value <= high:
        raise UsageError(f"{name} is {value}: expected {low} to {high}")


def at_least(name: str, value: int, low: int) -> None:
    """Take a count as it is, or refuse it.

    Raises:
        UsageError: when it is below `low`, by its name.
    """
    if value < low:
        raise UsageError(f"{name} is {value}: expected at least {low}")


def lasting(name: str, duration: Duration) -> None:
    """Take a time between two doings of the same as it is, or refuse one that never passes.

    Raises:
        UsageError: when it is none, by its name.
    """
    if duration <= 0:
        raise UsageError(f"{name} is {format_duration(duration)}: expected more than no time")


def unverified(settings: "DataclassInstance") -> Iterator[str]:
    """The names of the settings of one dataclass that no source proves."""
    for each in fields(settings):
        if each.metadata.get("verified") is False:
            yield each.name
