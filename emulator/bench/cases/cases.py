"""The cases of a device: what each use-case record asks of it, and what must follow (GBCS 6, 7, 9).

Nothing here is written for one use case. A record tells who may send a command, how it is
protected, whether its counter counts and whether it may wait; from that follow its cases.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from typing import Final

from emulator.bench.cases.checks import CLAUSES, Check
from emulator.bench.cases.command_maker import fullest_protection, has_required_values, item_count
from emulator.bench.cases.due_alerts import due_alert
from emulator.bench.cases.tags import tags_of
from emulator.gbcs.commands.template_reader import has_template
from emulator.gbcs.pki import DEFAULT_ORGANISATIONS
from emulator.gbcs.protection.refusal import Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import edition, use_cases
from emulator.gbcs.use_cases.record import Category, UseCase
from emulator.gbcs_device.alerts import REFUSAL_ALERTS
from emulator.gbcs_device.authority import answered_by, permitted_roles, replay_protected
from emulator.gbcs_device.device_kind import CELLS, DeviceKind

_KINDS: Final = 32
"""Kinds of devices, in the editions of the catalogue that are in use at a time."""

SLEEPY: Final = frozenset({DeviceKind.GSME})
"""Kinds that run on battery, and sleep until they fetch their messages (GBCS 10.2.2)."""

_SENDERS: Final = (
    RemotePartyRole.SUPPLIER,
    RemotePartyRole.ACCESS_CONTROL_BROKER,
    RemotePartyRole.NETWORK_OPERATOR,
    RemotePartyRole.LOAD_CONTROLLER,
    RemotePartyRole.TRANSITIONAL_CHANGE_OF_SUPPLIER,
    RemotePartyRole.WAN_PROVIDER,
    RemotePartyRole.RECOVERY,
)
"""Who sends a command that several may send: the first of these."""


class Outcome(Enum):
    """What must come of a command."""

    SUCCEEDS = "every item succeeds"
    ANSWERED = "answered"
    """The values are examples: a device may refuse them, but it has to answer."""
    REFUSED = "refused without an answer"
    ITEM_FAILS = "one item fails"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must be seen.

    Args:
        outcome: of the command.
        alert: the code of the alert that must come; None where none must. Which code belongs to
            which refusal is unverified.
        item: the one that fails, from 0.
    """

    outcome: Outcome
    alert: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing that is tried on one kind of device.

    Args:
        use_case: whose command is sent.
        kind: of device.
        check: what is tried.
        sender: role of the originator.
        expected: of the last command that is sent.
        values: what the command says, by name, where not the examples of their kinds.
    """

    use_case: UseCase
    kind: DeviceKind
    check: Check
    sender: RemotePartyRole
    expected: Expectation
    values: tuple[tuple[str, object], ...] = ()

    @property
    def name(self) -> str:
        """Unique among the cases of a kind of device: `ESME/0027/ECS17b/role/RECOVERY`."""
        use_case = self.use_case
        parts = [self.kind.value, f"{use_case.code:04X}", use_case.name or "-", self.check.value]
        if self.check is Check.ROLE:
            parts.append(self.sender.name)
        if self.expected.item is not None:
            parts.append(str(self.expected.item))
        return "/".join(parts)

    @property
    def clause(self) -> str:
        """What the device departs from when the case fails."""
        return "; ".join(self.clauses)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The rule that is tried, and the use case."""
        number = self.use_case.name or f"message code {self.use_case.code:04X}"
        return CLAUSES[self.check], f"GBCS use case {number}"

    @property
    def tags(self) -> tuple[str, ...]:
        """What a case may be chosen by: check, category, payload, `critical`, `SRV 4.1.1` ..."""
        return tags_of(self.use_case, self.check)


def cases_of(kind: DeviceKind) -> tuple[Case, ...]:
    """Every case of a kind of device, by message code, as the use cases known now ask for it."""
    return _cases_of(kind, edition())


