"""How each check is done: what is sent in which order, and what each message must lead to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from emulator.bench.cases.cases import Case, Expectation, Outcome, cases_of
from emulator.bench.cases.checks import Check
from emulator.bench.cases.command_maker import item_count
from emulator.bench.cases.tags import DESTRUCTIVE
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.judgement import PASSED, Judge, Judged, Seen, Triage, fault_number
from emulator.bench.running.telling import alert_code, alert_text
from emulator.bench.running.verdicts import POWERLESS
from emulator.bench.running.ways import ServiceMode
from emulator.gbcs.block_exchange import WHOLE_MESSAGE
from emulator.gbcs.commands.heading import Activation
from emulator.gbcs.envelope import Message
from emulator.gbcs.meaning.tree import Tree
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import edition
from emulator.gbcs_device.authority import replay_protected
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import InjectedFault
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, seconds
from emulator.lab.kept.result import Verdict

_ANSWERED: Final = Expectation(Outcome.ANSWERED)
CARRIED_OUT: Final = (0x8F66, 0x8F67)
"""A command that waited was carried out, or could not be (GBCS 16.2)."""
_DEAF: Final = "silence proves nothing of a device that does not answer the right command: "
_MANY: Final = 1024
_WAITING: Final = 2
"""Commands that wait for a device that sleeps."""
_GRACE: Final = seconds(5)
"""After a date: its alert has come by then."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What a script works with.

    Args:
        talk: with the device.
        judge: of what it does.
        case: that is run.
    """

    talk: Conversation
    judge: Judge
    case: Case

    def say(self, message: Message, *, blocks: bool = False) -> Judged:
        """Send a message and judge by what the case expects."""
        return self.say_expecting(message, self.case.expected, blocks=blocks)

    def say_again(self, message: Message) -> Judged:
        """Send a message under a counter that was there already.

        A long one goes in blocks, and blocks that came before are no news: no alert has to come.
        """
        expected = self.case.expected
        if len(message.encode()) > WHOLE_MESSAGE:
            expected = replace(expected, alert=None)
        return self.say_expecting(message, expected)

    def say_expecting(
        self, message: Message, expected: Expectation, *, blocks: bool = False
    ) -> Judged:
        """Send a message and judge by this."""
        alert = expected.outcome is Outcome.REFUSED
        seen = self.talk.say(message, expect_alert=alert, code=expected.alert, blocks=blocks)
        return self.judge.judge(message, expected, seen)

    def prepare(self, message: Message) -> Judged | None:
        """Send a message that has to be answered before there is anything to judge."""
        found = self.judge.judge(message, _ANSWERED, self.talk.say(message))
        if found.verdict is Verdict.PASS:
            return None
        reason = f"the command before was not answered: {found.reason}"
        return replace(found, verdict=Verdict.INCONCLUSIVE, reason=reason)

    def unfit(self, command: Message, seen: Seen) -> Judged | None:
        """Why what came is no sound answer, whatever it holds; None where it is one."""
        found = self.judge.judge(command, _ANSWERED, seen)
        return None if found.verdict is Verdict.PASS else found

    def about(self, case: Case) -> "Stage":
        """The same with another case."""
        return replace(self, case=case)


Script = Callable[[Stage], Judged]


def _success(stage: Stage) -> Judged:
    return stage.say(stage.talk.command(stage.case))


def _in_blocks(stage: Stage) -> Judged:
    return stage.say(stage.talk.command(stage.case), blocks=True)


def _stranger(stage: Stage) -> Judged:
    party = stage.talk.maker.stranger(stage.case.sender)
    return stage.say(stage.talk.command(stage.case, originator=party))


def _replayed(stage: Stage) -> Judged:
    command = stage.talk.command(stage.case)
    return stage.prepare(command) or stage.say_again(command)


def _equal_counter(stage: Stage) -> Judged:
    first = stage.talk.command(stage.case)
    again = stage.talk.command(stage.case, counter=first.counter)
    if again.encode() == first.encode():
        first = _of_another(stage, first.counter) or first
    return stage.prepare(first) or stage.say_again(again)


def _of_another(stage: Stage, counter: int) -> Message | None:
    """A command of another use case by the same party; None where none is harmless."""
    other = _companion(stage.case.kind, stage.case.sender, stage.case.use_case.code, edition())
    return None if other is None else stage.talk.command(other, counter=counter)


@lru_cache(maxsize=_MANY)
def _companion(kind: DeviceKind, sender: RemotePartyRole, code: int, _edition: int) -> Case | None:
    fit = [
        case
        for case in cases_of(kind)
        if case.check is Check.SUCCESS
        and case.sender is sender
        and case.use_case.code != code
        and case.expected.outcome is Outcome.SUCCEEDS
        and DESTRUCTIVE not in case.tags
        and replay_protected(case.use_case)
    ]
    return min(fit, key=lambda case: item_count(case.use_case), default=None)


def _lower_counter(stage: Stage) -> Judged:
    lower = stage.talk.command(stage.case)
    first = stage.talk.command(stage.case)
    return stage.prepare(first) or stage.say(lower)


def _after_power_loss(stage: Stage) -> Judged:
    command = stage.talk.command(stage.case)
    unready = stage.prepare(command)
    if unready is not None:
        return unready
    if not stage.talk.home.power_cycle():
        return POWERLESS
    stage.talk.hear(command)
    return stage.say(command)


def _wrong_signature(stage: Stage) -> Judged:
    command = stage.talk.command(stage.case)
    signature = command.signature or b""
    wrong = replace(command, signature=_flipped(signature), mac=None)
    if command.mac is not None:
        wrong = replace(wrong, mac=stage.talk.maker.protection.mac(wrong))
    return stage.say(wrong)


def _wrong_mac(stage: Stage) -> Judged:
    command = stage.talk.command(stage.case)
    return stage.say(replace(command, mac=_flipped(command.mac or b"")))


def _wrong_certificate(stage: Stage) -> Judged:
    """A signature of somebody else; where there is none, the MAC of somebody else's secret."""
    maker, bare = stage.talk.maker, stage.talk.bare(stage.case)
    right = maker.protected(bare)
    other = maker.stranger(stage.case.sender)
    if right.signature:
        return stage.say(maker.protected(bare, signer=other))
    foreign = replace(maker.protection, broker=other)
    return stage.say(replace(right, mac=foreign.mac(right)))


