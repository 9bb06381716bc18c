"""More cases of each record: what its answers must hold, its counters and its dates (GBCS 4 to 9).

They stand on the cases that a record has already: its successful command says what is sent, by
whom, and what must come of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from emulator.bench.cases.cases import Case, Expectation, Outcome
from emulator.bench.cases.checks import Check
from emulator.bench.cases.command_maker import fullest_protection, item_count
from emulator.bench.cases.written_values import readers_of, reads_scaler, reads_types
from emulator.gbcs.asn1.codes import KeyUsage
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.dated_responses import DATED_RESPONSES
from emulator.gbcs_device.authority import permitted_roles, replay_protected
from emulator.gbcs_device.device_kind import CELLS

_ANSWERED: Final = Expectation(Outcome.ANSWERED)
_DATED: Final = (Check.ON_DATE, Check.DATED_ALERT, Check.DATED_AFTER_POWER_LOSS)


def further_cases(asked: Sequence[Case]) -> Iterator[Case]:
    """The further cases of records.

    Args:
        asked: every case of one kind of device that its records have already.
    """
    works = [each for each in asked if each.check is Check.SUCCESS]
    for case in works:
        yield from (replace(case, check=check) for check in _of_answers(case))
        if item_count(case.use_case) > 1:
            fails = Expectation(Outcome.ITEM_FAILS, item=0)
            yield replace(case, check=Check.AFTER_FAILED_ITEM, expected=fails)
        yield from (replace(case, check=check) for check in _of_counters(case))
        if case.use_case.future_datable:
            yield from (replace(case, check=each, expected=_ANSWERED) for each in _DATED)
        if readers_of(case, works):
            yield replace(case, check=Check.READ_BACK)
            yield replace(case, check=Check.VALUE_AFTER_POWER_LOSS)


def _of_answers(case: Case) -> Iterator[Check]:
    use_case = case.use_case
    yield Check.ANSWER_PROTECTED
    if use_case.sensitive:
        yield Check.SENSITIVE
    if use_case.code in DATED_RESPONSES:
        yield Check.ANSWER_TIME
    if reads_scaler(use_case):
        yield Check.SCALER
    if reads_types(use_case, case.kind):
        yield Check.VALUE_TYPES


def _of_counters(case: Case) -> Iterable[Check]:
    """Counters count where a command is protected against replay."""
    if not replay_protected(case.use_case):
        return
    yield Check.REFUSED_UNCOUNTED
    if second_sender(case) is not None:
        yield Check.OTHER_PARTY_COUNTER


def second_sender(case: Case) -> RemotePartyRole | None:
    """Another role of this device that may send the command of a case; None where there is none."""
    signed = "signature" in fullest_protection(case.use_case)
    usage = KeyUsage.DIGITAL_SIGNATURE if signed else KeyUsage.KEY_AGREEMENT
    roles = {
        RemotePartyRole(each.remote_party_role)
        for each in CELLS[case.kind]
        if each.key_usage == usage
    }
    others = sorted((permitted_roles(case.use_case) & roles) - {case.sender})
    return others[0] if others else None
