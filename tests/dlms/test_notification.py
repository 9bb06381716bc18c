import pytest
from hypothesis import given

from emulator.dlms.data import Data, structure, unsigned
from emulator.dlms.invocation import invoke_id
from emulator.dlms.notification import DataNotification
from emulator.kernel.errors import WireError
from emulator.testing.strategies.dlms_values import data_values


@given(data_values())
def test_every_notification_comes_back(body: Data) -> None:
    notification = DataNotification(invoke_id(2010), body)

    assert DataNotification.decode(notification.encode()) == notification


def test_a_notification_holds_one_value() -> None:
    octets = bytes.fromhex("0F 200007DA 0002 01 11 05")

    assert DataNotification.decode(octets).body == structure(unsigned(5))
    with pytest.raises(WireError, match="1 octets after the end"):
        DataNotification.decode(octets + b"\x00")


def test_an_error_names_the_field_in_the_body() -> None:
    with pytest.raises(WireError) as caught:
        DataNotification.decode(bytes.fromhex("0F 200007DA 0002 01 FE"))

    assert caught.value.path == "DataNotification.body[0].data"
    assert caught.value.offset == 8
