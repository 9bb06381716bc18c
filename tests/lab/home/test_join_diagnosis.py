"""Each way not to get in, on a hub and a meter that are emulated, is told by what it is."""

import pytest

from emulator.crypto.cbke import Suite
from emulator.crypto.install_code import InstallCode
from emulator.kernel.identity import Eui64
from emulator.kernel.trace import Trace
from emulator.kernel.units import Instant, minutes
from emulator.lab.home.join_diagnosis import KEY_ESTABLISHMENT, diagnosis
from emulator.lab.installing.commissioning import (
    finish_joining,
    form_network,
    open_and_start,
    register,
)
from emulator.lab.lab import Lab
from emulator.lab.steps.unmet import StepFailed
from emulator.smart_energy.facts import KeyEstablished, KeyEstablishmentFailed
from emulator.smart_energy.primitives import KeyEstablishmentFailure, TerminateStatus
from emulator.testing.scenes.captured_homes import small_home

METER = Eui64(0x00DB1234567890A0)
HUB = Eui64(0x00DB1234567890A2)
OTHER_CODE = InstallCode.from_octets(bytes(range(16)))


def refusal(lab: Lab, *, registered: bool = True, on: bool = True, at_once: bool = True) -> str:
    home = lab.home()
    form_network(lab, home)
    if registered:
        register(lab, home, *home.joiners)
    if on:
        open_and_start(lab, home, home.joiners[0])
    with pytest.raises(StepFailed) as failed:
        finish_joining(lab, home, home.joiners[0], within="2 min")
    step = failed.value.step
    assert (step.end - step.start < minutes(1)) is at_once
    assert step.detail.startswith("given up: " if at_once else "not within 2 min")
    return step.detail


def test_foreign_issuer_is_told() -> None:
    lab = small_home()
    lab.differ("ESME", foreign_certificate=True)

    assert "foreign issuer" in refusal(lab)


def test_wrong_install_code_is_told() -> None:
    lab = small_home()
    lab.differ("ESME", install_code=OTHER_CODE)

    assert "wrong install code" in refusal(lab)


def test_unregistered_device_is_told() -> None:
    assert "register its install code" in refusal(small_home(), registered=False)


def test_device_that_never_asked_is_told() -> None:
    assert "never asked to join" in refusal(small_home(), on=False, at_once=False)


def test_certificate_that_is_expired_is_told_with_its_date() -> None:
    lab = small_home()
    lab.differ("ESME", expired_certificate=True)

    assert "INVALID_CERTIFICATE (expired 2021-01-01 00:00 UTC)" in refusal(lab)


def test_wrong_suite_is_told() -> None:
    lab = small_home()
    lab.differ("ESME", suites=(Suite.SECT163K1,))

    assert "wrong suite" in refusal(lab)


@pytest.mark.parametrize("reason", sorted(KEY_ESTABLISHMENT))
def test_every_end_of_a_key_establishment_says_what_to_do(reason: str) -> None:
    trace = Trace()
    trace.add(Instant(1), "CHF", KeyEstablishmentFailed(METER, reason, initiator=False))

    told = diagnosis(trace, "real meter", METER)

    assert told.startswith(f"key establishment ended with {reason}: ")


def test_every_end_that_there_is_has_words() -> None:
    ends = {each.name for each in (*TerminateStatus, *KeyEstablishmentFailure)}

    assert ends <= set(KEY_ESTABLISHMENT)


def test_failure_that_a_later_key_mended_is_not_told() -> None:
    trace = Trace()
    trace.add(Instant(1), "CHF", KeyEstablishmentFailed(METER, "NO_ANSWER", initiator=False))
    trace.add(Instant(2), "CHF", KeyEstablished(METER, 2, initiator=False))

    assert "key establishment" not in diagnosis(trace, "ESME", METER)


def test_trouble_of_another_device_is_not_this_ones() -> None:
    trace = Trace()
    trace.add(Instant(1), "CHF", KeyEstablishmentFailed(HUB, "NO_ANSWER", initiator=False))

    assert "never asked" in diagnosis(trace, "ESME", METER)
