"""The state that an answer tells of: which attribute held what (DLMS payloads).

Nobody can know what a meter had measured but from its answer; a replay of reference answers
starts from there.
"""

from collections.abc import Iterator

from emulator.cosem.server.members import Attribute
from emulator.dlms.access import AccessRequest, AccessResponse, AccessResult
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import AccessKind, Descriptor
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs_device.cosem.data_protection import (
    DATA_PROTECTION,
    requested_objects,
    told_values,
)
from emulator.gbcs_device.cosem.duty import Method
from emulator.kernel.errors import WireError


def told_attributes(command: Message, response: Payload) -> Iterator[tuple[Attribute, Data]]:
    """The attributes that an answer to a command tells, and their values.

    Args:
        command: whose answer it is.
        response: its payload; sensitive data is decrypted in its place.
    """
    for item, given, told in _told(command, response):
        if item.class_id == DATA_PROTECTION:
            yield from _protected(given, told)
        elif item.kind is not AccessKind.ACTION:
            yield Attribute(item.class_id, item.obis, item.member), told


def told_methods(command: Message, response: Payload) -> Iterator[tuple[Method, Data]]:
    """The methods that gave something back, and what."""
    for item, _, told in _told(command, response):
        if item.kind is AccessKind.ACTION and item.class_id != DATA_PROTECTION:
            yield Method(item.class_id, item.obis, item.member), told


def _told(command: Message, response: Payload) -> Iterator[tuple[Descriptor, Data, Data]]:
    """Each item that an answer tells something of: what was asked, with what, and what is told."""
    try:
        request = decode_payload(command)
    except WireError:
        return
    if not isinstance(request, AccessRequest) or not isinstance(response, AccessResponse):
        return
    if len(request.descriptors) != len(response.data):
        return
    items = zip(request.descriptors, request.data, response.data, response.outcomes, strict=True)
    for item, given, told, outcome in items:
        if outcome.result == AccessResult.SUCCESS and told.type is not DataType.NULL_DATA:
            yield item, given, told


def _protected(given: Data, told: Data) -> Iterator[tuple[Attribute, Data]]:
    asked, values = requested_objects(given) or (), told_values(told)
    if len(asked) == len(values):
        for each, value in zip(asked, values, strict=True):
            yield each.attribute, value