@lru_cache(maxsize=_KINDS)
def _cases_of(kind: DeviceKind, _edition: int) -> tuple[Case, ...]:
    commands = (
        each
        for each in use_cases()
        if has_template(each)
        and each.protection.get("command")
        and each.category is not Category.SME_C_PPMID_GSME
        and answered_by(each, kind)
    )
    return tuple(case for use_case in commands for case in _cases(use_case, kind))


def _cases(use_case: UseCase, kind: DeviceKind) -> Iterator[Case]:
    """The cases of one record; none where nobody who may send it stands in a cell."""
    roles = {RemotePartyRole(each.remote_party_role) for each in CELLS[kind]}
    allowed = permitted_roles(use_case)
    protection = fullest_protection(use_case)
    senders = [role for role in _SENDERS if role in allowed & roles]
    if not senders:
        return
    sender = senders[0]

    def case(check: Check, expected: Expectation, by: RemotePartyRole = sender) -> Case:
        return Case(use_case=use_case, kind=kind, check=check, sender=by, expected=expected)

    for check, expected, values in _works(use_case, kind):
        yield replace(case(check, expected), values=values)
    for role in _others(allowed):
        rule = Rule.AUTHORITY if role in roles else Rule.KNOWN_PARTY
        yield case(Check.ROLE, _refused(rule), role)
    yield from (case(check, expected) for check, expected in _refusals(use_case, protection))


def _works(
    use_case: UseCase, kind: DeviceKind
) -> Iterator[tuple[Check, Expectation, tuple[tuple[str, object], ...]]]:
    """In what ways it is carried out."""
    works = Expectation(Outcome.ANSWERED if has_required_values(use_case) else Outcome.SUCCEEDS)
    answered = Expectation(Outcome.ANSWERED)
    yield Check.SUCCESS, works, ()
    yield Check.IN_BLOCKS, works, ()
    if kind in SLEEPY:
        yield Check.WHILE_ASLEEP, answered, ()
    due = due_alert(use_case, kind)
    if due is not None:
        yield Check.ALERT, Expectation(Outcome.ANSWERED, due.code), due.values
    if use_case.future_datable:
        yield from ((check, answered, ()) for check in _DATED_CHECKS)
    for item in range(item_count(use_case)):
        yield Check.ITEM_FAILS, Expectation(Outcome.ITEM_FAILS, item=item), ()


def _others(allowed: Iterable[RemotePartyRole]) -> list[RemotePartyRole]:
    """The organisations whose role may not send a command."""
    return sorted({each.role for each in DEFAULT_ORGANISATIONS} - set(allowed))


def _refusals(use_case: UseCase, protection: str) -> Iterator[tuple[Check, Expectation]]:
    """What must be refused whoever sends it."""
    signed = "signature" in protection
    if signed:
        yield Check.WRONG_SIGNATURE, _refused(Rule.SIGNATURE)
    if "MAC" in protection:
        yield Check.WRONG_MAC, _refused(Rule.MAC)
    yield Check.WRONG_CERTIFICATE, _refused(Rule.SIGNATURE if signed else Rule.MAC)
    yield Check.STRANGER, _refused(Rule.KNOWN_PARTY)
    yield Check.WRONG_RECIPIENT, _refused(Rule.RECIPIENT)
    yield Check.TRUNCATED, _refused(Rule.FORMAT)
    yield Check.OVER_LONG, _refused(Rule.FORMAT)
    if replay_protected(use_case):
        for check in _COUNTER_CHECKS:
            yield check, _refused(Rule.COUNTER)


_COUNTER_CHECKS: Final = (
    Check.REPLAYED,
    Check.EQUAL_COUNTER,
    Check.LOWER_COUNTER,
    Check.COUNTER_AFTER_POWER_LOSS,
)


_DATED_CHECKS: Final = (Check.FUTURE_DATED, Check.CANCELLED, Check.PAST)


def _refused(rule: Rule) -> Expectation:
    return Expectation(Outcome.REFUSED, REFUSAL_ALERTS[rule])
