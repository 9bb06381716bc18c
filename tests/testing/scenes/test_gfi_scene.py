"""The scene of GFI lines."""

from emulator.testing.scenes.gfi_scene import METER, command, meter_shipment


def test_a_home_has_the_hub_and_what_is_named() -> None:
    assert [each.type for each in meter_shipment("ESME").devices] == ["CHF", "GPF", "ESME"]


def test_commands_are_for_the_meter_and_protected() -> None:
    made = command(7)

    assert (made.recipient, made.counter) == (METER, 7)
    assert made.mac
