"""What a device runs and holds."""

import pytest

from emulator.gbcs_device.firmware import Firmware, FirmwareImage

IMAGE = FirmwareImage(bytes(range(32)), bytes.fromhex("00000002"))


def test_activating_runs_the_image_that_is_held() -> None:
    firmware = Firmware(bytes.fromhex("00000001"))
    firmware.held = IMAGE

    firmware.activate()

    assert firmware.running == IMAGE.version
    assert firmware.snapshot()["held"] is None


def test_activating_without_image_changes_nothing() -> None:
    firmware = Firmware(bytes.fromhex("00000001"))

    firmware.activate()

    assert firmware.running == bytes.fromhex("00000001")


@pytest.mark.parametrize("held", [None, IMAGE])
def test_firmware_survives_a_loss_of_power(held: FirmwareImage | None) -> None:
    firmware = Firmware(bytes.fromhex("00000001"))
    firmware.held = held
    other = Firmware(b"")

    other.restore(firmware.snapshot())

    assert (other.running, other.held) == (firmware.running, held)
