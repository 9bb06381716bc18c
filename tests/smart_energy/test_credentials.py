"""A device's identities, and what it thinks of those of others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.cbke import Suite
from emulator.smart_energy.primitives import TerminateStatus
from emulator.testing.key_bench import HUB, METER, credentials

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


@given(st.sampled_from(BOTH), st.binary(max_size=80))
def test_any_octets_are_judged(suite: Suite, certificate: bytes) -> None:
    why = credentials(HUB, BOTH).check(suite, certificate, METER)

    assert isinstance(why, TerminateStatus)
    if len(certificate) != suite.certificate_length:
        assert why is TerminateStatus.BAD_MESSAGE
