"""Sensitive data of a payload, encrypted or decrypted in its place (GBCS 8.4).

The blocks are those of `emulator.gbcs.meaning.sensitive`: in GBZ each encrypted component holds
one; in DLMS they are octet strings that start with the security header.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from emulator.dlms.access import AccessResponse
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.dlms.notification import DataNotification
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import GbzAlert
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.protection.encryption import OVERHEAD, SECURITY_HEADER

AnyPayload = TypeVar("AnyPayload")
Change = Callable[[bytes], bytes]

_NESTED: Final = (DataType.ARRAY, DataType.STRUCTURE)


def change_blocks(payload: AnyPayload, change: Change) -> AnyPayload:
    """The payload with every encrypted block replaced by what `change` makes of it."""
    if isinstance(payload, GbzPayload):
        return replace(
            payload,
            components=tuple(_changed_component(each, change) for each in payload.components),
            alert=_changed_alert(payload, change),
        )
    if isinstance(payload, AccessResponse):
        return replace(payload, data=tuple(_changed(data, change) for data in payload.data))
    if isinstance(payload, DataNotification):
        return replace(payload, body=_changed(payload.body, change))
    return payload


def _changed_component(component: GbzComponent, change: Change) -> GbzComponent:
    if not component.encrypted:
        return component
    return replace(component, payload=change(component.payload))


def _changed_alert(payload: GbzPayload, change: Change) -> GbzAlert | None:
    alert = payload.alert
    if alert is None or not isinstance(alert.content, GbzComponent):
        return alert
    return replace(alert, content=_changed_component(alert.content, change))


def _is_block(data: Data) -> bool:
    return (
        data.type is DataType.OCTET_STRING
        and isinstance(data.value, bytes)
        and len(data.value) >= OVERHEAD
        and data.value.startswith(SECURITY_HEADER)
    )


def _changed(data: Data, change: Change) -> Data:
    if data.type in _NESTED and isinstance(data.value, tuple):
        parts = tuple(_changed(part, change) for part in data.value if isinstance(part, Data))
        return data._replace(value=parts)
    if _is_block(data) and isinstance(data.value, bytes):
        return data._replace(value=change(data.value))
    return data
