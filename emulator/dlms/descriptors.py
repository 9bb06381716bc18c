"""What an access names: an attribute or a method of an object (IEC 62056-5-3 8, access-request)."""

from enum import IntEnum
from functools import lru_cache
from struct import Struct
from typing import Final, NamedTuple

from emulator.dlms.data import Data
from emulator.dlms.data_coding import encode_data, take_data
from emulator.kernel.errors import LocalError, WireError


class AccessKind(IntEnum):
    """What one item of a request does."""

    GET = 1
    SET = 2
    ACTION = 3
    GET_WITH_SELECTION = 4
    SET_WITH_SELECTION = 5

    @property
    def selective(self) -> bool:
        """Whether a selector follows the attribute."""
        return self >= AccessKind.GET_WITH_SELECTION


class Selection(NamedTuple):
    """Which part of an attribute is meant (IEC 62056-6-2, the class's own selectors)."""

    selector: int
    parameters: Data


class Descriptor(NamedTuple):
    """One item of a request.

    Args:
        kind: what to do.
        class_id: interface class.
        obis: logical name, 6 octets.
        member: number of the attribute, or of the method when the kind is an action.
        selection: which part of the attribute; None for all of it.
    """

    kind: AccessKind
    class_id: int
    obis: bytes
    member: int
    selection: Selection | None = None


_LAYOUT: Final = Struct(">BH6sb")
_KINDS: Final = {int(kind): kind for kind in AccessKind}
_FIRST_SELECTIVE: Final = AccessKind.GET_WITH_SELECTION


def take_descriptor(octets: bytes, at: int) -> tuple[Descriptor, int]:
    """The descriptor that starts at `at`, and the offset after it.

    Raises:
        WireError: when the kind is unknown or the octets end inside it.
    """
    end = at + _LAYOUT.size
    descriptor = _whole(octets[at:end])
    if descriptor is None:
        raise WireError("descriptor", at, "expected 01 to 05, class, logical name and member")
    if descriptor.kind < _FIRST_SELECTIVE:
        return descriptor, end
    if end >= len(octets):
        raise WireError("descriptor.selection", end, "expected a selector, found the end")
    parameters, after = take_data(octets, end + 1)
    return descriptor._replace(selection=Selection(octets[end], parameters)), after


@lru_cache(maxsize=1024)
def _whole(octets: bytes) -> Descriptor | None:
    """An attribute or method that needs no selection; remembered, for there are few of them."""
    kind = _KINDS.get(octets[0]) if len(octets) == _LAYOUT.size else None
    return None if kind is None else Descriptor(kind, *_LAYOUT.unpack(octets)[1:])


def descriptor_octets(descriptor: Descriptor) -> bytes:
    """The octets of a descriptor.

    Raises:
        LocalError: when a number does not fit, or the selection does not go with the kind.
    """
    kind, class_id, obis, member, selection = descriptor
    if (selection is not None) is not kind.selective or len(obis) != 6:
        raise LocalError(f"{kind.name} of {obis.hex()} with selection {selection}")
    if not (0 <= class_id <= 0xFFFF and -0x80 <= member <= 0x7F):
        raise LocalError(f"class {class_id}, member {member}: out of range")
    head = _LAYOUT.pack(kind, class_id, obis, member)
    if selection is None:
        return head
    if not 0 <= selection.selector <= 0xFF:
        raise LocalError(f"selector {selection.selector}: expected 0 to 255")
    return head + bytes((selection.selector,)) + encode_data(selection.parameters)
