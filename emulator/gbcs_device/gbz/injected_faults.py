"""Which items of a command failed, as its answer tells: for replaying answers with errors."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.commands.answers import HARDWARE_FAILURE, NOT_ATTEMPTED
from emulator.gbcs_device.gbz.state.attribute_reads import attributes_asked_for, is_read
from emulator.gbcs_device.gbz.state.attribute_records import AttributeAnswers
from emulator.kernel.errors import WireError
from emulator.wire.struct import Struct
from emulator.zcl.foundation.general_commands import (
    DefaultResponse,
    GeneralCommand,
)
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.payloads.events import ClearEventLogResponse
from emulator.zcl.payloads.metering import StartSamplingResponse
from emulator.zcl.payloads.prepayment import ConsumerTopUpResponse
from emulator.zcl.primitives import ZclStatus

_NO_SAMPLE = 0xFFFF
_INVALID_CODE = 1
"""Result of a top-up that was not taken, which has no status of its own (ZSE 1.4 D.7)."""
_NO_FAULT = (ZclStatus.SUCCESS, ZclStatus.NOT_FOUND, NOT_ATTEMPTED)


def faults_of(command: GbzPayload, response: GbzPayload) -> tuple[InjectedFault, ...]:
    """The faults with which a command is answered like that; sensitive data is decrypted.

    An item is an attribute that is read, or a component of another kind.
    """
    answers = {each.header.sequence: each for each in response.components}
    faults: list[InjectedFault] = []
    item = 0
    for component in command.components:
        answer = answers.get(component.header.sequence)
        statuses = () if answer is None else _statuses(answer)
        faults.extend(
            InjectedFault(item + place, int(status))
            for place, status in enumerate(statuses)
            if status not in _NO_FAULT
        )
        item += _items(component)
    return tuple(faults)


def _items(component: GbzComponent) -> int:
    try:
        return len(attributes_asked_for(component)) if is_read(component) else 1
    except WireError:
        return 1


def _statuses(answer: GbzComponent) -> tuple[ZclStatus, ...]:
    """What became of each item that a component answers."""
    try:
        told = _decoded(answer)
    except WireError:
        return ()
    match told:
        case AttributeAnswers():
            return tuple(record.status for record in told.records)
        case DefaultResponse():
            return (told.status,)
        case StartSamplingResponse(sample_id=0xFFFF) | ClearEventLogResponse(cleared_event_logs=0):
            return (HARDWARE_FAILURE,)
        case ConsumerTopUpResponse() if told.result_type == _INVALID_CODE:
            return (HARDWARE_FAILURE,)
        case _:
            return ()


def _decoded(answer: GbzComponent) -> Struct | None:
    head = answer.header
    if head.frame_type is FrameType.GENERAL:
        if head.command == GeneralCommand.READ_ATTRIBUTES_RESPONSE:
            return AttributeAnswers.decode(answer.payload)
        return DefaultResponse.decode(answer.payload)
    declared = _OWN_ANSWERS.get((answer.cluster, head.command))
    return None if declared is None else declared.decode(answer.payload)


_OWN_ANSWERS: Final[Mapping[tuple[int, int], type[Struct]]] = MappingProxyType(
    {
        (0x0702, 0x0D): StartSamplingResponse,
        (0x0705, 0x03): ConsumerTopUpResponse,
        (0x0709, 0x02): ClearEventLogResponse,
    }
)
"""Answers that say themselves, and not by a status, that a command failed."""
