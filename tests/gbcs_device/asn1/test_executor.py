"""Commands in ASN.1 against the reference answers, and those that wait for their date."""

import json
from collections import Counter
from datetime import timedelta

import pytest

from emulator.gbcs.asn1.catalogue import ASN1_TYPES
from emulator.gbcs.asn1.codes import ActivateFirmwareResponseCode, StatusCode
from emulator.gbcs.asn1.credentials import (
    AuthorisingControl,
    TrustAnchorReplacement,
    UpdateCredentialsCommand,
)
from emulator.gbcs.asn1.firmware import ActivateFirmwareAlert, ActivateFirmwareCommand
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.block_exchange import BlockExchange, Incoming
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import PayloadKind, decode_payload, payload_kind
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.asn1.credentials_updates import MODES
from emulator.gbcs_device.asn1.executor import ACTIVATE_FIRMWARE, HANDLERS, Asn1Executor
from emulator.gbcs_device.device_kind import ROOT_CELL, DeviceKind
from emulator.gbcs_device.execution import Command
from emulator.gbcs_device.facts import WaitingCarriedOut
from emulator.gbcs_device.firmware import FirmwareImage
from emulator.gbcs_device.primitives import AlertRequest, MessageIndication, MessageRequest
from emulator.gbcs_device.remote_party_machine import RemotePartyMachine
from emulator.gbcs_device.replay.asn1_faults import asn1_faults
from emulator.kernel.errors import LocalError
from emulator.kernel.units import START, Instant, hours, later
from emulator.testing.judges.reference_data import reference_keys
from emulator.testing.judges.reference_device import reference_device, reference_pairs
from emulator.testing.scenes.remote_party_bench import (
    NOON,
    RemotePartyBench,
    alerts,
    responses,
)

IMAGE = FirmwareImage(bytes(range(32)), bytes.fromhex("0123ABCE"))
CANCEL = "99991231235959Z"
AT_ONE = later(START, hours(1))
BY_CONTINGENCY = 0x0109


def asn1_of(machine: RemotePartyMachine) -> Asn1Executor:
    executor = machine.executors[PayloadKind.ASN1]
    assert isinstance(executor, Asn1Executor)
    return executor


def test_every_command_in_asn1_but_that_by_contingency_is_handled() -> None:
    commands = {code for code, cra in ASN1_TYPES if cra is Cra.COMMAND}

    assert {*HANDLERS, *MODES, ACTIVATE_FIRMWARE} == commands - {BY_CONTINGENCY}


def test_reference_commands_are_answered_as_in_the_reference() -> None:
    found: Counter[str] = Counter()
    for name, command, response in reference_pairs():
        if payload_kind(command.payload) is PayloadKind.ASN1:
            verdict = replayed(command, response)
            assert verdict != "different", name
            found[verdict] += 1

    assert found == {"identical": 13, "identical but signature": 52}


def replayed(command: Message, response: Message) -> str:
    """How the answer of a device that was told the reference answer compares with it.

    Items that failed in the reference fail here only where they do not fail by themselves.
    """
    told = decode_payload(response)
    assert isinstance(told, Asn1Payload)
    for faults in ((), asn1_faults(told)):
        machine = reference_device(command.recipient, reference_keys())
        asn1_of(machine).seed(command, told)
        machine.inject(*faults)
        octets = b"".join(each.encode() for each in _answers(machine, command))
        if octets == response.encode():
            return "identical"
        if octets and response.signature and octets[:-64] == response.encode()[:-64]:
            return "identical but signature"
    return "different"


def _answers(machine: RemotePartyMachine, command: Message) -> list[Message]:
    link = BlockExchange()
    arrived = (
        each
        for effect in machine.handle(MessageIndication(command.encode()), START)
        if isinstance(effect, MessageRequest)
        for each in link.arrived(effect.octets, START)
    )
    found = [Message.decode(each.octets) for each in arrived if isinstance(each, Incoming)]
    return [each for each in found if each.cra is Cra.RESPONSE]


