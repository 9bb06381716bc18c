"""How it is seen what a device keeps: values that were written, certificates, its device log."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.cases import Case, cases_of
from emulator.bench.cases.checks import Check
from emulator.bench.cases.nature_cases import READ_LOG
from emulator.bench.cases.written_values import attribute, readers_of, written
from emulator.bench.running.answer_scripts import answered, items_answered
from emulator.bench.running.judgement import PASSED, Judged
from emulator.bench.running.own_values import valued
from emulator.bench.running.scripts import Script, Stage
from emulator.bench.running.verdicts import POWERLESS, departs, unclear
from emulator.cosem.logical_names import format_obis
from emulator.gbcs.asn1.device_logs import JoinDeviceCommand, ReadDeviceLogResponse
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.identity import Eui64
from emulator.lab.kept.result import Verdict


def _read_back(stage: Stage) -> Judged:
    found = answered(stage)
    return found if isinstance(found, Judged) else _still_there(stage)


def _after_power_loss(stage: Stage) -> Judged:
    found = answered(stage)
    if isinstance(found, Judged):
        return found
    before = _still_there(stage)
    if before.verdict is not Verdict.PASS:
        return unclear("value", f"not there before power was lost: {before.reason}")
    return _still_there(stage) if stage.talk.home.power_cycle() else POWERLESS


def _still_there(stage: Stage) -> Judged:
    """Whether every reader of what the case writes reads it."""
    wanted = dict(written(stage.case.use_case))
    compared = 0
    for case in readers_of(stage.case, _works(stage.case)):
        reader = stage.about(case)
        found = answered(reader)
        if isinstance(found, Judged):
            return found
        for item, value in items_answered(reader, *found):
            expected = wanted.get(attribute(item))
            if expected is None:
                continue
            compared += 1
            if value != expected:
                name = f"{item.class_id}/{format_obis(item.obis)}/{item.member}"
                reason = f"{value.value!r} at {name}, written {expected.value!r}"
                return departs("value", reason, found[1])
    return PASSED if compared else unclear("value", "nothing of what was written could be read")


def _works(case: Case) -> tuple[Case, ...]:
    return tuple(each for each in cases_of(case.kind) if each.check is Check.SUCCESS)


def _certificates(stage: Stage) -> Judged:
    """Hand the device over to another supplier, whom it then has to know for good."""
    keys = stage.talk.home.keys
    gaining = stage.talk.maker.stranger(RemotePartyRole.SUPPLIER)
    values: dict[str, object] = {}
    for name, use in _CERTIFICATES.items():
        held = keys.find(gaining, use)
        if held is None or held.certificate is None:
            return unclear("keys", "no certificates of another supplier at hand")
        values[name] = held.certificate.der
    handover = valued(stage, values)
    unfit = stage.unfit(handover, stage.talk.say(handover))
    if unfit is not None:
        return unfit
    if not _knows(stage, gaining):
        return unclear("response", "the gaining supplier is not answered before power is lost")
    if not stage.talk.home.power_cycle():
        return POWERLESS
    if _knows(stage, gaining):
        return PASSED
    return departs("response", "none to the gaining supplier after power was lost, expected one")


_CERTIFICATES: Final = {
    "digital_signing_certificate": KeyUse.DIGITAL_SIGNATURE,
    "key_agreement_certificate": KeyUse.KEY_AGREEMENT,
}


def _knows(stage: Stage, party: Eui64) -> bool:
    """Whether a party that may read the device log is answered."""
    reads = next(each for each in _works(stage.case) if each.use_case.code == READ_LOG)
    command = stage.talk.command(reads, originator=party)
    return bool(stage.talk.say(command, expect_alert=True).responses)


def _log(stage: Stage) -> Judged:
    partner = _PARTNERS.get(stage.case.kind)
    join = valued(stage, {} if partner is None else {"device_type": partner})
    unfit = stage.unfit(join, stage.talk.say(join))
    if unfit is not None:
        return unfit
    payload = decode_payload(join)
    asked = payload.value if isinstance(payload, Asn1Payload) else None
    if not isinstance(asked, JoinDeviceCommand):
        return unclear("command", "it joins no device")
    before = _in_log(stage, asked.entity_id)
    if before.verdict is not Verdict.PASS:
        return unclear("log", f"before power is lost: {before.reason}")
    return _in_log(stage, asked.entity_id) if stage.talk.home.power_cycle() else POWERLESS


def _in_log(stage: Stage, partner: bytes) -> Judged:
    """Whether a partner is in the device log."""
    found = _logged(stage)
    if isinstance(found, Judged) or partner in found:
        return found if isinstance(found, Judged) else PASSED
    told = ", ".join(each.hex() for each in found) or "nobody"
    return departs("log", f"{told}, expected {partner.hex()}")


_PARTNERS: Final = {DeviceKind.ESME: "TYPE_2", DeviceKind.GSME: "GPF", DeviceKind.GPF: "TYPE_2"}
"""With whom a kind of device is joined by method B (GBCS 13.7)."""


def _logged(stage: Stage) -> Judged | tuple[bytes, ...]:
    """The names in the device log."""
    reads = next(each for each in _works(stage.case) if each.use_case.code == READ_LOG)
    found = answered(stage.about(reads))
    if isinstance(found, Judged):
        return found
    payload = decode_payload(found[1])
    told = payload.value if isinstance(payload, Asn1Payload) else None
    if not isinstance(told, ReadDeviceLogResponse):
        return unclear("log", "the answer holds no log")
    return tuple(each.device_id for each in told.entries or ())


MEMORY_SCRIPTS: Final[Mapping[Check, Script]] = MappingProxyType(
    {
        Check.READ_BACK: _read_back,
        Check.VALUE_AFTER_POWER_LOSS: _after_power_loss,
        Check.CERTIFICATES_AFTER_POWER_LOSS: _certificates,
        Check.LOG_AFTER_POWER_LOSS: _log,
    }
)
"""By the check of a case."""
