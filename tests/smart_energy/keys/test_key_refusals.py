"""The initiator refuses what will not do, and takes every Terminate for what it says."""

from dataclasses import replace
from typing import Any

import pytest

from emulator.crypto.cbke import Suite, ephemeral
from emulator.kernel.streams import Stream
from emulator.smart_energy.facts import KeyEstablishmentFailed
from emulator.smart_energy.keys.key_establishment import Phase
from emulator.smart_energy.keys.key_messages import initiate, terminate
from emulator.smart_energy.primitives import (
    KeyEstablishmentEnded,
    StartKeyEstablishment,
    TerminateStatus,
)
from emulator.smart_energy.settings import KeyEstablishmentSettings
from emulator.testing.stack.key_bench import (
    AT_HUB,
    HUB,
    METER,
    KeyBench,
    changed,
    command_from,
    credentials,
    last_terminate,
    silent_from,
)
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT, KeyCommand
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.primitives import (
    Outcome,
    Side,
    ZclAddress,
    ZclCommandConfirm,
)
from emulator.zigbee.addresses import COORDINATOR, ClusterId, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsStatus
from emulator.zigbee.zdo.discovery_frames import MatchDescRsp
from emulator.zigbee.zdo.frames import ZdpStatus
from emulator.zigbee.zdo.primitives import ZdpConfirm

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


# What the partner says

WRONG = TerminateStatus.INVALID_CERTIFICATE
SUITE_2 = Suite.SECT283K1
CERTIFICATE = credentials(HUB).identities[SUITE_2].certificate
STRANGE = credentials(HUB, foreign=True).identities[SUITE_2].certificate
USUAL = KeyEstablishmentSettings()


@pytest.mark.parametrize(
    ("payload", "status"),
    [
        (b"", TerminateStatus.BAD_MESSAGE),
        (b"\x02\x00\x03", TerminateStatus.BAD_MESSAGE),
        (initiate(Suite.SECT163K1, USUAL, CERTIFICATE), TerminateStatus.BAD_MESSAGE),
        (initiate(SUITE_2, USUAL, CERTIFICATE[:-1]), TerminateStatus.BAD_MESSAGE),
        (initiate(SUITE_2, USUAL, CERTIFICATE + b"\x00"), TerminateStatus.BAD_MESSAGE),
        # type 1 instead of implicit
        (initiate(SUITE_2, USUAL, b"\x01" + CERTIFICATE[1:]), WRONG),
        (
            initiate(SUITE_2, USUAL, credentials(METER).identities[SUITE_2].certificate),
            WRONG,
        ),
        (
            initiate(
                SUITE_2, USUAL, credentials(HUB, foreign=True).identities[SUITE_2].certificate
            ),
            TerminateStatus.UNKNOWN_ISSUER,
        ),
    ],
    ids=["empty", "cut", "suite", "short", "long", "type", "subject", "issuer"],
)
def test_initiate_response_that_will_not_do_is_refused_with_its_status(
    payload: bytes, status: TerminateStatus
) -> None:
    bench = KeyBench(bend=changed(KeyCommand.INITIATE, payload))

    bench.run()

    assert last_terminate(bench.by_meter).status == status
    assert last_terminate(bench.by_meter).suite == 2
    assert last_terminate(bench.by_meter).wait_time == 0
    assert ended(bench) == [KeyEstablishmentEnded(HUB, 2, initiator=True, failure=status)]
    (failed,) = bench.of(KeyEstablishmentFailed, bench.at_meter)
    assert replace(failed, detail="") == KeyEstablishmentFailed(HUB, status.name, initiator=True)
    assert bench.keys == ([], [])


def test_initiate_response_under_a_suite_that_was_not_asked_for_is_refused() -> None:
    hub = credentials(HUB, BOTH)
    right = hub.identities[Suite.SECT163K1].certificate
    bench = KeyBench(
        meter=credentials(METER, (Suite.SECT163K1,)),
        hub=hub,
        bend=changed(KeyCommand.INITIATE, initiate(SUITE_2, USUAL, right)),
    )

    bench.run()

    assert last_terminate(bench.by_meter).status == TerminateStatus.BAD_MESSAGE


@pytest.mark.parametrize(
    "point", [b"", b"\x02", bytes(37), b"\x02" + b"\xff" * 36, b"\x05" + bytes(36)]
)
def test_ephemeral_key_that_is_no_point_is_a_bad_message(point: bytes) -> None:
    bench = KeyBench(bend=changed(KeyCommand.EPHEMERAL_DATA, point))

    bench.run()

    assert last_terminate(bench.by_meter).status == TerminateStatus.BAD_MESSAGE
    assert bench.keys == ([], [])


@pytest.mark.parametrize("mac", [b"", bytes(15), bytes(16), b"\xff" * 16])
def test_wrong_confirmation_is_a_bad_key_confirm_and_no_key_is_kept(mac: bytes) -> None:
    bench = KeyBench(bend=changed(KeyCommand.CONFIRM_KEY, mac))

    bench.run()

    assert last_terminate(bench.by_meter).status == TerminateStatus.BAD_KEY_CONFIRM
    assert bench.keys[0] == []
    assert ended(bench)[-1].failure is TerminateStatus.BAD_KEY_CONFIRM


