"""Cases of a device's nature: its alerts, its clock, its memory, its life on the network.

They belong to no single record. Each uses a command that is well known by the other cases, so that
it can be repeated like every other: the first that only reads, or the one that it is about.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from emulator.bench.cases.cases import SLEEPY, Case, Expectation, Outcome
from emulator.bench.cases.checks import Check
from emulator.gbcs_device.authority import replay_protected
from emulator.gbcs_device.device_kind import DeviceKind

_ANSWERED: Final = Expectation(Outcome.ANSWERED)
SET_CLOCK: Final = (0x0062, 0x007F)
"""ECS70 and GCS28."""
SUPPLIER_CERTIFICATES: Final = 0x0102
ACTIVATE_FIRMWARE: Final = 0x0012
JOIN: Final = (0x000E, 0x00AB, 0x00AF)
"""CS03 in the forms that carry no certificate; no source tells whom an SAPC joins by it."""
READ_LOG: Final = 0x0013
UPDATES: Final = (SUPPLIER_CERTIFICATES, 0x0104)
"""CS02b in the forms that kinds of devices have: suppliers', else the access control broker's."""
_IN_A_HUB: Final = frozenset({DeviceKind.CHF, DeviceKind.GPF})

_PLAIN: Final = (
    Check.IN_TIME,
    Check.RECOVERS,
    Check.ALERT_ONCE,
    Check.ALERT_PROTECTED,
    Check.ALERT_RECIPIENT,
    Check.ALERT_COUNTER,
    Check.ALERT_COUNTER_AFTER_POWER_LOSS,
    Check.ALERT_TIME,
    Check.CLOCK_AFTER_A_DAY,
)
_NETWORK: Final = (
    Check.JOINS,
    Check.AGREES_KEY,
    Check.COMES_BACK,
    Check.FRAME_COUNTER,
    Check.OUTLIVES_HUB,
    Check.KEEPS_ALIVE,
)
_ON_BATTERY: Final = (Check.SLEEPS, Check.FETCHES, Check.FETCHES_ALL, Check.MIRROR_FRESH)
NETWORK_CHECKS: Final = frozenset((*_NETWORK, *_ON_BATTERY))
"""Checks that need a network between hub and device."""


def nature_cases(kind: DeviceKind, asked: Sequence[Case]) -> Iterator[Case]:
    """The cases of a kind of device that belong to no record.

    Args:
        kind: of device.
        asked: its cases that belong to records.
    """
    works = {each.use_case.code: each for each in asked if each.check is Check.SUCCESS}
    plain = plain_read(asked)
    yield from (_about(plain, check) for check in _checks(kind))
    for codes, checks in _ABOUT:
        case = next((works[code] for code in codes if code in works), None)
        if case is not None:
            yield from (_about(case, check) for check in checks)
    joins = next((works[code] for code in JOIN if code in works), None)
    if joins is not None and READ_LOG in works and kind is not DeviceKind.SAPC:
        yield _about(joins, Check.LOG_AFTER_POWER_LOSS)


def plain_read(asked: Iterable[Case]) -> Case:
    """The first case that only reads: every kind of device has one."""
    return next(each for each in asked if _only_reads(each))


def _only_reads(case: Case) -> bool:
    use_case = case.use_case
    guarded = replay_protected(use_case) or use_case.future_datable
    return not guarded and case.expected.outcome is Outcome.SUCCEEDS


_ABOUT: Final = (
    (SET_CLOCK, (Check.CLOCK_IN_WINDOW, Check.CLOCK_OUTSIDE_WINDOW)),
    (UPDATES, (Check.FOREIGN_CERTIFICATE,)),
    ((SUPPLIER_CERTIFICATES,), (Check.CERTIFICATES_AFTER_POWER_LOSS,)),
    ((ACTIVATE_FIRMWARE,), (Check.OTHER_IMAGE,)),
)
"""Checks that are about a command: the first of these that the kind of device has."""


def _checks(kind: DeviceKind) -> Iterator[Check]:
    yield from _PLAIN
    if kind not in _IN_A_HUB:
        yield from _NETWORK
    if kind in SLEEPY:
        yield from _ON_BATTERY


def _about(case: Case, check: Check) -> Case:
    return replace(case, check=check, expected=_ANSWERED)