def _wrong_recipient(stage: Stage) -> Judged:
    maker, bare = stage.talk.maker, stage.talk.bare(stage.case)
    others = (line.eui64 for line in stage.talk.home.tested.shipment.devices)
    other = next(each for each in others if each != bare.recipient)
    message = maker.protected(replace(bare, recipient=Eui64(other)))
    seen = stage.talk.say_octets(message.encode(), bare)
    judged = stage.judge.judge(bare, stage.case.expected, seen)
    if judged.verdict is not Verdict.PASS:
        return judged
    right = stage.prepare(maker.protected(bare))
    return judged if right is None else replace(right, reason=_DEAF + right.reason)


def _truncated(stage: Stage) -> Judged:
    if stage.talk.home.tested.mode is not ServiceMode.GFI:
        reason = "a hub passes on only what is a message"
        return Judged(verdict=Verdict.NOT_APPLICABLE, field="mode", reason=reason)
    command = stage.talk.command(stage.case)
    seen = stage.talk.say_octets(
        command.encode()[:-1], command, expect_alert=True, code=stage.case.expected.alert
    )
    return stage.judge.judge(command, stage.case.expected, seen)


def _over_long(stage: Stage) -> Judged:
    bare = stage.talk.bare(stage.case)
    return stage.say(stage.talk.maker.protected(replace(bare, payload=bare.payload + b"\x00")))


def _item_fails(stage: Stage) -> Judged:
    machine = stage.talk.home.machine
    item = stage.case.expected.item
    if machine is None or item is None:
        reason = "no fault can be put into this device"
        return Judged(verdict=Verdict.NOT_APPLICABLE, field="device", reason=reason)
    command = stage.talk.command(stage.case)
    machine.inject(InjectedFault(item, fault_number(decode_payload(command))))
    return stage.say(command)


def _future_dated(stage: Stage) -> Judged:
    command = _dated(stage)
    unready = stage.prepare(command)
    return unready or _told(stage, command, expected=True)


def _cancelled(stage: Stage) -> Judged:
    command = _dated(stage)
    unready = stage.prepare(command) or stage.prepare(_never(stage))
    return unready or _told(stage, command, expected=False)


def _past(stage: Stage) -> Judged:
    lab = stage.talk.home.lab
    before = lab.calendar.moment(lab.scheduler.now) - timedelta(days=1)
    return stage.say(stage.talk.command(stage.case, execution=before))


