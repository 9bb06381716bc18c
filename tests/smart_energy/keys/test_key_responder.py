"""The responder: whom it refuses, how long it waits, and what it does not answer twice."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from emulator.crypto.cbke import Suite, ephemeral
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant, milliseconds, seconds
from emulator.smart_energy.facts import KeyEstablished, KeyEstablishmentFailed
from emulator.smart_energy.keys.key_messages import initiate, terminate
from emulator.smart_energy.keys.key_responder import Stage
from emulator.smart_energy.primitives import (
    KeyEstablishmentEnded,
    KeyEstablishmentFailure,
    TerminateStatus,
)
from emulator.smart_energy.settings import KeyEstablishmentSettings
from emulator.testing.stack.key_bench import (
    AT_METER,
    HUB,
    HUB_ENDPOINT,
    METER,
    KeyBench,
    command_from,
    credentials,
    last_terminate,
)
from emulator.zcl.clusters.key_establishment import (
    KEY_ESTABLISHMENT,
    InitiateKeyEstablishment,
    KeyCommand,
)
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.primitives import Side, ZclCommandIndication, ZclCommandRequest
from emulator.zigbee.addresses import ClusterId
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin

SUITE_2 = Suite.SECT283K1
BOTH = tuple(Suite)
USUAL = KeyEstablishmentSettings()
CERTIFICATE = credentials(METER).identities[SUITE_2].certificate
STRANGE = credentials(METER, foreign=True).identities[SUITE_2].certificate
INITIATE = initiate(SUITE_2, USUAL, CERTIFICATE)
POINT = ephemeral(SUITE_2, Stream("a meter's ephemeral key")).public


def said(command: int, payload: bytes, **changes: Any) -> ZclCommandIndication:
    return command_from(AT_METER, METER, command, payload, **changes)


def at(stage: Stage, settings: KeyEstablishmentSettings = USUAL) -> KeyBench:
    """A hub with a session in `stage`, whose meter is the test."""
    bench = KeyBench(settings=settings)
    bench.tell_hub(said(KeyCommand.INITIATE, INITIATE))
    if stage is Stage.AWAITING_CONFIRM:
        bench.tell_hub(said(KeyCommand.EPHEMERAL_DATA, POINT))
    bench.at_hub.clear()
    bench.sent.clear()
    return bench


def status(bench: KeyBench) -> int:
    return last_terminate(bench.by_hub).status


def test_answer_goes_to_who_asked_with_the_transaction_number_it_used() -> None:
    bench = KeyBench()

    bench.tell_hub(said(KeyCommand.INITIATE, INITIATE, sequence=77))

    (answer,) = bench.by_hub
    assert (answer.destination, answer.source_endpoint) == (AT_METER, HUB_ENDPOINT)
    assert (answer.sequence, answer.to_side) == (77, Side.CLIENT)
    assert (answer.link_key, answer.disable_default_response) == (False, True)


def test_initiate_response_names_one_suite_and_our_own_times() -> None:
    settings = KeyEstablishmentSettings(ephemeral_generate_time=9, confirm_generate_time=11)
    bench = KeyBench(hub=credentials(HUB, BOTH), settings=settings)

    bench.tell_hub(said(KeyCommand.INITIATE, INITIATE))

    answer = InitiateKeyEstablishment.decode(bench.by_hub[0].payload)
    assert answer.suite == 2
    assert (answer.ephemeral_data_generate_time, answer.confirm_key_generate_time) == (9, 11)
    assert answer.identity == credentials(HUB, BOTH).identities[SUITE_2].certificate


def test_key_is_installed_and_told_when_the_meter_has_confirmed() -> None:
    bench = KeyBench()

    bench.run()

    (installed,) = bench.of(ApsmeSetLinkKeyRequest, bench.at_hub)
    assert (installed.eui64, installed.origin) == (METER, KeyOrigin.CBKE)
    assert bench.of(KeyEstablished, bench.at_hub) == [KeyEstablished(METER, 2, initiator=False)]
    assert bench.of(KeyEstablishmentEnded, bench.at_hub) == [
        KeyEstablishmentEnded(METER, 2, initiator=False, failure=None)
    ]
    assert bench.responder.deadline is None


def test_confirmation_is_answered_before_the_key_is_installed() -> None:
    bench = KeyBench()

    bench.run()

    kinds = [type(effect) for effect in bench.at_hub]
    answered = len(kinds) - 1 - kinds[::-1].index(ZclCommandRequest)
    assert answered < kinds.index(ApsmeSetLinkKeyRequest)


# Refusals


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b"", TerminateStatus.BAD_MESSAGE),
        (INITIATE[:3], TerminateStatus.BAD_MESSAGE),
        # suite, times, certificate: both suites at once, none, an unknown one
        (b"\x03\x00" + INITIATE[2:], TerminateStatus.BAD_MESSAGE),
        (b"\x00\x00" + INITIATE[2:], TerminateStatus.BAD_MESSAGE),
        (b"\xff\xff" + INITIATE[2:], TerminateStatus.BAD_MESSAGE),
        (b"\x01\x00" + INITIATE[2:], TerminateStatus.UNSUPPORTED_SUITE),
        (b"\x00\x80" + INITIATE[2:], TerminateStatus.UNSUPPORTED_SUITE),
        (INITIATE[:-1], TerminateStatus.BAD_MESSAGE),
        (INITIATE + b"\x00", TerminateStatus.BAD_MESSAGE),
        # type 1 instead of implicit
        (INITIATE[:4] + b"\x01" + INITIATE[5:], TerminateStatus.INVALID_CERTIFICATE),
        (
            initiate(SUITE_2, USUAL, credentials(HUB).identities[SUITE_2].certificate),
            TerminateStatus.INVALID_CERTIFICATE,
        ),
        (initiate(SUITE_2, USUAL, STRANGE), TerminateStatus.UNKNOWN_ISSUER),
    ],
    ids=[
        "empty",
        "cut",
        "two suites",
        "no suite",
        "all suites",
        "suite 1",
        "suite 0x8000",
        "short",
        "long",
        "type",
        "subject",
        "issuer",
    ],
)
def test_initiate_request_that_will_not_do_is_refused_with_its_status(
    payload: bytes, expected: TerminateStatus
) -> None:
    bench = KeyBench()

    bench.tell_hub(said(KeyCommand.INITIATE, payload))

    assert status(bench) == expected
    assert last_terminate(bench.by_hub).suite == 2
    assert last_terminate(bench.by_hub).wait_time == 0
    (failed,) = bench.of(KeyEstablishmentFailed, bench.at_hub)
    told = KeyEstablishmentFailed(METER, expected.name, initiator=False)
    assert replace(failed, detail="") == told
    assert bench.responder.deadline is None


def test_sender_whose_eui64_nobody_knows_is_refused() -> None:
    bench = KeyBench()

    bench.tell_hub(command_from(AT_METER, None, KeyCommand.INITIATE, INITIATE))

    assert status(bench) == TerminateStatus.BAD_MESSAGE
    assert bench.responder.deadline is None


@pytest.mark.parametrize(
    "changes",
    [
        {"cluster": METERING.id},
        {"cluster": ClusterId(KEY_ESTABLISHMENT.id + 1)},
        {"to_side": Side.CLIENT},
    ],
    ids=["a cluster below", "a cluster above", "side"],
)
def test_command_for_another_cluster_or_side_is_not_ours(changes: dict[str, Any]) -> None:
    bench = KeyBench()

    bench.tell_hub(said(KeyCommand.INITIATE, INITIATE, **changes))

    assert bench.at_hub == []


def test_partner_too_many_gets_no_resources_and_a_time_to_wait() -> None:
    settings = KeyEstablishmentSettings(sessions=1, confirm_generate_time=6)
    bench = at(Stage.AWAITING_EPHEMERAL, settings)
    other = Eui64(METER + 1)

    payload = initiate(SUITE_2, USUAL, credentials(other).identities[SUITE_2].certificate)
    bench.tell_hub(command_from(AT_METER, other, KeyCommand.INITIATE, payload))

    assert status(bench) == TerminateStatus.NO_RESOURCES
    assert last_terminate(bench.by_hub).wait_time == 6


def test_partner_that_begins_anew_takes_no_second_session() -> None:
    bench = at(Stage.AWAITING_CONFIRM, KeyEstablishmentSettings(sessions=1))

    bench.tell_hub(said(KeyCommand.INITIATE, INITIATE))

    assert [each.command for each in bench.by_hub] == [KeyCommand.INITIATE]


@pytest.mark.parametrize("point", [b"", b"\x02", bytes(37), b"\x02" + b"\xff" * 36])
def test_ephemeral_key_that_is_no_point_is_a_bad_message(point: bytes) -> None:
    bench = at(Stage.AWAITING_EPHEMERAL)

    bench.tell_hub(said(KeyCommand.EPHEMERAL_DATA, point))

    assert status(bench) == TerminateStatus.BAD_MESSAGE
    assert bench.responder.deadline is None


@pytest.mark.parametrize("mac", [b"", bytes(15), bytes(16), b"\xff" * 16])
def test_wrong_confirmation_is_a_bad_key_confirm(mac: bytes) -> None:
    bench = at(Stage.AWAITING_CONFIRM)

    bench.tell_hub(said(KeyCommand.CONFIRM_KEY, mac))

    assert status(bench) == TerminateStatus.BAD_KEY_CONFIRM
    assert bench.keys == ([], [])
    failure = TerminateStatus.BAD_KEY_CONFIRM
    assert last_terminate(bench.by_hub).wait_time == 0
    assert bench.at_hub[-2:] == [
        KeyEstablishmentFailed(METER, failure.name, initiator=False),
        KeyEstablishmentEnded(METER, SUITE_2, initiator=False, failure=failure),
    ]


# The table of stages

ACCEPTED = {
    (Stage.AWAITING_EPHEMERAL, KeyCommand.INITIATE),
    (Stage.AWAITING_EPHEMERAL, KeyCommand.EPHEMERAL_DATA),
    (Stage.AWAITING_CONFIRM, KeyCommand.INITIATE),
}
ENDED_QUIETLY = {(stage, KeyCommand.TERMINATE) for stage in Stage}


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("command", [*KeyCommand, 0x04, 0xFF])
def test_stage_goes_on_ends_or_aborts_with_a_bad_message(stage: Stage, command: int) -> None:
    payloads: dict[int, bytes] = {KeyCommand.INITIATE: INITIATE, KeyCommand.EPHEMERAL_DATA: POINT}
    bench = at(stage)

    bench.tell_hub(said(command, payloads.get(command, b"")))

    answers = [each.command for each in bench.by_hub]
    if (stage, command) in ACCEPTED:
        assert answers == [command]
    elif (stage, command) in ENDED_QUIETLY:
        assert answers == []
    else:
        assert answers == [KeyCommand.TERMINATE]
    assert (bench.responder.deadline is not None) is ((stage, command) in ACCEPTED)


@pytest.mark.parametrize("reason", list(TerminateStatus))
def test_terminate_of_the_meter_ends_its_session_with_its_status(reason: TerminateStatus) -> None:
    bench = at(Stage.AWAITING_CONFIRM)

    bench.tell_hub(said(KeyCommand.TERMINATE, terminate(reason, 0, 2)))

    (over,) = bench.of(KeyEstablishmentEnded, bench.at_hub)
    assert over.failure is reason


@pytest.mark.parametrize("command", [KeyCommand.EPHEMERAL_DATA, KeyCommand.CONFIRM_KEY, 0x40])
def test_command_outside_a_session_is_a_bad_message(command: int) -> None:
    bench = KeyBench()

    bench.tell_hub(said(command, bytes(16)))

    assert status(bench) == TerminateStatus.BAD_MESSAGE


def test_terminate_outside_a_session_is_not_answered() -> None:
    bench = KeyBench()

    bench.tell_hub(said(KeyCommand.TERMINATE, terminate(TerminateStatus.BAD_MESSAGE, 0, 2)))

    assert bench.at_hub == []


def confirmed_with(aps_counter: int) -> KeyBench:
    """A hub that has agreed a key with the meter, whose Confirm Key had that APS counter."""
    bench = KeyBench()
    bench.counters = count(aps_counter - 4)
    bench.run()
    bench.sent.clear()
    return bench


def test_repeated_confirm_key_with_the_same_aps_counter_is_dropped_without_an_answer() -> None:
    bench = confirmed_with(200)

    bench.tell_hub(said(KeyCommand.CONFIRM_KEY, bytes(16), aps_counter=200))

    assert bench.sent == []


def test_confirm_key_with_another_aps_counter_is_a_bad_message() -> None:
    bench = confirmed_with(200)

    bench.tell_hub(said(KeyCommand.CONFIRM_KEY, bytes(16), aps_counter=201))

    assert status(bench) == TerminateStatus.BAD_MESSAGE


# The clock


@pytest.mark.parametrize(
    ("stage", "limit"), [(Stage.AWAITING_EPHEMERAL, 20 + 2), (Stage.AWAITING_CONFIRM, 30 + 2)]
)
def test_meter_may_take_the_time_it_advertised_and_the_allowance(stage: Stage, limit: int) -> None:
    slow = KeyEstablishmentSettings(ephemeral_generate_time=20, confirm_generate_time=30)
    bench = KeyBench()
    bench.tell_hub(said(KeyCommand.INITIATE, initiate(SUITE_2, slow, CERTIFICATE)))
    if stage is Stage.AWAITING_CONFIRM:
        bench.wait(seconds(1))
        bench.tell_hub(said(KeyCommand.EPHEMERAL_DATA, POINT))

    bench.wait(milliseconds(limit * 1000 - 1))
    assert bench.responder.deadline == bench.now + 1000
    bench.wait(milliseconds(1))

    (over,) = bench.of(KeyEstablishmentEnded, bench.at_hub)
    assert over.failure is KeyEstablishmentFailure.NO_ANSWER
    assert bench.responder.deadline is None


def test_session_that_ran_out_says_nothing_on_the_air() -> None:
    bench = at(Stage.AWAITING_EPHEMERAL)

    bench.wait(seconds(5))

    assert bench.sent == []


def test_sessions_of_two_partners_run_out_each_at_its_time() -> None:
    bench = at(Stage.AWAITING_EPHEMERAL)
    other = Eui64(METER + 1)
    payload = initiate(SUITE_2, USUAL, credentials(other).identities[SUITE_2].certificate)
    bench.wait(seconds(1))
    bench.tell_hub(command_from(AT_METER, other, KeyCommand.INITIATE, payload))

    bench.wait(seconds(4))

    (over,) = bench.of(KeyEstablishmentEnded, bench.at_hub)
    assert over.partner == METER
    assert bench.responder.deadline == Instant(6_000_000)