@pytest.fixture
def bench() -> RemotePartyBench:
    bench = RemotePartyBench(DeviceKind.ESME)
    bench.machine.firmware.held = IMAGE
    return bench


def activation(when: str, counter: int = 5) -> ActivateFirmwareCommand:
    return ActivateFirmwareCommand(IMAGE.image_hash, counter, when)


def wake(bench: RemotePartyBench, now: Instant) -> list[Message]:
    return alerts(bench.machine.wake(now))


def told(alert: Message) -> ActivateFirmwareAlert:
    payload = decode_payload(alert)
    assert isinstance(payload, Asn1Payload)
    assert isinstance(payload.value, ActivateFirmwareAlert)
    return payload.value


def test_a_command_with_a_date_waits_for_it(bench: RemotePartyBench) -> None:
    command = bench.command(ACTIVATE_FIRMWARE, activation("20260301130000Z"), counter=5)

    answer = bench.answer(command)

    assert answer.outcome is None
    assert bench.machine.deadline == AT_ONE
    assert wake(bench, Instant(AT_ONE - 1)) == []
    assert bench.machine.firmware.held == IMAGE


def test_at_its_date_the_image_is_run_and_the_sender_told(bench: RemotePartyBench) -> None:
    bench.send(bench.command(ACTIVATE_FIRMWARE, activation("20260301130000Z"), counter=5))

    effects = bench.machine.wake(AT_ONE)

    changed, alert = alerts(effects)
    assert bytes.fromhex("8F43") in changed.payload
    assert WaitingCarriedOut(ACTIVATE_FIRMWARE, 5, succeeded=True) in effects
    assert alert.recipient == bench.party(RemotePartyRole.SUPPLIER)
    assert alert.other_information.message_code == 0x00CA
    assert bench.protection.verify(alert).valid
    found = told(alert)
    assert (found.alert_code, found.execution_time) == (0x8F66, "20260301130000Z")
    assert found.originator_counter == 5
    assert bench.machine.firmware.running == IMAGE.version
    assert bench.machine.deadline is None


def test_at_its_date_a_failure_is_told_as_one(bench: RemotePartyBench) -> None:
    bench.send(bench.command(ACTIVATE_FIRMWARE, activation("20260301130000Z"), counter=5))
    bench.machine.firmware.held = None

    found = told(wake(bench, AT_ONE)[0])

    assert found.alert_code == 0x8F67
    assert found.outcome.response_code == ActivateFirmwareResponseCode.NO_IMAGE_HELD


def test_what_is_cancelled_is_not_done(bench: RemotePartyBench) -> None:
    bench.send(bench.command(ACTIVATE_FIRMWARE, activation("20260301130000Z"), counter=5))

    bench.send(bench.command(ACTIVATE_FIRMWARE, activation(CANCEL, 6), counter=6))

    assert bench.machine.deadline is None
    assert wake(bench, AT_ONE) == []
    assert bench.machine.firmware.held == IMAGE


def test_a_later_command_takes_the_place_of_the_one_that_waits(bench: RemotePartyBench) -> None:
    bench.send(bench.command(ACTIVATE_FIRMWARE, activation("20260301130000Z"), counter=5))
    bench.send(bench.command(ACTIVATE_FIRMWARE, activation("20260301140000Z", 6), counter=6))

    assert wake(bench, AT_ONE) == []
    assert told(wake(bench, later(START, hours(2)))[-1]).originator_counter == 6


def test_a_date_that_is_none_is_not_answered(bench: RemotePartyBench) -> None:
    bad = activation("20261301130000Z")

    effects = bench.send(bench.command(ACTIVATE_FIRMWARE, bad, counter=5))

    assert responses(effects) == []
    assert len(alerts(effects)) == 1


