"""The initiator: everything a partner can answer, and everything it can leave unanswered."""

from dataclasses import replace

import pytest

from emulator.crypto.cbke import Suite
from emulator.kernel.units import Instant, milliseconds, seconds
from emulator.smart_energy.facts import KeyEstablished
from emulator.smart_energy.keys.key_establishment import KeyEstablishmentInitiator, Phase
from emulator.smart_energy.keys.key_messages import initiate
from emulator.smart_energy.primitives import (
    KeyEstablishmentEnded,
    KeyEstablishmentFailure,
    StartKeyEstablishment,
)
from emulator.smart_energy.settings import KeyEstablishmentSettings
from emulator.testing.stack.key_bench import (
    AT_HUB,
    HUB,
    METER,
    KeyBench,
    command_from,
    credentials,
    silent_from,
)
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT, KeyCommand
from emulator.zcl.primitives import (
    AttributeResult,
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    Side,
    ZclCommandConfirm,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import COORDINATOR, SMART_ENERGY_PROFILE
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, ApsStatus, KeyOrigin
from emulator.zigbee.zdo.discovery_frames import MatchDescReq, MatchDescRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

START_NOW = StartKeyEstablishment(HUB, COORDINATOR)
BOTH = tuple(Suite)


def ended(bench: KeyBench) -> list[KeyEstablishmentEnded]:
    return bench.of(KeyEstablishmentEnded, bench.at_meter)


def up_to(phase: Phase) -> KeyBench:
    """A bench whose meter waits in `phase` for a hub that fell silent."""
    command = {Phase.INITIATING: 0x00, Phase.EXCHANGING: 0x01, Phase.CONFIRMING: 0x02}[phase]
    bench = KeyBench(bend=silent_from(KeyCommand(command)))
    bench.run()
    assert bench.initiator.phase is phase
    return bench


@pytest.mark.parametrize(
    ("meter", "hub", "agreed"),
    [
        ((Suite.SECT163K1,), (Suite.SECT163K1,), 1),
        ((Suite.SECT283K1,), (Suite.SECT283K1,), 2),
        (BOTH, BOTH, 2),
        ((Suite.SECT163K1,), BOTH, 1),
        (BOTH, (Suite.SECT163K1,), 1),
    ],
)
def test_parties_agree_under_the_best_suite_they_share(
    meter: tuple[Suite, ...], hub: tuple[Suite, ...], agreed: int
) -> None:
    bench = KeyBench(meter=credentials(METER, meter), hub=credentials(HUB, hub))

    bench.run()

    at_meter, at_hub = bench.keys
    assert at_meter == at_hub
    assert ended(bench) == [KeyEstablishmentEnded(HUB, agreed, initiator=True, failure=None)]
    assert bench.of(KeyEstablished, bench.at_meter) == [KeyEstablished(HUB, agreed, initiator=True)]
    assert bench.initiator.phase is Phase.IDLE
    assert bench.initiator.deadline is None


def test_agreed_key_is_installed_as_one_from_cbke() -> None:
    bench = KeyBench()

    bench.run()

    (installed,) = bench.of(ApsmeSetLinkKeyRequest, bench.at_meter)
    assert (installed.eui64, installed.origin) == (HUB, KeyOrigin.CBKE)


def test_frames_carry_the_network_key_only_and_want_no_default_response() -> None:
    bench = KeyBench()

    bench.run()

    assert [each.command for each in bench.sent] == [0, 0, 1, 1, 2, 2]
    assert {each.link_key for each in bench.sent} == {False}
    assert {each.disable_default_response for each in bench.sent} == {True}
    assert all(each.ack for each in bench.sent)


def test_endpoint_is_discovered_and_suites_are_read_before_anything_is_sent() -> None:
    bench = KeyBench()

    bench.run()

    (asked,) = bench.of(ZdpRequest, bench.at_meter)
    (read,) = bench.of(ReadAttributesRequest, bench.at_meter)
    assert asked.command == MatchDescReq(
        COORDINATOR, SMART_ENERGY_PROFILE, (KEY_ESTABLISHMENT.id,), ()
    )
    assert (read.destination, read.cluster, read.attributes) == (AT_HUB, 0x0800, (0x0000,))


def test_two_exchanges_of_the_same_parties_agree_on_different_keys() -> None:
    bench = KeyBench()

    bench.run()
    bench.run()

    first, second = bench.keys[0]
    assert first != second


def test_second_start_during_an_exchange_changes_nothing() -> None:
    bench = up_to(Phase.INITIATING)

    assert bench.initiator.handle(START_NOW, bench.now) == ()
    assert bench.initiator.phase is Phase.INITIATING


@pytest.mark.parametrize(
    "answer",
    [
        MatchDescRsp(ZdpStatus.SUCCESS, COORDINATOR, ()),
        MatchDescRsp(ZdpStatus.NO_MATCH, COORDINATOR, ()),
        None,
    ],
)
def test_partner_without_the_cluster_ends_it(answer: MatchDescRsp | None) -> None:
    bench = KeyBench()
    (request,) = bench.initiator.handle(START_NOW, bench.now)

    bench.tell_meter(ZdpConfirm(request.handle, ZdpStatus.TIMEOUT, answer))

    assert ended(bench)[0].failure is KeyEstablishmentFailure.NO_ENDPOINT
    assert bench.initiator.phase is Phase.IDLE


@pytest.mark.parametrize(
    ("results", "failure"),
    [
        ((), KeyEstablishmentFailure.NO_ANSWER),
        (
            (AttributeResult(0, ZclStatus.UNSUPPORTED_ATTRIBUTE),),
            KeyEstablishmentFailure.NO_ANSWER,
        ),
        ((AttributeResult(0, ZclStatus.SUCCESS, "2"),), KeyEstablishmentFailure.NO_ANSWER),
        ((AttributeResult(0, ZclStatus.SUCCESS, 0),), KeyEstablishmentFailure.NO_COMMON_SUITE),
        ((AttributeResult(0, ZclStatus.SUCCESS, 1),), KeyEstablishmentFailure.NO_COMMON_SUITE),
        (
            (AttributeResult(0, ZclStatus.SUCCESS, 0xFFFC),),
            KeyEstablishmentFailure.NO_COMMON_SUITE,
        ),
    ],
)
def test_suites_that_cannot_be_used_end_it(
    results: tuple[AttributeResult, ...], failure: KeyEstablishmentFailure
) -> None:
    bench = KeyBench()
    (request,) = bench.initiator.handle(START_NOW, bench.now)
    (read,) = bench.initiator.handle(bench.found(request.handle), bench.now)

    bench.tell_meter(ReadAttributesConfirm(read.handle, Outcome.ANSWERED, results))

    assert ended(bench) == [KeyEstablishmentEnded(HUB, None, initiator=True, failure=failure)]


# The clock

HUB_TELLS = KeyEstablishmentSettings(ephemeral_generate_time=20, confirm_generate_time=30)


@pytest.mark.parametrize(
    ("phase", "limit"),
    [(Phase.INITIATING, 3 + 2), (Phase.EXCHANGING, 20 + 2), (Phase.CONFIRMING, 30 + 2)],
)
def test_partner_may_take_the_time_it_advertised_and_the_allowance(
    phase: Phase, limit: int
) -> None:
    slow = initiate(
        Suite.SECT283K1, HUB_TELLS, credentials(HUB).identities[Suite.SECT283K1].certificate
    )
    first_lost = KeyCommand(list(Phase).index(phase) - list(Phase).index(Phase.INITIATING))

    def bend(request: ZclCommandRequest) -> tuple[ZclCommandRequest, ...]:
        if request.to_side is Side.CLIENT and request.command == KeyCommand.INITIATE:
            request = replace(request, payload=slow)
        return (
            () if request.to_side is Side.CLIENT and request.command >= first_lost else (request,)
        )

    bench = KeyBench(bend=bend)
    bench.run()

    bench.wait(milliseconds(limit * 1000 - 1))
    assert bench.initiator.phase is phase
    bench.wait(milliseconds(1))

    assert ended(bench)[-1].failure is KeyEstablishmentFailure.NO_ANSWER
    assert (bench.initiator.phase, bench.initiator.deadline) == (Phase.IDLE, None)


@pytest.mark.parametrize("answered", [0, 1])
def test_discovery_has_a_limit_of_its_own(answered: int) -> None:
    bench = KeyBench()
    (request,) = bench.initiator.handle(START_NOW, Instant(0))
    if answered:
        bench.initiator.handle(bench.found(request.handle), Instant(0))

    assert bench.initiator.deadline == Instant(10_000_000)
    bench.wait(seconds(10))

    assert ended(bench)[0].failure is KeyEstablishmentFailure.NO_ANSWER


def test_waking_it_without_an_exchange_changes_nothing() -> None:
    assert KeyBench().initiator.wake(Instant(0)) == ()


def test_command_that_is_not_delivered_ends_it() -> None:
    bench = KeyBench(bend=lambda _request: ())
    (request,) = bench.initiator.handle(START_NOW, bench.now)
    (read,) = bench.initiator.handle(bench.found(request.handle), bench.now)
    (sent,) = bench.initiator.handle(bench.suites(read.handle), bench.now)

    bench.tell_meter(ZclCommandConfirm(sent.handle, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK))

    assert ended(bench)[0].failure is KeyEstablishmentFailure.NO_ANSWER


def in_phase(phase: Phase) -> tuple[KeyBench, int]:
    """A bench whose meter waits in `phase`, and the handle of what it waits for."""
    bench = KeyBench(bend=lambda _request: ())
    if phase is Phase.IDLE:
        return bench, 0
    if phase in ANSWERED_SO_FAR:
        bench = up_to(phase)
        return bench, bench.by_meter[-1].handle
    (found,) = bench.initiator.handle(START_NOW, bench.now)
    if phase is Phase.FINDING:
        return bench, found.handle
    (read,) = bench.initiator.handle(bench.found(found.handle), bench.now)
    return bench, read.handle


ANSWERED_SO_FAR = (Phase.INITIATING, Phase.EXCHANGING, Phase.CONFIRMING)
ACTS = {
    (Phase.IDLE, StartKeyEstablishment),
    (Phase.FINDING, ZdpConfirm),
    (Phase.READING, ReadAttributesConfirm),
    *((phase, ZclCommandIndication) for phase in ANSWERED_SO_FAR),
    *((phase, ZclCommandConfirm) for phase in ANSWERED_SO_FAR),
}
"""The events that a phase acts on; it ignores every other, which belongs to what is over."""


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("kind", KeyEstablishmentInitiator.accepts)
def test_phase_acts_on_its_own_events_and_ignores_the_others(phase: Phase, kind: type) -> None:
    bench, handle = in_phase(phase)
    events = {
        StartKeyEstablishment: START_NOW,
        ZdpConfirm: ZdpConfirm(handle, ZdpStatus.TIMEOUT),
        ReadAttributesConfirm: ReadAttributesConfirm(handle, Outcome.TIMED_OUT),
        ZclCommandIndication: command_from(AT_HUB, HUB, KeyCommand.TERMINATE, b""),
        ZclCommandConfirm: ZclCommandConfirm(handle, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK),
    }

    effects = bench.initiator.handle(events[kind], bench.now)

    acted = (phase, kind) in ACTS
    assert bool(effects) is acted
    assert (bench.initiator.phase is phase) is not acted
