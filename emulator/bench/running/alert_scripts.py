"""How the alerts of a device are examined: it is made to refuse a command, and tells of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.checks import Check
from emulator.bench.running.judgement import PASSED, Judged
from emulator.bench.running.scripts import Script, Stage
from emulator.bench.running.telling import alert_code
from emulator.bench.running.verdicts import POWERLESS, departs, unclear
from emulator.cosem.moments import moment_of
from emulator.dlms.data import Data
from emulator.dlms.notification import DataNotification
from emulator.gbcs.commands.moments import from_seconds
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import Payload, decode_payload
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.gbcs_device.alerts import alert_recipients
from emulator.gbcs_device.device_kind import CELLS
from emulator.kernel.errors import WireError
from emulator.kernel.units import minutes

_NO_ALERT: Final = unclear("alert", "no alert came that could be examined")
_DAY: Final = minutes(24 * 60)


def _alerts(stage: Stage) -> Sequence[Message]:
    """The alerts of a refused command."""
    command = stage.talk.command(stage.case)
    mac = command.mac or b"\x00"
    wrong = replace(command, mac=mac[:-1] + bytes((mac[-1] ^ 1,)))
    return stage.talk.say(wrong, expect_alert=True).alerts


def _once(stage: Stage) -> Judged:
    alerts = _alerts(stage)
    if not alerts:
        return departs("alert", "none for a command that was refused, expected one")
    code, count = Counter(map(alert_code, alerts)).most_common(1)[0]
    if count == 1:
        return PASSED
    return departs("alert", f"{count} alerts {code:04X} for one command, expected one", alerts[-1])


def _protected(stage: Stage) -> Judged:
    alerts = _alerts(stage)
    for alert in alerts:
        found = known_use_case(alert.other_information.message_code)
        if found is None or not found.protection.get("alert"):
            code = alert.other_information.message_code
            return departs("message code", f"{code:04X} is no alert's", alert)
        wanted = found.protection["alert"]
        held = "signature" if alert.signature else "MAC" if alert.mac else "nothing"
        if held not in wanted:
            return departs("protection", f"{held}, expected {' or '.join(wanted)}", alert)
        try:
            stage.judge.protection.require(alert)
        except (ProtectionError, MissingKeyError) as fault:
            return departs("protection", str(fault), alert)
    return PASSED if alerts else _NO_ALERT


def _recipient(stage: Stage) -> Judged:
    alerts = _alerts(stage)
    cells = {RemotePartyRole(each.remote_party_role) for each in CELLS[stage.case.kind]}
    for alert in alerts:
        code = alert_code(alert)
        roles = [each for each in alert_recipients(code or 0) if each in cells]
        if code is None or not roles:
            continue
        wanted = stage.talk.maker.party(roles[0])
        if alert.recipient != wanted:
            reason = f"{alert.recipient:X}, expected {roles[0].name} {wanted:X}"
            return departs("recipient", reason, alert)
    return PASSED if alerts else _NO_ALERT


def _counter(stage: Stage) -> Judged:
    return _rises(stage, (*_alerts(stage), *_alerts(stage)))


def _counter_after_power_loss(stage: Stage) -> Judged:
    before = _alerts(stage)
    if not stage.talk.home.power_cycle():
        return POWERLESS
    return _rises(stage, (*before, *_alerts(stage)))


def _rises(_: Stage, alerts: Sequence[Message]) -> Judged:
    """Whether every alert has a counter above that of the one before."""
    if len(alerts) < len(("before", "after")):
        return _NO_ALERT
    for before, after in pairwise(alerts):
        if after.counter <= before.counter:
            reason = f"{after.counter}, expected above {before.counter}"
            return departs("counter", reason, after)
    return PASSED


def _time(stage: Stage) -> Judged:
    sent = _now(stage)
    alerts = _alerts(stage)
    came = _now(stage)
    allowed = timedelta(microseconds=stage.talk.home.settings.clock_error)
    for alert in alerts:
        told = moment_told(decode_payload(alert))
        if told is None:
            return departs("time", "no time, expected the device's own", alert)
        if not sent - allowed <= told <= came + allowed:
            reason = f"{told:%Y-%m-%d %H:%M:%S}, expected {sent:%Y-%m-%d %H:%M:%S}"
            return departs("time", reason, alert)
    return PASSED if alerts else _NO_ALERT


def _time_after_a_day(stage: Stage) -> Judged:
    stage.talk.home.wait(_DAY, until_heard=False)
    stage.talk.home.take()
    return _time(stage)


def _now(stage: Stage) -> datetime:
    lab = stage.talk.home.lab
    return lab.calendar.moment(lab.scheduler.now).replace(microsecond=0)


def moment_told(payload: Payload) -> datetime | None:
    """When an alert says that it was made; None where it tells no such moment."""
    match payload:
        case DataNotification():
            parts = payload.body.value
            part = parts[1] if isinstance(parts, tuple) and len(parts) > 1 else None
            octets = part.value if isinstance(part, Data) else None
            try:
                return moment_of(octets) if isinstance(octets, bytes) else None
            except WireError:
                return None
        case GbzPayload() if payload.alert is not None:
            return from_seconds(payload.alert.time)
        case _:
            return None


ALERT_SCRIPTS: Final[Mapping[Check, Script]] = MappingProxyType(
    {
        Check.ALERT_ONCE: _once,
        Check.ALERT_PROTECTED: _protected,
        Check.ALERT_RECIPIENT: _recipient,
        Check.ALERT_COUNTER: _counter,
        Check.ALERT_COUNTER_AFTER_POWER_LOSS: _counter_after_power_loss,
        Check.ALERT_TIME: _time,
        Check.CLOCK_AFTER_A_DAY: _time_after_a_day,
    }
)
"""By the check of a case."""