@pytest.mark.parametrize("phase", [Phase.INITIATING, Phase.EXCHANGING, Phase.CONFIRMING])
@pytest.mark.parametrize("status", list(TerminateStatus))
def test_terminate_ends_it_with_the_partners_status(phase: Phase, status: TerminateStatus) -> None:
    bench = up_to(phase)

    bench.tell_meter(command_from(AT_HUB, HUB, KeyCommand.TERMINATE, terminate(status, 0, 2)))

    assert ended(bench)[-1].failure is status
    assert bench.initiator.phase is Phase.IDLE


def test_terminate_that_is_cut_off_ends_it_all_the_same() -> None:
    bench = up_to(Phase.INITIATING)

    bench.tell_meter(command_from(AT_HUB, HUB, KeyCommand.TERMINATE, b"\x01"))

    assert ended(bench)[-1].failure is TerminateStatus.BAD_MESSAGE


def test_status_that_nobody_knows_is_told_by_its_code() -> None:
    bench = up_to(Phase.INITIATING)

    bench.tell_meter(command_from(AT_HUB, HUB, KeyCommand.TERMINATE, bytes.fromhex("77 00 0200")))

    (failed,) = bench.of(KeyEstablishmentFailed, bench.at_meter)
    assert failed.reason == "unknown(0x77)"


@pytest.mark.parametrize(
    ("phase", "command"),
    [
        (Phase.INITIATING, KeyCommand.EPHEMERAL_DATA),
        (Phase.INITIATING, KeyCommand.CONFIRM_KEY),
        (Phase.EXCHANGING, KeyCommand.INITIATE),
        (Phase.EXCHANGING, KeyCommand.CONFIRM_KEY),
        (Phase.CONFIRMING, KeyCommand.INITIATE),
        (Phase.CONFIRMING, KeyCommand.EPHEMERAL_DATA),
    ],
)
def test_answer_out_of_turn_is_a_bad_message(phase: Phase, command: KeyCommand) -> None:
    bench = up_to(phase)

    bench.tell_meter(command_from(AT_HUB, HUB, command, bytes(16)))

    assert last_terminate(bench.by_meter).status == TerminateStatus.BAD_MESSAGE
    assert bench.initiator.phase is Phase.IDLE


@pytest.mark.parametrize(
    "changes",
    [
        {"source": ZclAddress(NwkAddress(0x1234), Endpoint(1))},
        {"cluster": METERING.id},
        {"cluster": ClusterId(KEY_ESTABLISHMENT.id + 1)},
        {"to_side": Side.SERVER},
    ],
    ids=["another sender", "a cluster below", "a cluster above", "another side"],
)
def test_command_that_is_not_of_this_exchange_changes_nothing(changes: dict[str, Any]) -> None:
    bench = up_to(Phase.INITIATING)
    event = command_from(AT_HUB, HUB, KeyCommand.TERMINATE, bytes.fromhex("01 00 0200"))

    bench.tell_meter(replace(event, **changes))

    assert bench.initiator.phase is Phase.INITIATING


def test_command_that_no_cluster_has_is_a_bad_message_and_no_terminate() -> None:
    bench = up_to(Phase.INITIATING)
    nothing_wrong = terminate(TerminateStatus.NO_RESOURCES, 0, 2)

    bench.tell_meter(command_from(AT_HUB, HUB, KeyCommand.TERMINATE + 1, nothing_wrong))

    assert ended(bench)[-1].failure is TerminateStatus.BAD_MESSAGE
    assert last_terminate(bench.by_meter).status == TerminateStatus.BAD_MESSAGE


def test_good_ephemeral_key_in_a_command_out_of_turn_is_a_bad_message() -> None:
    bench = up_to(Phase.EXCHANGING)
    point = ephemeral(SUITE_2, Stream("point")).public

    bench.tell_meter(command_from(AT_HUB, HUB, KeyCommand.INITIATE, point))

    assert ended(bench)[-1].failure is TerminateStatus.BAD_MESSAGE


@pytest.mark.parametrize("other", [-1, 1])
def test_what_became_of_another_command_changes_nothing(other: int) -> None:
    bench = up_to(Phase.INITIATING)
    handle = bench.by_meter[-1].handle + other

    bench.tell_meter(ZclCommandConfirm(handle, Outcome.NOT_DELIVERED, ApsStatus.NO_ACK))

    assert bench.initiator.phase is Phase.INITIATING


def test_first_of_several_endpoints_is_asked() -> None:
    bench = KeyBench()
    (asked,) = bench.initiator.handle(START_NOW, bench.now)
    response = MatchDescRsp(ZdpStatus.SUCCESS, COORDINATOR, (Endpoint(5), Endpoint(9)))

    (read,) = bench.initiator.handle(
        ZdpConfirm(asked.handle, ZdpStatus.SUCCESS, response, COORDINATOR), bench.now
    )

    assert read.destination == ZclAddress(COORDINATOR, Endpoint(5))