def _dated(stage: Stage) -> Message:
    home = stage.talk.home
    ahead = timedelta(microseconds=home.settings.date_ahead + home.patience)
    at = home.lab.calendar.moment(home.lab.scheduler.now) + ahead
    return stage.talk.command(stage.case, execution=at.replace(microsecond=0))


def _never(stage: Stage) -> Message:
    return stage.talk.command(stage.case, execution=Activation.NEVER)


def _told(stage: Stage, command: Message, *, expected: bool) -> Judged:
    """Let the date come; whether an alert tells of the command."""
    home = stage.talk.home
    home.wait(Duration(home.settings.date_ahead + 2 * home.patience + _GRACE), until_heard=False)
    codes = [alert_code(each) for each in stage.talk.hear(command).alerts]
    told = any(code in CARRIED_OUT for code in codes)
    if told is expected:
        return PASSED
    wanted = "8F66 or 8F67" if expected else "neither 8F66 nor 8F67"
    return _misses("alerts", ", ".join(map(alert_text, codes)) or "none", wanted)


def _while_asleep(stage: Stage) -> Judged:
    """The device has just answered, and sleeps: what is sent now waits at the hub."""
    home, talk = stage.talk.home, stage.talk
    if home.patience <= home.settings.answer:
        reason = "nothing sleeps where messages get to the device at once"
        return Judged(verdict=Verdict.NOT_APPLICABLE, field="reach", reason=reason)
    commands = [talk.command(stage.case) for _ in range(_WAITING)]
    answers = talk.answers(commands, Duration(_WAITING * home.patience))
    wanted = [each.counter for each in commands]
    counters = [each.counter for each in answers]
    if counters != wanted:
        return _misses("responses", _hexadecimal(counters), _hexadecimal(wanted))
    for command, answer in zip(commands, answers, strict=True):
        judged = stage.judge.judge(command, stage.case.expected, Seen(responses=(answer,)))
        if judged.verdict is not Verdict.PASS:
            return judged
    return PASSED


def _alert(stage: Stage) -> Judged:
    """The command is carried out, and the alert comes that is due then."""
    command, code = stage.talk.command(stage.case), stage.case.expected.alert or 0
    seen = stage.talk.say(command)
    answered = stage.judge.judge(command, _ANSWERED, seen)
    if answered.verdict is not Verdict.PASS:
        return answered
    alerts = seen.alerts
    if all(alert_code(each) != code for each in alerts):
        home = stage.talk.home
        alerts += stage.talk.await_alert(command, code, home.patience).alerts
    return stage.judge.alert(command, stage.case.expected, Seen(alerts=alerts))


def _misses(field: str, got: str, wanted: str) -> Judged:
    return Judged(
        verdict=Verdict.FAIL,
        field=field,
        reason=f"{got}, expected {wanted}",
        expected=Tree("device", "", (Tree(field, wanted),)),
        seen=Tree("device", "", (Tree(field, got),)),
        triage=Triage.DEVICE,
    )


def _hexadecimal(counters: Sequence[int]) -> str:
    return ", ".join(f"{each:X}" for each in counters) or "none"


def _flipped(octets: bytes) -> bytes:
    return octets[:-1] + bytes((octets[-1] ^ 1,))


SCRIPTS: Final[Mapping[Check, Script]] = MappingProxyType(
    {
        Check.SUCCESS: _success,
        Check.ROLE: _success,
        Check.STRANGER: _stranger,
        Check.REPLAYED: _replayed,
        Check.EQUAL_COUNTER: _equal_counter,
        Check.LOWER_COUNTER: _lower_counter,
        Check.COUNTER_AFTER_POWER_LOSS: _after_power_loss,
        Check.WRONG_SIGNATURE: _wrong_signature,
        Check.WRONG_MAC: _wrong_mac,
        Check.WRONG_CERTIFICATE: _wrong_certificate,
        Check.WRONG_RECIPIENT: _wrong_recipient,
        Check.FUTURE_DATED: _future_dated,
        Check.CANCELLED: _cancelled,
        Check.PAST: _past,
        Check.ITEM_FAILS: _item_fails,
        Check.TRUNCATED: _truncated,
        Check.OVER_LONG: _over_long,
        Check.IN_BLOCKS: _in_blocks,
        Check.WHILE_ASLEEP: _while_asleep,
        Check.ALERT: _alert,
    }
)
"""By the check of a case."""
