"""Activating images and telling versions (CS06, CS08)."""

import pytest

from emulator.gbcs.asn1.codes import ActivateFirmwareResponseCode as Code
from emulator.gbcs.asn1.codes import ReadVersionResponseCode
from emulator.gbcs.asn1.firmware import ActivateFirmwareCommand, ReadFirmwareVersionCommand
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.firmware import FirmwareActivated, FirmwareImage
from emulator.testing.scenes.remote_party_bench import RemotePartyBench, alerts, responses

ACTIVATE, READ_VERSION = 0x0012, 0x0129
IMAGE = FirmwareImage(bytes(range(32)), bytes.fromhex("0123ABCE"))
OLD = bytes.fromhex("00000001")


@pytest.fixture
def bench() -> RemotePartyBench:
    return RemotePartyBench(DeviceKind.ESME)


def activate(image_hash: bytes = IMAGE.image_hash, counter: int = 9) -> ActivateFirmwareCommand:
    return ActivateFirmwareCommand(image_hash, counter)


def test_the_image_with_the_hash_is_run_at_once(bench: RemotePartyBench) -> None:
    bench.machine.firmware.held = IMAGE

    effects = bench.send(bench.command(ACTIVATE, activate(), counter=9))

    (response,) = responses(effects)
    payload = decode_payload(response)
    assert isinstance(payload, Asn1Payload)
    found = payload.value.outcome
    assert (found.response_code, found.firmware_version) == (Code.SUCCESS, IMAGE.version)
    assert bench.machine.firmware.running == IMAGE.version
    assert FirmwareActivated(IMAGE.version) in effects
    (alert,) = alerts(effects)
    assert bytes.fromhex("8F43") in alert.payload


def test_another_hash_activates_nothing(bench: RemotePartyBench) -> None:
    bench.machine.firmware.held = IMAGE

    found = bench.answer(bench.command(ACTIVATE, activate(bytes(32)), counter=9)).outcome

    assert (found.response_code, found.firmware_version) == (Code.HASH_MISMATCH, OLD)
    assert bench.machine.firmware.held == IMAGE


def test_without_image_nothing_is_activated(bench: RemotePartyBench) -> None:
    found = bench.answer(bench.command(ACTIVATE, activate(), counter=9)).outcome

    assert (found.response_code, found.firmware_version) == (Code.NO_IMAGE_HELD, OLD)


def test_a_command_that_names_another_counter_is_not_answered(bench: RemotePartyBench) -> None:
    bench.machine.firmware.held = IMAGE

    effects = bench.send(bench.command(ACTIVATE, activate(counter=8), counter=9))

    assert responses(effects) == []
    assert len(alerts(effects)) == 1
    assert bench.machine.firmware.held == IMAGE


def test_an_injected_fault_is_told_and_activates_nothing(bench: RemotePartyBench) -> None:
    bench.machine.firmware.held = IMAGE
    bench.machine.inject(InjectedFault(0, Code.ACTIVATION_FAILURE))

    found = bench.answer(bench.command(ACTIVATE, activate(), counter=9)).outcome

    assert (found.response_code, found.firmware_version) == (Code.ACTIVATION_FAILURE, OLD)


@pytest.mark.parametrize("kind", [DeviceKind.PPMID, DeviceKind.HCALCS])
def test_the_running_version_is_told(kind: DeviceKind) -> None:
    bench = RemotePartyBench(kind)
    broker = RemotePartyRole.ACCESS_CONTROL_BROKER

    found = bench.answer(bench.command(READ_VERSION, ReadFirmwareVersionCommand(), broker))
    bench.machine.inject(InjectedFault(0, 1))
    failed = bench.answer(bench.command(READ_VERSION, ReadFirmwareVersionCommand(), broker))

    codes = ReadVersionResponseCode
    assert (found.firmware_version, found.response_code) == (OLD, codes.SUCCESS)
    assert (failed.firmware_version, failed.response_code) == (bytes(4), codes.READ_FAILURE)
