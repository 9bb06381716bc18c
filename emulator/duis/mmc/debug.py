"""What went wrong, item by item, as the catalogue tells it (MMC 5.4 DebugInfo)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from emulator.dlms.access import AccessResponse, AccessResult, Outcome
from emulator.dlms.descriptors import AccessKind
from emulator.duis.tree import Node
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.payload import Payload
from emulator.kernel.errors import WireError
from emulator.zcl.foundation.general_commands import (
    DefaultResponse,
    GeneralCommand,
    ReadAttributesResponse,
)
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.primitives import ZclStatus
from emulator.zcl.registry import cluster_name

_NOT_KNOWN: Final = "response-code-not-known"
_OF_ACTIONS: Final[Mapping[int, str]] = MappingProxyType(
    {
        AccessResult.LONG_GET_ABORTED: "long-action-aborted",
        AccessResult.NO_LONG_GET_IN_PROGRESS: "no-long-action-in-progress",
        AccessResult.LONG_SET_ABORTED: _NOT_KNOWN,
        AccessResult.NO_LONG_SET_IN_PROGRESS: _NOT_KNOWN,
        AccessResult.DATA_BLOCK_NUMBER_INVALID: _NOT_KNOWN,
    }
)
"""What these codes are called of an action, where that is not the same (IEC 62056-5-3)."""
_STATUSES: Final[Mapping[int, str]] = MappingProxyType(
    {
        0x00: "SUCCESS",
        0x01: "FAILURE",
        0x7E: "NOT_AUTHORIZED",
        0x7F: "RESERVED_FIELD_NOT_ZERO",
        0x80: "MALFORMED_COMMAND",
        0x81: "UNSUP_CLUSTER_COMMAND",
        0x82: "UNSUP_GENERAL_COMMAND",
        0x83: "UNSUP_MANUF_CLUSTER_COMMAND",
        0x84: "UNSUP_MANUF_GENERAL_COMMAND",
        0x85: "INVALID_FIELD",
        0x86: "UNSUPPORTED_ATTRIBUTE",
        0x87: "INVALID_VALUE",
        0x88: "READ_ONLY",
        0x89: "INSUFFICIENT_SPACE",
        0x8A: "DUPLICATE_EXISTS",
        0x8B: "NOT_FOUND",
        0x8C: "UNREPORTABLE_ATTRIBUTE",
        0x8D: "INVALID_DATA_TYPE",
        0x8E: "INVALID_SELECTOR",
        0x8F: "WRITE_ONLY",
        0x90: "INCONSISTENT_STARTUP_STATE",
        0x91: "DEFINED_OUT_OF_BAND",
        0x92: "INCONSISTENT",
        0x93: "ACTION_DENIED",
        0x94: "TIMEOUT",
        0x95: "ABORT",
        0x96: "INVALID_IMAGE",
        0x97: "WAIT_FOR_DATA",
        0x98: "NO_IMAGE_AVAILABLE",
        0x99: "REQUIRE_MORE_IMAGE",
        0xC0: "HARDWARE_FAILURE",
        0xC1: "SOFTWARE_FAILURE",
        0xC2: "CALIBRATION_ERROR",
    }
)
"""Statuses by the names of the ZCL edition that the catalogue follows (ZCL6 Table 2-11)."""
_UNKNOWN: Final = "RESPONSE_CODE_NOT_KNOWN"


def debug_info(payload: Payload) -> Node | None:
    """How each item of an answer that failed ended; None for answers that tell it themselves."""
    match payload:
        case AccessResponse():
            told = Node("COSEMDebug", parts=tuple(_outcomes(payload)))
        case GbzPayload():
            told = Node("ZIGBEEDebug", parts=tuple(_clusters(payload)))
        case _:
            return None
    return Node("DebugInfo", parts=(told,)) if told.parts else None


def _outcomes(payload: AccessResponse) -> Iterator[Node]:
    for place, outcome in enumerate(payload.outcomes, start=1):
        attributes = (("ResponseCode", str(int(outcome.result))), ("Position", str(place)))
        yield Node("COSEMResponse", parts=(_result(outcome),), attributes=attributes)


def _result(outcome: Outcome) -> Node:
    action = outcome.kind is AccessKind.ACTION
    try:
        word = AccessResult(outcome.result).name.lower().replace("_", "-")
    except ValueError:
        word = _NOT_KNOWN
    if action:
        word = _OF_ACTIONS.get(outcome.result, word)
    return Node("ActionResult" if action else "DataAccessResult", word)


def _clusters(payload: GbzPayload) -> Iterator[Node]:
    for component in payload.components:
        told = () if component.encrypted else tuple(_statuses(component))
        if told:
            attributes = (("id", f"{component.cluster:04X}"),)
            name = Node("ClusterName", cluster_name(component.cluster), attributes=attributes)
            yield Node("ZIGBEEClusterResponse", parts=(name, *told))


def _statuses(component: GbzComponent) -> Iterator[Node]:
    header = component.header
    if header.frame_type is not FrameType.GENERAL:
        return
    try:
        if header.command == GeneralCommand.DEFAULT_RESPONSE:
            answer = DefaultResponse.decode(component.payload)
            command = Node("CommandID", f"{answer.command:02X}")
            yield Node("ZIGBEECommandResponse", parts=(command, _status(answer.status)))
        elif header.command == GeneralCommand.READ_ATTRIBUTES_RESPONSE:
            for record in ReadAttributesResponse.decode(component.payload).records:
                attribute = Node("AttributeID", f"{record.attribute:04X}")
                yield Node("ZIGBEEDataResponse", parts=(attribute, _status(record.status)))
    except WireError:
        return


def _status(status: ZclStatus) -> Node:
    code = (("ResponseCode", f"{int(status):02X}"),)
    word = Node("ZCLStatus", _STATUSES.get(int(status), _UNKNOWN))
    return Node("Status", parts=(word,), attributes=code)
