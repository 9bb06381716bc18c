from emulator.zcl.device_ids import DEVICE_NAMES, DeviceId


def test_every_device_has_a_name_and_consecutive_identifiers() -> None:
    assert set(DEVICE_NAMES) == set(DeviceId)
    assert [each.value for each in DeviceId] == list(range(0x0500, 0x0509))