def test_what_waits_survives_a_loss_of_power(bench: RemotePartyBench) -> None:
    bench.send(bench.command(ACTIVATE_FIRMWARE, activation("20260301130000Z"), counter=5))
    after = RemotePartyBench(DeviceKind.ESME)

    after.machine.restore(json.loads(json.dumps(bench.machine.snapshot())))

    assert after.machine.deadline == AT_ONE
    assert told(wake(after, AT_ONE)[-1]).alert_code == 0x8F66
    assert after.machine.firmware.running == IMAGE.version


def test_what_waits_follows_the_devices_own_clock(bench: RemotePartyBench) -> None:
    bench.send(bench.command(ACTIVATE_FIRMWARE, activation("20260301130000Z"), counter=5))

    bench.machine.clock.be_ahead(timedelta(minutes=30))

    assert bench.machine.deadline == later(START, hours(0.5))
    assert bench.machine.clock.moment(START) == NOON + timedelta(minutes=30)


@pytest.mark.parametrize(("code", "alert_code"), [(0x0102, 0x00CB), (0x0126, 0x0124)])
def test_credentials_that_wait_are_told_of_by_their_own_alert(
    bench: RemotePartyBench, code: int, alert_code: int
) -> None:
    control = AuthorisingControl(mode=MODES[code].number, sequence_number=5, floor=0)
    asked = UpdateCredentialsCommand(control, (), (), "20260301130000Z")

    answer = bench.answer(bench.command(code, asked, counter=5))
    (alert,) = wake(bench, AT_ONE)

    payload = decode_payload(alert)
    assert answer.outcome is None
    assert alert.other_information.message_code == alert_code
    assert isinstance(payload, Asn1Payload)
    assert payload.value.alert_code == 0x8F66
    assert payload.value.outcome.sequence_number == 5


def test_credentials_of_which_one_fails_are_a_failure(bench: RemotePartyBench) -> None:
    root = bench.machine.identity.anchors.certificate(ROOT_CELL)
    assert root is not None
    control = AuthorisingControl(mode=MODES[0x0102].number, sequence_number=5)
    wanted = (TrustAnchorReplacement(root.der, ROOT_CELL),)
    asked = UpdateCredentialsCommand(control, wanted, (), "20260301130000Z")

    bench.send(bench.command(0x0102, asked, counter=5))
    payload = decode_payload(wake(bench, AT_ONE)[0])

    assert isinstance(payload, Asn1Payload)
    assert payload.value.alert_code == 0x8F67
    assert payload.value.outcome.outcomes[0].status == StatusCode.OTHER


def test_credentials_without_a_good_date_are_not_answered(bench: RemotePartyBench) -> None:
    control = AuthorisingControl(mode=MODES[0x0102].number, sequence_number=5)
    asked = UpdateCredentialsCommand(control, (), (), "20261301130000Z")

    assert responses(bench.send(bench.command(0x0102, asked, counter=5))) == []


def test_a_command_by_contingency_is_not_answered(bench: RemotePartyBench) -> None:
    message = bench.bare(BY_CONTINGENCY, b"")
    command = Command(
        message=message,
        payload=Asn1Payload(BY_CONTINGENCY, Cra.COMMAND, None),
        use_case=use_case(BY_CONTINGENCY),
        sender=RemotePartyRole.RECOVERY,
        moment=NOON,
        encrypt=bytes,
    )

    executed = asn1_of(bench.machine).execute(command)

    assert executed.response is None
    assert executed.effects == (AlertRequest(0x8F30),)


def test_only_payloads_in_asn1_are_for_it(bench: RemotePartyBench) -> None:
    message = bench.bare(ACTIVATE_FIRMWARE, b"")
    command = Command(
        message=message,
        payload=GbzPayload(),
        use_case=use_case(ACTIVATE_FIRMWARE),
        sender=RemotePartyRole.SUPPLIER,
        moment=NOON,
        encrypt=bytes,
    )

    with pytest.raises(LocalError, match="GbzPayload"):
        asn1_of(bench.machine).execute(command)
