"""What a payload says as plain values by name, whatever it is written in (GBCS 7.2).

* DLMS: each item by its place, `0` first; `p` is what was read under protection, where it could be
  opened: one part for each object, in order.
* ZCL: each attribute by its name; each command by its name, as often as it is there.
* ASN.1: each field by its name.
* Alerts in DLMS and ZCL: `alert_code` and `alert_time`, and what is behind them by its place.

Structures and arrays are tuples. Bits are text of zeros and ones.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Final

from emulator.dlms.access import AccessResponse
from emulator.dlms.data import BitString, CompactArray, Data
from emulator.dlms.data_coding import decode_data
from emulator.dlms.notification import DataNotification
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import GbzAlert
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.meaning.sensitive import blocks_in
from emulator.gbcs.payload import Payload
from emulator.kernel.errors import WireError
from emulator.zcl.cluster import Attribute
from emulator.zcl.foundation.general_commands import GeneralCommand, ReadAttributesResponse
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.primitives import Side
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId

Reading = Mapping[str, object]
PROTECTED: Final = "p"
ALERT_CODE: Final = "alert_code"
ALERT_TIME: Final = "alert_time"
NOTHING_OPENED: Final[Mapping[bytes, bytes]] = MappingProxyType({})


def read_payload(payload: Payload, opened: Mapping[bytes, bytes] = NOTHING_OPENED) -> Reading:
    """What a payload says.

    Args:
        payload: of a response or an alert.
        opened: plaintext of the encrypted blocks that could be opened, by block.
    """
    match payload:
        case AccessResponse():
            return dict(_items(payload, opened))
        case DataNotification():
            return dict(_notified(payload, opened))
        case GbzPayload() if payload.alert is not None:
            return _alert(payload.alert, opened)
        case GbzPayload():
            return _components(payload.components, opened)
        case Asn1Payload():
            return _fields(payload.value)
        case _:
            return {}


def plain(data: Data) -> object:
    """A value of DLMS without its types."""
    value = data.value
    if isinstance(value, BitString):
        return value.bits
    if isinstance(value, CompactArray):
        return tuple(plain(each) for each in value.elements)
    if isinstance(value, tuple):
        return tuple(plain(each) for each in value if isinstance(each, Data))
    return value


def _notified(
    payload: DataNotification, opened: Mapping[bytes, bytes]
) -> Iterator[tuple[str, object]]:
    body = plain(payload.body)
    parts = body if isinstance(body, tuple) else ()
    names = (ALERT_CODE, ALERT_TIME, *map(str, range(len(parts))))
    yield from zip(names, parts, strict=False)
    for block in blocks_in(payload.body):
        if block in opened:
            yield PROTECTED, _decrypted(opened[block])


def _alert(alert: GbzAlert, opened: Mapping[bytes, bytes]) -> Reading:
    known: Reading = {ALERT_CODE: alert.code, ALERT_TIME: alert.time}
    content = alert.content
    if isinstance(content, GbzComponent):
        return {**known, **_components((content,), opened)}
    return {**known, **({"0": content} if isinstance(content, bytes) else _fields(content))}


def _items(payload: AccessResponse, opened: Mapping[bytes, bytes]) -> Iterator[tuple[str, object]]:
    for place, data in enumerate(payload.data):
        blocks = tuple(blocks_in(data))
        for block in blocks:
            if block in opened:
                yield PROTECTED, _decrypted(opened[block])
        if not blocks:
            yield str(place), plain(data)


def _decrypted(octets: bytes) -> object:
    try:
        return plain(decode_data(octets))
    except WireError:
        return ()


def _components(components: Iterable[GbzComponent], opened: Mapping[bytes, bytes]) -> Reading:
    found: dict[str, object] = {}
    commands: dict[str, list[object]] = {}
    for component in components:
        octets = opened.get(component.payload) if component.encrypted else component.payload
        if octets is None:
            continue
        try:
            found.update(_attributes(component, octets))
            for name, said in _command(component, octets):
                commands.setdefault(name, []).append(said)
        except WireError:
            continue
    return found | {name: tuple(said) for name, said in commands.items()}


def _attributes(component: GbzComponent, octets: bytes) -> Iterator[tuple[str, object]]:
    header = component.header
    if header.frame_type is not FrameType.GENERAL:
        return
    if header.command != GeneralCommand.READ_ATTRIBUTES_RESPONSE:
        return
    for record in ReadAttributesResponse.decode(octets).records:
        declared = _declared(component.cluster, record.attribute)
        if declared is not None and record.data_type is not None:
            yield declared.name, record.value


def _declared(cluster: int, attribute: int) -> Attribute | None:
    known = CLUSTERS.get(ClusterId(cluster))
    return None if known is None else known.side(Side.SERVER).attribute(attribute)


def _command(component: GbzComponent, octets: bytes) -> Iterator[tuple[str, object]]:
    header = component.header
    if header.frame_type is not FrameType.CLUSTER:
        return
    kind = PAYLOADS.get((component.cluster, header.to_side, header.command))
    if kind is not None:
        yield kind.__name__, kind.decode(octets)


def _fields(value: object) -> Reading:
    if not is_dataclass(value) or isinstance(value, type):
        return {}
    return {each.name: getattr(value, each.name) for each in fields(value)}
