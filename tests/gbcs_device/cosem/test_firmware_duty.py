from emulator.dlms.data import octet_string
from emulator.gbcs_device.cosem.firmware_duty import FIRMWARE_VERSION, firmware_duty
from emulator.gbcs_device.firmware import Firmware, FirmwareImage
from emulator.testing.scenes.cosem_scene import command, get


def test_version_is_that_of_the_image_that_was_activated() -> None:
    # GBCS CS06, then ECS52
    firmware = Firmware(bytes(4))
    read = firmware_duty(lambda: firmware.running).reads[FIRMWARE_VERSION]
    asked = command(get(FIRMWARE_VERSION))
    before = read(asked)
    firmware.held = FirmwareImage(bytes(32), b"\x01\x02\x03\x04")
    firmware.activate()

    assert (before, read(asked)) == (octet_string(bytes(4)), octet_string(b"\x01\x02\x03\x04"))
