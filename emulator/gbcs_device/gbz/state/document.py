"""Reading back what a device wrote of its state: JSON values, taken apart with their types.

Every misfit is a `LocalError` that names the part: a state file is the user's, not a peer's.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from emulator.kernel.errors import LocalError, WireError
from emulator.wire.struct import Struct

AnyStruct = TypeVar("AnyStruct", bound=Struct)


def part(document: object, name: str) -> object:
    """One member of an object.

    Raises:
        LocalError: when it is no object, or has no such member.
    """
    if not isinstance(document, Mapping) or name not in document:
        raise LocalError(f"saved state without {name!r}")
    return document[name]


def members(document: object, name: str) -> Mapping[str, object]:
    """A member that is itself an object."""
    value = part(document, name)
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise LocalError(f"saved state: {name!r} is no object")
    return value


def items(document: object, name: str) -> Sequence[object]:
    """A member that is a list."""
    value = part(document, name)
    if not isinstance(value, list | tuple):
        raise LocalError(f"saved state: {name!r} is no list")
    return value


def number(document: object, name: str, bits: int = 64) -> int:
    """A member that is a number of at most so many bits, not negative."""
    value = part(document, name)
    if not isinstance(value, int) or not 0 <= value < 1 << bits:
        raise LocalError(f"saved state: {name!r} is no number of {bits} bits")
    return value


def numbered(document: object, name: str, bits: int = 16) -> Mapping[int, object]:
    """A member that is an object whose keys are numbers."""
    try:
        found = {int(key): value for key, value in members(document, name).items()}
    except ValueError:
        raise LocalError(f"saved state: a key of {name!r} is no number") from None
    if not all(0 <= key < 1 << bits for key in found):
        raise LocalError(f"saved state: a key of {name!r} has more than {bits} bits")
    return found


def octets(value: object) -> bytes:
    """Octets from their hexadecimal digits."""
    try:
        if isinstance(value, str):
            return bytes.fromhex(value)
    except ValueError:
        pass
    raise LocalError(f"saved state: {value!r} are no hexadecimal digits")


def struct(value: object, cls: type[AnyStruct]) -> AnyStruct:
    """A value of a declared format from its octets."""
    try:
        return cls.decode(octets(value))
    except WireError as error:
        raise LocalError(f"saved state: {error}") from error


def structs(document: object, name: str, cls: type[AnyStruct]) -> tuple[AnyStruct, ...]:
    """A member that is a list of values of a declared format."""
    return tuple(struct(each, cls) for each in items(document, name))


def written(values: Sequence[Struct]) -> list[str]:
    """Values of declared formats as a list of octets."""
    return [each.encode().hex() for each in values]
