"""Defects of values: scaler, unit, type, and which object they belong to (use-case annex)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from devices.faulty.rewriting import protected_again, rewritten
from emulator.cosem.logical_names import parse_obis
from emulator.dlms.access import AccessRequest, AccessResponse
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import AccessKind, Descriptor
from emulator.equipment.request import RemoteParties
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.smart_energy.device import Applications

_WATT_HOURS: Final = 30
_REACTIVE: Final = 32
_DATE_LENGTH: Final = 12
_SWAPPED: Final = {
    parse_obis("0-0:17.0.1.255"): parse_obis("0-0:17.0.2.255"),
    parse_obis("0-0:17.0.2.255"): parse_obis("0-0:17.0.1.255"),
}
"""Two limiters of a supply."""


def scaler_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Gives energy in Wh for kWh: a scaler of 3 in place of 0 (against GBCS use-case annex)."""

    def scaled(value: Data) -> Data:
        return _with_scaler(value, 3) if _unit(value) == _WATT_HOURS else value

    return _reading(remote, good, scaled)


def unit_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Gives reactive energy as active energy (against GBCS use-case annex)."""

    def active(value: Data) -> Data:
        if _unit(value) != _REACTIVE or not isinstance(value.value, tuple):
            return value
        scaler, unit = value.value
        assert isinstance(unit, Data)  # noqa: S101 - `_unit` has read it
        return value._replace(value=(scaler, unit._replace(value=_WATT_HOURS)))

    return _reading(remote, good, active)


def value_type_wrong(remote: RemoteParties, good: Applications) -> Applications:
    """Gives 32-bit values in 64 bits (against GBCS use-case annex)."""

    def wider(value: Data) -> Data:
        if value.type is DataType.DOUBLE_LONG_UNSIGNED:
            return value._replace(type=DataType.LONG64_UNSIGNED)
        return value

    return _reading(remote, good, wider)


def wrong_object(remote: RemoteParties, good: Applications) -> Applications:
    """Writes to the second limiter what is for the first (against GBCS use-case annex)."""

    def moved(item: Descriptor, value: Data) -> tuple[Descriptor, Data]:
        if item.kind is not AccessKind.SET or item.obis not in _SWAPPED:
            return item, value
        return item._replace(obis=max(_SWAPPED)), value

    return _writing(remote, good, moved)


def text_cut(remote: RemoteParties, good: Applications) -> Applications:
    """Keeps texts without their last character (against GBCS use-case annex)."""

    def cut(item: Descriptor, value: Data) -> tuple[Descriptor, Data]:
        octets = value.value
        text = value.type is DataType.OCTET_STRING and isinstance(octets, bytes)
        if item.kind is not AccessKind.SET or not text or not isinstance(octets, bytes):
            return item, value
        short = octets if len(octets) == _DATE_LENGTH else octets[:-1]
        return item, value._replace(value=short)

    return _writing(remote, good, cut)


def _reading(
    remote: RemoteParties, good: Applications, change: Callable[[Data], Data]
) -> Applications:
    """Applications that answer with other values."""

    def outgoing(message: Message, protection: Protection) -> Message:
        if message.cra is not Cra.RESPONSE:
            return message
        payload = decode_payload(message)
        if not isinstance(payload, AccessResponse):
            return message
        told = replace(payload, data=tuple(map(change, payload.data)))
        return protected_again(replace(message, payload=told.encode()), protection)

    return rewritten(remote, good, outgoing=outgoing)


def _writing(
    remote: RemoteParties,
    good: Applications,
    change: Callable[[Descriptor, Data], tuple[Descriptor, Data]],
) -> Applications:
    """Applications that take other values than they are given."""

    def incoming(message: Message, _: RemotePartyMachine, protection: Protection) -> Message:
        payload = decode_payload(message)
        if not isinstance(payload, AccessRequest):
            return message
        protection.require(message)
        pairs = zip(payload.descriptors, payload.data, strict=True)
        changed = [change(item, value) for item, value in pairs]
        asked = replace(
            payload,
            descriptors=tuple(item for item, _ in changed),
            data=tuple(value for _, value in changed),
        )
        return protected_again(replace(message, payload=asked.encode()), protection)

    return rewritten(remote, good, incoming=incoming)


def _unit(value: Data) -> int | None:
    """The unit in a scaler and unit; None where a value is none."""
    parts = value.value
    if value.type is not DataType.STRUCTURE or not isinstance(parts, tuple):
        return None
    types = [each.type if isinstance(each, Data) else None for each in parts]
    unit = parts[-1]
    if types != [DataType.INTEGER, DataType.ENUM] or not isinstance(unit, Data):
        return None
    return unit.value if isinstance(unit.value, int) else None


def _with_scaler(value: Data, scaler: int) -> Data:
    parts = value.value
    if not isinstance(parts, tuple) or not isinstance(parts[0], Data):
        return value
    return value._replace(value=(parts[0]._replace(value=scaler), *parts[1:]))
