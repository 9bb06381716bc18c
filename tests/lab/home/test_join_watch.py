"""When it is certain that a device never gets in."""

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.trace import Fact, Record
from emulator.kernel.units import START
from emulator.lab.home.join_watch import LASTING, SENT_IN_VAIN, JoinWatch
from emulator.smart_energy.facts import (
    JoinRefused,
    KeyEstablished,
    KeyEstablishmentFailed,
    NetworkKeyReceived,
    NetworkKeySent,
)
from emulator.smart_energy.network.trust_centre import UNREGISTERED
from emulator.smart_energy.primitives import KeyEstablishmentFailure, TerminateStatus
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.facts import FrameDropped

METER = Eui64(0x00DB1234567890A0)
OTHER = Eui64(0x00DB1234567890A1)
HUB = Eui64(0x00DB1234567890A2)
SENT = ("CHF", NetworkKeySent(METER, "PRECONFIGURED"))


def hopeless(*facts: tuple[str, Fact]) -> bool:
    watch = JoinWatch("ESME", METER)
    for node, fact in facts:
        watch.note(Record(START, node, fact))
    return watch.hopeless


def failed(reason: str) -> tuple[str, Fact]:
    return "CHF", KeyEstablishmentFailed(METER, reason, initiator=False)


@pytest.mark.parametrize("reason", sorted(LASTING))
def test_what_every_later_attempt_will_end_with_is_lasting(reason: str) -> None:
    assert hopeless(failed(reason))
    assert hopeless(("ESME", KeyEstablishmentFailed(HUB, reason, initiator=True)))


def test_silence_and_a_busy_hub_may_mend_themselves() -> None:
    for reason in (
        KeyEstablishmentFailure.NO_ANSWER,
        KeyEstablishmentFailure.NO_ENDPOINT,
        TerminateStatus.NO_RESOURCES,
    ):
        assert not hopeless(failed(reason.name))


def test_key_that_was_agreed_after_all_gives_hope() -> None:
    agreed = ("CHF", KeyEstablished(METER, 2, initiator=False))

    assert not hopeless(failed("BAD_KEY_CONFIRM"), agreed)


def test_device_that_nobody_registered_never_gets_in() -> None:
    assert hopeless(("CHF", JoinRefused(METER, UNREGISTERED, "R22 4.6.3.2.2.2")))
    assert not hopeless(("CHF", JoinRefused(OTHER, UNREGISTERED, "R22 4.6.3.2.2.2")))


def test_refusal_by_a_neighbour_is_no_end() -> None:
    watch = JoinWatch("ESME", METER, "CHF")

    watch.note(Record(START, "flat 2 CHF", JoinRefused(METER, UNREGISTERED, "R22 4.6.3.2.2.2")))
    for _ in range(SENT_IN_VAIN):
        watch.note(Record(START, "flat 2 CHF", NetworkKeySent(METER, "PRECONFIGURED")))
    assert not watch.hopeless

    watch.note(Record(START, "CHF", JoinRefused(METER, UNREGISTERED, "R22 4.6.3.2.2.2")))
    assert watch.hopeless


def test_key_that_arrives_late_gives_hope() -> None:
    received = ("ESME", NetworkKeyReceived(HUB, 0))

    assert hopeless(*[SENT] * SENT_IN_VAIN)
    assert not hopeless(*[SENT] * SENT_IN_VAIN, received)
    assert not hopeless(SENT, received, *[SENT] * SENT_IN_VAIN)


def test_key_that_does_not_open_at_the_device_is_of_another_code() -> None:
    dropped = ("ESME", FrameDropped("aps", "MIC", NwkAddress(0)))

    assert hopeless(SENT, dropped)
    assert not hopeless(dropped)
    assert not hopeless(SENT, ("ESME", NetworkKeyReceived(HUB, 0)), dropped)


def test_key_that_is_sent_again_and_again_is_not_opened() -> None:
    assert not hopeless(*[SENT] * (SENT_IN_VAIN - 1))
    assert hopeless(*[SENT] * SENT_IN_VAIN)


def test_trouble_of_another_device_is_not_this_ones() -> None:
    other = ("CHF", KeyEstablishmentFailed(OTHER, "UNKNOWN_ISSUER", initiator=False))

    assert not hopeless(other)
