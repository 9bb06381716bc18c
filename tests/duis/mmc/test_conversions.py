import pytest

from emulator.duis.mmc.content import Content
from emulator.duis.mmc.conversions import conversion
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import UsageError


def test_a_conversion_is_named_and_may_have_words() -> None:
    days = conversion("special_days Day id")(((1, bytes.fromhex("ffff0c19ff"), 1),))

    assert conversion("whole")(5) == Content("5")
    assert conversion("chosen Off=0 On=1")(1) == Content("On")
    assert days is not None
    assert days.parts[0].name == "Day"


def test_roles_and_devices_have_the_names_of_the_catalogue() -> None:
    assert conversion("role")(RemotePartyRole.ACCESS_CONTROL_BROKER) == Content("ACB")
    assert conversion("device_type")(DeviceType.TYPE_2) == Content("Type2")


@pytest.mark.parametrize("written", ["", "wholes", "whole 5", "chosen Off"])
def test_what_is_no_conversion_is_refused(written: str) -> None:
    with pytest.raises(UsageError):
        conversion(written)
