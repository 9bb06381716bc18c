"""A state taken over from an answer: what a reference answer tells of a device before it.

Readings, logs and calendars are what the answer says. What the command itself does is not done.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs_device.gbz.state.attribute_reads import is_read
from emulator.gbcs_device.gbz.state.attribute_records import AttributeAnswers
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.gbz.told import COMPLETING, FORGETTING, TELLING, TellingTable
from emulator.kernel.errors import WireError
from emulator.wire.struct import Struct
from emulator.zcl.foundation.general_commands import (
    DefaultResponse,
    GeneralCommand,
)
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.primitives import ZclStatus


@dataclass(frozen=True, slots=True)
class Told:
    """A command and what it was answered.

    Args:
        asked: its component.
        request: what it says; None for a read of attributes.
        answers: what was answered, statuses among it.
    """

    asked: GbzComponent
    request: Struct | None
    answers: tuple[Struct, ...]

    @property
    def tells(self) -> bool:
        """Whether the answer says what is there, be it nothing."""
        return all(
            not isinstance(each, DefaultResponse) or each.status == ZclStatus.NOT_FOUND
            for each in self.answers
        )


def seed_store(store: MeterStore, command: Message, response: Payload) -> None:
    """Have a store hold what an answer tells; one that does not fit its command is ignored.

    Args:
        store: what shall hold it.
        command: whose answer it is.
        response: its payload; sensitive data is decrypted in its place.
    """
    try:
        asked = decode_payload(command)
        if not (isinstance(asked, GbzPayload) and isinstance(response, GbzPayload)):
            return
        pairs = tuple(_pairs(asked.components, response.components))
    except WireError:
        return
    _take_over(store, pairs)


def _take_over(store: MeterStore, pairs: Sequence[Told]) -> None:
    """Forget all that the requests could find, then hold what their answers say."""
    for told in pairs:
        forget = FORGETTING.get(type(told.request))
        if forget is not None and told.tells:
            forget(store, told.request)
    for table in (TELLING, COMPLETING):
        for told in pairs:
            _hold(store, told, table)


def _pairs(commands: Sequence[GbzComponent], responses: Sequence[GbzComponent]) -> Iterator[Told]:
    for asked in commands:
        answers = tuple(
            each
            for each in responses
            if each.cluster == asked.cluster and each.header.sequence == asked.header.sequence
        )
        if answers:
            request = None if is_read(asked) else _decoded(asked)
            yield Told(asked, request, tuple(_decoded(each) for each in answers))


def _decoded(component: GbzComponent) -> Struct:
    """What a component says.

    Raises:
        WireError: when it is nothing that a seed could be made from.
    """
    head = component.header
    if head.frame_type is FrameType.CLUSTER:
        declared = PAYLOADS.get((component.cluster, head.to_side, head.command))
    elif head.command == GeneralCommand.READ_ATTRIBUTES_RESPONSE:
        declared = AttributeAnswers
    else:
        declared = DefaultResponse
    if declared is None:
        raise WireError("GbzComponent.header.command", 0, f"{head.command:#04x} is not declared")
    return declared.decode(component.payload)


def _hold(store: MeterStore, told: Told, table: TellingTable) -> None:
    for answer in told.answers:
        if isinstance(answer, AttributeAnswers):
            for record in answer.records:
                store.attributes.hold(told.asked.cluster, record)
        elif told.request is not None:
            tell = table.get(type(answer))
            if tell is not None:
                tell(store, told.request, answer)
