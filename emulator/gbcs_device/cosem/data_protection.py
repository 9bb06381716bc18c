"""Sensitive attributes, read through an object that encrypts them (GBCS 8.4, DLMS class 30).

The command names attributes and, for logs, from when to when. The answer repeats the protection
with the parties of the answer, and holds the encrypted structure of the values. What no message can
hold is refused; how meters do that is unverified.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from emulator.cosem.server.members import Attribute
from emulator.cosem.server.selection import (
    TimeRange,
    select_entries,
    select_times,
    times_between,
)
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data, array, octet_string, structure
from emulator.dlms.data_coding import encode_data, take_data
from emulator.dlms.data_types import DataType
from emulator.gbcs.envelope import Message
from emulator.gbcs_device.cosem.duty import ItemOutcome
from emulator.gbcs_device.execution import Command
from emulator.kernel.errors import LocalError, WireError

DATA_PROTECTION: Final = 30
GET_PROTECTED_ATTRIBUTES: Final = 1
_NO_RESTRICTION: Final = 0
_BY_DATE: Final = 1
_BY_ENTRY: Final = 2
_OBJECT_PARTS: Final = 5
_PARAMETER_PARTS: Final = 2
_OPTION_PARTS: Final = 5
_RANGE_PARTS: Final = 2

Read = Callable[[Attribute, TimeRange | None], tuple[int, Data | None]]
"""Reads an attribute; of a log it needs give no more than what is within a range."""


class ProtectedObject(NamedTuple):
    """An attribute that is asked for, and which part of it.

    Args:
        attribute: to be read.
        restriction: 0 none, 1 by date, 2 by entry.
        bounds: of the restriction.
    """

    attribute: Attribute
    restriction: int
    bounds: Data


def protected_attributes(parameters: Data, read: Read, command: Command) -> ItemOutcome:
    """What `get_protected_attributes` gives back.

    Args:
        parameters: of the method: the objects, and how they are to be protected.
        read: reads an attribute of the device.
        command: that asks for them.
    """
    parts = _parts(parameters, DataType.STRUCTURE)
    asked = requested_objects(parameters)
    protection = _answered_protection(parts, command.message)
    if asked is None or protection is None:
        return ItemOutcome(AccessResult.TYPE_UNMATCHED)
    values = []
    for each in asked:
        result, value = read(each.attribute, _within(each))
        if value is None:
            return ItemOutcome(result)
        part = _restricted(value, each)
        if part is None:
            return ItemOutcome(AccessResult.SCOPE_OF_ACCESS_VIOLATED)
        values.append(part)
    try:
        plain = encode_data(structure(*values))
    except LocalError:
        return ItemOutcome(AccessResult.OTHER_REASON)
    block = command.encrypt(plain)
    return ItemOutcome(data=structure(protection, octet_string(block)))


def requested_objects(parameters: Data) -> tuple[ProtectedObject, ...] | None:
    """The attributes that the parameters of the method ask for; None when they are no such list."""
    parts = _parts(parameters, DataType.STRUCTURE)
    if not parts:
        return None
    asked = [_requested(each) for each in _parts(parts[0], DataType.ARRAY)]
    found = tuple(each for each in asked if each is not None)
    return found if found and len(found) == len(asked) else None


def told_values(result: Data) -> tuple[Data, ...]:
    """The values in what the method gave back, once its octets are decrypted in place."""
    parts = _parts(result, DataType.STRUCTURE)
    plain = parts[1].value if len(parts) == _PARAMETER_PARTS else None
    if not isinstance(plain, bytes):
        return ()
    try:
        values, _ = take_data(plain, 0)
    except WireError:
        return ()
    return _parts(values, DataType.STRUCTURE)


def _requested(each: Data) -> ProtectedObject | None:
    parts = _parts(each, DataType.STRUCTURE)
    if len(parts) != _OBJECT_PARTS:
        return None
    class_id, obis, member = (part.value for part in parts[:3])
    restriction = _parts(parts[4], DataType.STRUCTURE)
    if not (isinstance(class_id, int) and isinstance(obis, bytes) and isinstance(member, int)):
        return None
    if len(restriction) != _RANGE_PARTS or not isinstance(restriction[0].value, int):
        return None
    return ProtectedObject(Attribute(class_id, obis, member), restriction[0].value, restriction[1])


def _restricted(value: Data, asked: ProtectedObject) -> Data | None:
    if asked.restriction == _NO_RESTRICTION:
        return value
    bounds = _parts(asked.bounds, DataType.STRUCTURE)
    if len(bounds) != _RANGE_PARTS:
        return None
    if asked.restriction == _BY_DATE:
        return select_times(value, *bounds)
    first, last = (bound.value for bound in bounds)
    if asked.restriction != _BY_ENTRY or not isinstance(first, int) or not isinstance(last, int):
        return None
    return select_entries(value, first, last)


def _within(asked: ProtectedObject) -> TimeRange | None:
    bounds = _parts(asked.bounds, DataType.STRUCTURE)
    if asked.restriction != _BY_DATE or len(bounds) != _RANGE_PARTS:
        return None
    return times_between(*bounds)


def _answered_protection(given: tuple[Data, ...], message: Message) -> Data | None:
    """The protection parameters with the parties of the answer in place of the command's.

    Args:
        given: the parts of the method's parameters.
        message: the command.
    """
    if len(given) != _PARAMETER_PARTS:
        return None
    parties = (
        octet_string(message.recipient.to_bytes(8, "big")),
        octet_string(message.originator.to_bytes(8, "big")),
    )
    answered = []
    for each in _parts(given[1], DataType.ARRAY):
        parts = _parts(each, DataType.STRUCTURE)
        options = _parts(parts[1], DataType.STRUCTURE) if len(parts) == _PARAMETER_PARTS else ()
        if len(options) != _OPTION_PARTS:
            return None
        transaction, _, _, *rest = options
        answered.append(structure(parts[0], structure(transaction, *parties, *rest)))
    return array(*answered) if answered else None


def _parts(data: Data, kind: DataType) -> tuple[Data, ...]:
    if data.type is not kind or not isinstance(data.value, tuple):
        return ()
    return tuple(part for part in data.value if isinstance(part, Data))
