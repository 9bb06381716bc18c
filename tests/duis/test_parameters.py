import pytest

from emulator.duis.parameters import base64_octets, parameters
from emulator.duis.refusal import DuisRefusal
from emulator.duis.tree import Node
from emulator.kernel.identity import Eui64


def body(*parts: Node) -> Node:
    return Node("Body", parts=parts)


def test_an_empty_body_gives_none() -> None:
    assert parameters(Node("ReadFirmwareVersion")) == {}


def test_elements_that_repeat_become_a_list() -> None:
    assert parameters(body(*(Node("A", text) for text in "123"))) == {"A": ["1", "2", "3"]}


def test_attributes_stand_beside_the_text() -> None:
    made = parameters(body(Node("Price", "7", attributes=(("index", "1"),))))

    assert made == {"Price": {"index": "1", "value": "7"}}


def test_what_is_added_to_the_device_log_stands_without_its_group() -> None:
    added = Node("AddDeviceToCHFWhitelist", parts=(Node("JoinTimePeriod", "90"),))
    made = parameters(body(Node("DeviceID", "00-DB-12-34-56-78-90-A0"), added))

    assert made == {"DeviceID": Eui64(0x00DB1234567890A0), "JoinTimePeriod": "90"}


def test_numbers_and_octets_are_what_the_dcc_takes() -> None:
    made = parameters(body(Node("DSPScheduleID", "7"), Node("DeviceGBCSResponse", "3Q ==")))

    assert made == {"DSPScheduleID": 7, "DeviceGBCSResponse": b"\xdd"}


@pytest.mark.parametrize("part", [Node("DSPScheduleID", "x"), Node("DeviceGBCSResponse", "*")])
def test_what_is_no_value_is_refused(part: Node) -> None:
    with pytest.raises(DuisRefusal):
        parameters(body(part))


def test_octets_that_are_no_base64_are_refused() -> None:
    with pytest.raises(DuisRefusal):
        base64_octets("é")
