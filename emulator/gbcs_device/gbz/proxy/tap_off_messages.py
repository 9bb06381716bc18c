"""Which commands to the gas meter the gas proxy function listens to, and what it takes from them.

Codes and kinds of commands are those of GBCS 10.4.2.11, tap-off messages.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from emulator.gbcs.gbz_component import GbzComponent
from emulator.kernel.errors import WireError
from emulator.zcl.foundation.general_commands import DefaultResponse, GeneralCommand
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.payloads.events import ClearEventLogResponse
from emulator.zcl.primitives import Side, ZclStatus

CODES: Final = frozenset({0x006B, 0x006F, 0x0071, 0x0015, 0x007C, 0x007E, 0x0088, 0x00A3})
"""GCS01a, GCS05, GCS07, CS11, GCS23, GCS25, GCS44, GCS01b."""
_PREPAYMENT: Final = 0x0705
CLEAR_EVENT_LOG: Final = (0x0709, Side.SERVER, 0x01)
_TAKEN: Final = frozenset(
    {
        *((0x0700, Side.CLIENT, command) for command in (1, 2, 3, 4, 5, 6, 9)),
        (0x0703, Side.CLIENT, 0x00),
        *((0x0707, Side.CLIENT, command) for command in range(5)),
        (0x0708, Side.CLIENT, 0x01),
        CLEAR_EVENT_LOG,
    }
)
"""Tariff, message to the consumer, calendars, supplier, clearing of the log."""


class Treatment(Enum):
    """What is done with a component."""

    TAKE = "take"
    IGNORE = "ignore"
    REFUSE = "refuse"


def treatment(component: GbzComponent) -> Treatment:
    """What the gas proxy function does with a component of a command to the meter."""
    if component.cluster == _PREPAYMENT:
        return Treatment.IGNORE
    head = component.header
    key = (component.cluster, head.to_side, head.command)
    taken = head.frame_type is FrameType.CLUSTER and key in _TAKEN and not component.encrypted
    return Treatment.TAKE if taken else Treatment.REFUSE


@dataclass(frozen=True, slots=True)
class Accepted:
    """The components that the meter carried out, from the first on.

    Args:
        components: of the command.
        refused: why there are no more; empty when those are all.
    """

    components: tuple[GbzComponent, ...]
    refused: str = ""


def accepted(commands: Sequence[GbzComponent], answers: Sequence[GbzComponent]) -> Accepted:
    """What the meter's answer says of a command: components are paired in their order."""
    if len(commands) != len(answers):
        return Accepted((), f"{len(answers)} answers to {len(commands)} components")
    done: list[GbzComponent] = []
    for command, answer in zip(commands, answers, strict=True):
        if not (_belongs(command, answer) and _succeeded(answer)):
            return Accepted(tuple(done), f"component {len(done)} was not carried out")
        done.append(command)
    return Accepted(tuple(done))


def _belongs(command: GbzComponent, answer: GbzComponent) -> bool:
    return (
        command.cluster == answer.cluster
        and command.header.sequence == answer.header.sequence
        and command.header.to_client != answer.header.to_client
    )


def _succeeded(answer: GbzComponent) -> bool:
    head = answer.header
    try:
        if head.frame_type is FrameType.CLUSTER:
            cleared = (answer.cluster, head.command) == (CLEAR_EVENT_LOG[0], 0x02)
            told = ClearEventLogResponse.decode(answer.payload) if cleared else None
            return told is not None and told.cleared_event_logs != 0
        default = head.command == GeneralCommand.DEFAULT_RESPONSE
        return default and DefaultResponse.decode(answer.payload).status == ZclStatus.SUCCESS
    except WireError:
        return False
