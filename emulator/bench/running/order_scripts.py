"""How counters, dates and nonsense are tried in an order that shows what a device makes of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.checks import Check
from emulator.bench.cases.further_cases import second_sender
from emulator.bench.running.judgement import PASSED, Judged
from emulator.bench.running.scripts import CARRIED_OUT, Script, Stage
from emulator.bench.running.telling import alert_code
from emulator.bench.running.verdicts import POWERLESS, departs, unclear
from emulator.dcc.alert_reading import dated_command
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import WireError
from emulator.kernel.units import Duration, Instant, minutes, seconds

_SHORT_OF: Final = seconds(10)
"""Before a date: nothing may have been done by then."""
_AFTER: Final = seconds(10)
"""After a date: what waited is done by then."""
_LONG_AFTER: Final = minutes(60)
"""How long is waited to tell what is late from what is never done."""
_JUNK: Final = (
    b"",
    b"\x00",
    b"\xff" * 40,
    bytes(range(64)),
    b"\xdd\x00",
    b"\xdf\x09\x01" + b"\x00" * 30,
)


def _refused_uncounted(stage: Stage) -> Judged:
    right = stage.talk.command(stage.case)
    ahead = stage.talk.command(stage.case)
    foreign = replace(ahead, mac=_flipped(ahead.mac)) if ahead.mac else _badly_signed(ahead)
    seen = stage.talk.say(foreign, expect_alert=True)
    if seen.responses:
        return unclear("response", "the command that had to be refused was answered")
    return stage.say(right)


def _badly_signed(command: Message) -> Message:
    return replace(command, signature=_flipped(command.signature or b"\x00"))


def _flipped(octets: bytes) -> bytes:
    return octets[:-1] + bytes((octets[-1] ^ 1,))


def _other_party(stage: Stage) -> Judged:
    other = second_sender(stage.case)
    if other is None:
        return unclear("sender", "nobody else may send it")
    theirs = replace(stage.case, sender=other)
    lower = stage.talk.command(theirs)
    return stage.prepare(stage.talk.command(stage.case)) or stage.say(lower)


def _recovers(stage: Stage) -> Judged:
    command = stage.talk.command(stage.case)
    unready = stage.prepare(command)
    if unready is not None:
        return unready
    for octets in (*_JUNK, command.encode()[:-1], command.encode() + b"\x00"):
        stage.talk.home.send(octets)
    home = stage.talk.home
    home.wait(Duration(home.patience), until_heard=False)
    home.take()
    return stage.say(stage.talk.command(stage.case))


def _on_date(stage: Stage) -> Judged:
    command, due = _dated(stage)
    unready = stage.prepare(command)
    if unready is not None:
        return unready
    early = _told_by(stage, Instant(due - _SHORT_OF), command)
    if early is not None:
        return departs("time", f"told of it at {early} s, {due // 1_000_000} s was its date")
    home = stage.talk.home
    latest = Instant(due + _AFTER + home.patience)
    if _told_by(stage, latest, command) is not None:
        return PASSED
    late = _told_by(stage, Instant(latest + _LONG_AFTER), command)
    if late is not None:
        return departs("time", f"told of it at {late} s, {due // 1_000_000} s was its date")
    return departs("alert", "nothing told of it, expected 8F66 or 8F67")


def _dated_alert(stage: Stage) -> Judged:
    command, due = _dated(stage)
    unready = stage.prepare(command)
    if unready is not None:
        return unready
    home = stage.talk.home
    home.wait(_until(stage, Instant(due + _AFTER + home.patience)), until_heard=False)
    alerts = [each for each in stage.talk.hear(command).alerts if alert_code(each) in CARRIED_OUT]
    for alert in alerts:
        try:
            counter = dated_command(decode_payload(alert))
        except WireError as fault:
            return departs("alert", str(fault), alert)
        if counter != command.counter:
            named = "no command" if counter is None else f"{counter}"
            return departs("counter", f"{named}, expected {command.counter}", alert)
    return PASSED if alerts else unclear("alert", "no alert told of it")


def _dated_after_power_loss(stage: Stage) -> Judged:
    command, due = _dated(stage)
    unready = stage.prepare(command)
    if unready is not None:
        return unready
    if not stage.talk.home.power_cycle():
        return POWERLESS
    latest = Instant(due + _AFTER + stage.talk.home.patience)
    if _told_by(stage, latest, command) is not None:
        return PASSED
    return departs("alert", "nothing told of it after power was lost, expected 8F66 or 8F67")


def _dated(stage: Stage) -> tuple[Message, Instant]:
    """A command for a date, and the instant of it."""
    home = stage.talk.home
    ahead = timedelta(microseconds=home.settings.date_ahead + home.patience)
    now = home.lab.scheduler.now
    at = (home.lab.calendar.moment(now) + ahead).replace(microsecond=0)
    due = Instant((at - home.lab.calendar.start) // timedelta(microseconds=1))
    return stage.talk.command(stage.case, execution=at), due


def _told_by(stage: Stage, instant: Instant, command: Message) -> int | None:
    """The second at which an alert told of what waited; None where none did by then."""
    home = stage.talk.home
    while home.wait(_until(stage, instant)):
        alerts = stage.talk.hear(command).alerts
        if any(alert_code(each) in CARRIED_OUT for each in alerts):
            return home.lab.scheduler.now // 1_000_000
    return None


def _until(stage: Stage, instant: Instant) -> Duration:
    return Duration(max(0, instant - stage.talk.home.lab.scheduler.now))


ORDER_SCRIPTS: Final[Mapping[Check, Script]] = MappingProxyType(
    {
        Check.REFUSED_UNCOUNTED: _refused_uncounted,
        Check.OTHER_PARTY_COUNTER: _other_party,
        Check.RECOVERS: _recovers,
        Check.ON_DATE: _on_date,
        Check.DATED_ALERT: _dated_alert,
        Check.DATED_AFTER_POWER_LOSS: _dated_after_power_loss,
    }
)
"""By the check of a case."""
