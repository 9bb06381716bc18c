"""Which COSEM objects and ZCL attributes a command touches, for coverage.

COSEM as `class/logical name/attribute 2` or `.../method 1`; ZCL as `0x0702/attribute 0x0000` or
`0x0700/command 0x03`.
"""

from collections.abc import Iterator
from typing import Final

from emulator.cosem.logical_names import format_obis, parse_obis
from emulator.dlms.access import AccessRequest
from emulator.dlms.descriptors import AccessKind
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.payload import Payload
from emulator.gbcs.use_cases.record import UseCase
from emulator.gbcs_device.gbz.state.attribute_reads import attributes_asked_for, is_read
from emulator.kernel.errors import WireError

_DATA_PROTECTION: Final = 30


def touched_by(payload: Payload, use_case: UseCase) -> tuple[str, ...]:
    """What each item of a command touches, in its order; empty for ASN.1, which has no objects.

    Args:
        payload: of the command.
        use_case: names what data protection, class 30, hands out under encryption.
    """
    if isinstance(payload, AccessRequest):
        return tuple(dict.fromkeys((*_cosem(payload), *_protected(payload, use_case))))
    if isinstance(payload, GbzPayload):
        return tuple(each for component in payload.components for each in _zcl(component))
    return ()


def _cosem(request: AccessRequest) -> Iterator[str]:
    for each in request.descriptors:
        member = "method" if each.kind is AccessKind.ACTION else "attribute"
        yield f"{each.class_id}/{format_obis(each.obis)}/{member} {each.member}"


def _protected(request: AccessRequest, use_case: UseCase) -> Iterator[str]:
    if all(each.class_id != _DATA_PROTECTION for each in request.descriptors):
        return
    for row in use_case.cosem:
        if row.obis and None not in (row.class_id, row.member):
            member = "method" if row.method else "attribute"
            name = format_obis(parse_obis(row.obis))
            yield f"{row.class_id}/{name}/{member} {row.member}"


def _zcl(component: GbzComponent) -> Iterator[str]:
    cluster = f"0x{component.cluster:04X}"
    if not is_read(component):
        yield f"{cluster}/command 0x{component.header.command:02X}"
        return
    try:
        for attribute in attributes_asked_for(component):
            yield f"{cluster}/attribute 0x{attribute:04X}"
    except WireError:
        return
