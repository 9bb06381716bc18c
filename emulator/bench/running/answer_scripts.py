"""How the answers of a device are examined beyond their heading: secrecy, time, items, types."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.checks import Check
from emulator.bench.cases.written_values import attribute, scaled, types_of
from emulator.bench.running.judgement import PASSED, Judged, fault_number
from emulator.bench.running.scripts import Script, Stage
from emulator.bench.running.verdicts import beside_the_point, departs, unclear
from emulator.cosem.moments import moment_of
from emulator.cosem.units import unit_name
from emulator.dlms.access import AccessRequest, AccessResponse, AccessResult
from emulator.dlms.data import Data
from emulator.dlms.data_types import DataType
from emulator.dlms.descriptors import AccessKind, Descriptor
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs.sensitive_payload import change_blocks
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.commands.answers import NOT_ATTEMPTED
from emulator.gbcs_device.replay.told_answers import plain_payload
from emulator.kernel.errors import WireError
from emulator.kernel.units import Duration
from emulator.zcl.foundation.general_commands import DefaultResponse, GeneralCommand
from emulator.zcl.foundation.header import FrameType

Answer = tuple[Message, Message]
"""A command and its response."""
_LATE: Final = 20
"""After so many times the limit an answer is no longer late: it does not come."""


def answered(stage: Stage) -> Answer | Judged:
    """The command of a case and its answer; a judgement where there is no sound answer."""
    command = stage.talk.command(stage.case)
    seen = stage.talk.say(command)
    unfit = stage.unfit(command, seen)
    return unfit or (command, seen.responses[0])


def _protected(stage: Stage) -> Judged:
    command = stage.talk.command(stage.case)
    seen = stage.talk.say(command)
    if not seen.responses:
        return unclear("response", "no answer came that could be examined")
    response = seen.responses[0]
    wanted = stage.case.use_case.protection.get("response", ())
    held = "signature" if response.signature else "MAC" if response.mac else "nothing"
    if held not in wanted:
        return departs("protection", f"{held}, expected {' or '.join(wanted)}", response)
    try:
        stage.judge.protection.require(response)
    except (ProtectionError, MissingKeyError) as fault:
        return departs("protection", str(fault), response)
    return PASSED


def _sensitive(stage: Stage) -> Judged:
    found = answered(stage)
    if isinstance(found, Judged):
        return found
    response = found[1]
    blocks: list[bytes] = []

    def note(block: bytes) -> bytes:
        blocks.append(block)
        return block

    payload = decode_payload(response)
    change_blocks(payload, note)
    if blocks:
        return PASSED
    if isinstance(payload, GbzPayload) and all(map(_only_tells, payload.components)):
        return beside_the_point("payload", "the device holds nothing of what is asked for")
    return departs("payload", "nothing in it is encrypted, expected what is sensitive", response)


def _only_tells(component: GbzComponent) -> bool:
    """Whether a component says what became of a command, and no more."""
    head = component.header
    general = head.frame_type is FrameType.GENERAL
    return general and head.command == GeneralCommand.DEFAULT_RESPONSE


def _answer_time(stage: Stage) -> Judged:
    home = stage.talk.home
    sent = home.lab.calendar.moment(home.lab.scheduler.now)
    found = answered(stage)
    if isinstance(found, Judged):
        return found
    response = found[1]
    moment = moment_of(response.date_time) if response.date_time else None
    if moment is None:
        return departs("date-time", "none, expected the device's time", response)
    came = home.lab.calendar.moment(home.lab.scheduler.now)
    allowed = timedelta(microseconds=home.settings.clock_error)
    if sent - allowed <= moment <= came + allowed:
        return PASSED
    reason = f"{moment:%Y-%m-%d %H:%M:%S}, expected {came:%Y-%m-%d %H:%M:%S} UTC"
    return departs("date-time", reason, response)


def _in_time(stage: Stage) -> Judged:
    home = stage.talk.home
    limit = home.settings.sleepy_answer if home.sleepy else home.settings.answer
    command = stage.talk.command(stage.case)
    began = home.lab.scheduler.now
    home.send(command.encode())
    if not home.wait(Duration(limit * _LATE)):
        return departs("response", f"none in {limit * _LATE // 1_000_000} s, expected one")
    took = home.lab.scheduler.now - began
    if took <= limit:
        return PASSED
    return departs("time", f"an answer after {took // 1_000_000} s, limit {limit // 1_000_000} s")


def _after_failed_item(stage: Stage) -> Judged:
    machine = stage.talk.home.machine
    if machine is None:
        return beside_the_point("device", "no fault can be put into this device")
    command = stage.talk.command(stage.case)
    asked = decode_payload(command)
    machine.inject(InjectedFault(0, fault_number(asked)))
    seen = stage.talk.say(command)
    unfit = stage.unfit(command, seen)
    if unfit is not None:
        return unfit
    response = seen.responses[0]
    wrong = _later_items(asked, plain_payload(response, stage.judge.protection.agreement))
    return PASSED if wrong is None else departs(*wrong, response)


def _later_items(asked: Payload, answer: Payload) -> tuple[str, str] | None:
    """The first item after the first that does not say that it was not done."""
    if isinstance(asked, AccessRequest) and isinstance(answer, AccessResponse):
        wanted, got = len(asked.descriptors), len(answer.outcomes)
        if wanted != got or len(answer.data) != wanted:
            return "items", f"{got} results, expected {wanted}"
        for place, outcome in enumerate(answer.outcomes[1:], 1):
            if outcome.result != AccessResult.OTHER_REASON:
                expected = f"expected {AccessResult.OTHER_REASON}: not done"
                return f"item {place}", f"result {outcome.result}, {expected}"
    if isinstance(asked, GbzPayload) and isinstance(answer, GbzPayload):
        return _later_components(asked, answer)
    return None


def _later_components(asked: GbzPayload, answer: GbzPayload) -> tuple[str, str] | None:
    answers = {each.header.sequence: each for each in answer.components}
    for place, component in enumerate(asked.components[1:], 1):
        found = answers.get(component.header.sequence)
        head = None if found is None else found.header
        general = head is not None and head.frame_type is FrameType.GENERAL
        if found is None or head is None or not general:
            return f"component {place}", "no default response, expected that it was not done"
        if head.command != GeneralCommand.DEFAULT_RESPONSE:
            return f"component {place}", "an answer, expected that it was not done"
        try:
            status = DefaultResponse.decode(found.payload).status
        except WireError as fault:
            return f"component {place}", str(fault)
        if status != NOT_ATTEMPTED:
            return f"component {place}", f"status {status:02X}, expected {NOT_ATTEMPTED:02X}"
    return None


def _scaler(stage: Stage) -> Judged:
    found = answered(stage)
    if isinstance(found, Judged):
        return found
    command, response = found
    for place, (item, value) in enumerate(items_answered(stage, command, response)):
        register = scaled(item)
        if register is None or value.type is DataType.NULL_DATA:
            continue
        got, wanted = _numbers(value), ((register.scaler or 0), register.unit)
        if got != wanted:
            reason = f"{_words(*got)}, expected {_words(*wanted)} for {register.name}"
            return departs(f"item {place}", reason, response)
    return PASSED


def _numbers(value: Data) -> tuple[int | None, int | None]:
    parts = value.value if isinstance(value.value, tuple) else ()
    numbers = [each.value if isinstance(each, Data) else None for each in parts]
    scaler, unit = (*numbers, None, None)[:2]
    return (
        scaler if isinstance(scaler, int) else None,
        unit if isinstance(unit, int) else None,
    )


def _words(scaler: int | None, unit: int | None) -> str:
    name = "no unit" if unit is None else unit_name(unit) or "without unit"
    return f"10^{scaler} {name}"


def _value_types(stage: Stage) -> Judged:
    found = answered(stage)
    if isinstance(found, Judged):
        return found
    command, response = found
    for place, (item, value) in enumerate(items_answered(stage, command, response)):
        types = types_of(attribute(item), stage.case.kind)
        if item.kind is AccessKind.GET and types and value.type not in types:
            wanted = " or ".join(sorted(each.words for each in types))
            return departs(f"item {place}", f"{value.type.words}, expected {wanted}", response)
    return PASSED


def items_answered(
    stage: Stage, command: Message, response: Message
) -> list[tuple[Descriptor, Data]]:
    """Each item of a command in DLMS with the data of its answer, in the plain."""
    asked = decode_payload(command)
    plain = plain_payload(response, stage.judge.protection.agreement)
    if not isinstance(asked, AccessRequest) or not isinstance(plain, AccessResponse):
        return []
    return list(zip(asked.descriptors, plain.data, strict=False))


ANSWER_SCRIPTS: Final[Mapping[Check, Script]] = MappingProxyType(
    {
        Check.ANSWER_PROTECTED: _protected,
        Check.SENSITIVE: _sensitive,
        Check.ANSWER_TIME: _answer_time,
        Check.IN_TIME: _in_time,
        Check.AFTER_FAILED_ITEM: _after_failed_item,
        Check.SCALER: _scaler,
        Check.VALUE_TYPES: _value_types,
    }
)
"""By the check of a case."""
