"""One ZCL command done on the state of a device: at once, or later (GBCS 7.2.10, 9.2.2)."""

from dataclasses import dataclass
from typing import Any, Final

from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.gbz.commands.answers import Answer, failed
from emulator.gbcs_device.gbz.commands.handling import Circumstances, Handling
from emulator.gbcs_device.gbz.commands.handlings import HANDLINGS
from emulator.gbcs_device.gbz.state.mechanism import STILL, Mechanism
from emulator.gbcs_device.gbz.state.moments import WITHDRAWN
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.gbz.state.tokens import TokenJudge
from emulator.gbcs_device.gbz.state.waiting import WaitingCommand, WaitingCommands
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64
from emulator.wire.struct import Struct
from emulator.zcl.foundation.header import FrameType
from emulator.zcl.primitives import Side, ZclStatus

_CLIENT: Final = Side.CLIENT


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandSource:
    """The message that brought a command.

    Args:
        code: message code.
        counter: originator counter.
        originator: who sent it.
        moment: seconds since 2000 when it is executed, by the device's clock.
        tokens: who judges top-up codes.
        mechanism: what is behind the state of the device.
        supplier: whose tokens are taken; None where that is not known.
    """

    code: int
    counter: int
    originator: Eui64
    moment: int
    tokens: TokenJudge
    mechanism: Mechanism = STILL
    supplier: Eui64 | None = None


def perform(
    store: MeterStore,
    component: GbzComponent,
    source: CommandSource,
    waiting: WaitingCommands | None = None,
) -> Answer:
    """Do what a cluster command says, or let it wait for its date.

    Args:
        store: what it is done on.
        component: the command.
        source: the message that brought it.
        waiting: where it waits; unless given, with what else the device itself waits for.
    """
    queue = store.waiting if waiting is None else waiting
    handling, request = _understood(component)
    if handling is None or request is None:
        return ZclStatus.UNSUP_COMMAND if handling is None else ZclStatus.MALFORMED_COMMAND
    told = _circumstances(component, source)
    start = handling.starts(request, told)
    if handling.start is not None:
        topic = handling.topic(request)
        queue.withdraw(component.cluster, component.header.command, topic)
        if start > source.moment:
            handling.expect(store, request)
            if start not in WITHDRAWN:
                queue.put(_waiting(component, source, start, topic))
            return handling.accept(store, request)
    return _carried_out(handling, store, request, told)


def start_of(component: GbzComponent, source: CommandSource) -> int | None:
    """The future date that a command names; None where it names none."""
    handling, request = _understood(component)
    if handling is None or request is None:
        return None
    told = _circumstances(component, source)
    start = handling.starts(request, told)
    return start if source.moment < start and start not in WITHDRAWN else None


def refuse(component: GbzComponent) -> Answer:
    """What a command that fails is answered with."""
    handling, request = _understood(component)
    if handling is None or request is None:
        return ZclStatus.UNSUP_COMMAND if handling is None else ZclStatus.MALFORMED_COMMAND
    answer: Answer = handling.refuse(request)
    return answer


def take_effect(
    store: MeterStore,
    command: WaitingCommand,
    moment: int,
    tokens: TokenJudge,
    mechanism: Mechanism = STILL,
) -> bool:
    """Carry out what waited, now that its date has come; whether it could be."""
    side = _CLIENT if command.frame_control & 0x08 else Side.SERVER
    handling = HANDLINGS.get((command.cluster, side, command.command))
    if handling is None:
        return False
    try:
        request = handling.payload.decode(command.payload)
    except WireError:
        return False
    told = Circumstances(
        moment=moment,
        originator=command.originator,
        from_date_time=None,
        tokens=tokens,
        mechanism=mechanism,
    )
    return not failed(_carried_out(handling, store, request, told))


def _carried_out(
    handling: Handling[Any], store: MeterStore, request: Struct, told: Circumstances
) -> Answer:
    """What came of it; a value that no attribute can hold is the sender's mistake."""
    try:
        answer: Answer = handling.carry_out(store, request, told)
    except LocalError:
        return ZclStatus.INVALID_VALUE
    return answer


def _understood(component: GbzComponent) -> tuple[Handling[Any] | None, Struct | None]:
    """How a command is handled and what it says; None for what is not known, or not readable."""
    head = component.header
    if head.frame_type is not FrameType.CLUSTER or head.manufacturer_specific:
        return None, None
    handling = HANDLINGS.get((component.cluster, head.to_side, head.command))
    if handling is None or component.encrypted:
        return handling, None
    try:
        return handling, handling.payload.decode(component.payload)
    except WireError:
        return handling, None


def _circumstances(component: GbzComponent, source: CommandSource) -> Circumstances:
    return Circumstances(
        moment=source.moment,
        originator=source.originator,
        from_date_time=component.from_date_time,
        tokens=source.tokens,
        mechanism=source.mechanism,
        supplier=source.supplier,
    )


def _waiting(
    component: GbzComponent, source: CommandSource, due: int, topic: int
) -> WaitingCommand:
    return WaitingCommand(
        due=due,
        message_code=source.code,
        counter=source.counter,
        originator=source.originator,
        cluster=component.cluster,
        frame_control=component.header.encode()[0],
        command=component.header.command,
        topic=topic,
        payload=component.payload,
    )
