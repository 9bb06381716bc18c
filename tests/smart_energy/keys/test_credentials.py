"""A device's identities, and what it thinks of those of others."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.cbke import Suite
from emulator.crypto.certificate_authority import CertificateAuthority
from emulator.crypto.certificates import FOREVER
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import START, Calendar, Duration, later, seconds
from emulator.smart_energy.primitives import TerminateStatus
from emulator.testing.stack.key_bench import HUB, METER, credentials

BOTH = tuple(Suite)


@pytest.mark.parametrize(
    ("suites", "bits"), [((Suite.SECT163K1,), 1), ((Suite.SECT283K1,), 2), (BOTH, 3), ((), 0)]
)
def test_attribute_has_a_bit_for_each_suite(suites: tuple[Suite, ...], bits: int) -> None:
    assert credentials(METER, suites).suites == bits


@pytest.mark.parametrize(
    ("offered", "best"), [(0, None), (1, 1), (2, 2), (3, 2), (0xFFFC, None), (0xFFFF, 2), (-1, 2)]
)
def test_best_common_suite_is_the_highest(offered: int, best: int | None) -> None:
    assert credentials(METER, BOTH).best_common(offered) == best


@pytest.mark.parametrize("suite", BOTH)
def test_certificate_of_our_issuer_for_its_sender_is_accepted(suite: Suite) -> None:
    theirs = credentials(METER, BOTH).identities[suite].certificate

    assert credentials(HUB, BOTH).check(suite, theirs, METER) is None


@pytest.mark.parametrize("suite", BOTH)
def test_certificate_of_another_issuer_is_told_apart_from_one_for_another_subject(
    suite: Suite,
) -> None:
    ours = credentials(HUB, BOTH)
    foreign = credentials(METER, BOTH, foreign=True).identities[suite].certificate
    another = credentials(HUB, BOTH).identities[suite].certificate

    assert ours.check(suite, foreign, METER) is TerminateStatus.UNKNOWN_ISSUER
    assert ours.check(suite, another, METER) is TerminateStatus.INVALID_CERTIFICATE


@pytest.mark.parametrize("foreign", [False, True])
@pytest.mark.parametrize("suite", BOTH)
def test_neither_side_of_two_issuers_accepts_the_other(suite: Suite, foreign: bool) -> None:
    ours = credentials(HUB, BOTH, foreign=foreign)
    theirs = credentials(METER, BOTH, foreign=not foreign).identities[suite].certificate

    assert ours.check(suite, theirs, METER) is TerminateStatus.UNKNOWN_ISSUER
    assert ours.blame(suite, theirs, METER, START).startswith("issuer ")


@pytest.mark.parametrize("sender", [Eui64(METER - 1), Eui64(METER + 1)])
@pytest.mark.parametrize("suite", BOTH)
def test_nobody_above_or_below_sends_the_certificate_of_a_device(
    suite: Suite, sender: Eui64
) -> None:
    ours = credentials(HUB, BOTH)
    theirs = credentials(METER, BOTH).identities[suite].certificate

    assert ours.check(suite, theirs, sender) is TerminateStatus.INVALID_CERTIFICATE
    assert ours.blame(suite, theirs, sender, START).startswith("it is of ")


@pytest.mark.parametrize(
    ("start", "for_ever", "told"),
    [
        (datetime(2019, 12, 31, 23, 59, 59, tzinfo=UTC), True, "not valid before 2020-01-01 00:00"),
        (datetime(2020, 1, 1, tzinfo=UTC), True, ""),
        (datetime(2500, 1, 1, tzinfo=UTC), True, ""),
        (datetime(2020, 1, 1, 23, 59, 59, tzinfo=UTC), False, ""),
        (datetime(2020, 1, 2, tzinfo=UTC), False, "expired 2020-01-02 00:00"),
    ],
)
def test_dates_of_a_certificate_are_held_against_the_calendar(
    start: datetime, for_ever: bool, told: str
) -> None:
    suite = Suite.SECT283K1
    lasting = FOREVER if for_ever else 86_400
    authority = replace(CertificateAuthority.test(suite), valid_for=lasting)
    theirs = authority.issue(METER, Stream("dated")).certificate
    ours = replace(credentials(HUB, BOTH), calendar=Calendar(start))

    assert ours.check(suite, theirs, METER) is (
        TerminateStatus.INVALID_CERTIFICATE if told else None
    )
    assert ours.blame(suite, theirs, METER, START).startswith(told)
    assert credentials(HUB, BOTH).check(suite, theirs, METER) is None


def test_certificate_runs_out_while_time_passes() -> None:
    suite = Suite.SECT283K1
    authority = replace(CertificateAuthority.test(suite), valid_for=86_400)
    theirs = authority.issue(METER, Stream("dated")).certificate
    ours = replace(credentials(HUB, BOTH), calendar=Calendar(datetime(2020, 1, 1, 23, tzinfo=UTC)))
    hour = Duration(3_600 * seconds(1))

    assert ours.check(suite, theirs, METER, later(START, seconds(3_599))) is None
    assert ours.check(suite, theirs, METER, later(START, hour)) is not None


def test_date_beyond_every_calendar_is_told_in_seconds() -> None:
    suite = Suite.SECT283K1
    authority = replace(CertificateAuthority.test(suite), valid_from=2**40 - 1)
    theirs = authority.issue(METER, Stream("dated")).certificate
    ours = replace(credentials(HUB, BOTH), calendar=Calendar())

    told = ours.blame(suite, theirs, METER, START)
    assert told == f"not valid before second {2**40 - 1} since 1970"


@pytest.mark.parametrize("suite", BOTH)
def test_what_is_wrong_with_a_certificate_is_told_in_words(suite: Suite) -> None:
    ours = credentials(HUB, BOTH)
    foreign = credentials(METER, BOTH, foreign=True).identities[suite].certificate
    another = credentials(HUB, BOTH).identities[suite].certificate

    assert "ours is" in ours.blame(suite, foreign, METER, START)
    assert "its sender is" in ours.blame(suite, another, METER, START)
    assert ours.blame(suite, b"", METER, START)


@given(st.sampled_from(BOTH), st.binary(max_size=80))
def test_any_octets_are_judged(suite: Suite, certificate: bytes) -> None:
    why = credentials(HUB, BOTH).check(suite, certificate, METER)

    assert isinstance(why, TerminateStatus)
    if len(certificate) != suite.certificate_length:
        assert why is TerminateStatus.BAD_MESSAGE
