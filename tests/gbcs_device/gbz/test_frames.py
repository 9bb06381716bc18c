"""Answers are framed as the reference set frames them."""

import pytest

from emulator.gbcs.gbz_component import AdditionalHeader, GbzComponent
from emulator.gbcs_device.gbz.frames import AnswerFrames
from emulator.testing.scenes.gbz_scene import component, filled, marked, read
from emulator.zcl.payloads.calendar import PublishCalendar
from emulator.zcl.payloads.device_management import GetEventConfiguration, UpdateCIN
from emulator.zcl.payloads.metering import GetSampledData
from emulator.zcl.primitives import ZclStatus

SAMPLED_DATA = component(0x0702, filled(GetSampledData), 7)


def frames(code: int = 0x006F, *, sensitive: bool = False) -> AnswerFrames:
    """The frames of a message."""
    return AnswerFrames(code, sensitive, marked)


def head(answer: GbzComponent) -> str:
    """The ZCL header in digits."""
    return answer.header.encode().hex()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (component(0x0702, filled(GetSampledData), 7), "08070b"),
        (component(0x0707, filled(PublishCalendar), 7), "00070b"),
        (component(0x0708, filled(UpdateCIN), 7), "00070b"),
        (component(0x0708, filled(GetEventConfiguration), 7), "08070b"),
    ],
    ids=["from client", "from server", "device management", "event configuration"],
)
def test_a_status_goes_the_other_way_with_the_same_number(asked: GbzComponent, told: str) -> None:
    answer = frames().status(asked, 0x08, ZclStatus(0xC0))

    assert (head(answer), answer.payload) == (told, bytes.fromhex("08 C0"))
    assert answer.cluster == asked.cluster


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (0x0074, "180701"),
        (0x00B6, "180701"),
        (0x00B8, "180701"),
        (0x009F, "180701"),
        (0x0075, "080701"),
    ],
)
def test_some_reads_disable_the_default_response(code: int, told: str) -> None:
    assert head(frames(code).attributes(read(0x0702, 0, sequence=7), b"")) == told


@pytest.mark.parametrize(
    ("code", "command", "told"),
    [
        (0x0078, 0x07, "190707"),
        (0x0079, 0x07, "090707"),
        (0x0079, 0x06, "190706"),
        (0x0081, 0x0C, "09070c"),
        (0x0080, 0x0D, "09070d"),
    ],
)
def test_some_commands_in_answer_disable_it(code: int, command: int, told: str) -> None:
    assert head(frames(code).command(SAMPLED_DATA, command, b"")) == told


def test_an_answer_to_the_server_goes_to_it() -> None:
    asked = component(0x0708, filled(GetEventConfiguration), 7)

    assert head(frames().command(asked, 0x04, b"")) == "010704"


def test_sensitive_data_is_encrypted_and_counted() -> None:
    made = frames(sensitive=True)

    first = made.command(SAMPLED_DATA, 0x07, b"1")
    price = made.attributes(read(0x0700, 0), b"2")
    status = made.status(SAMPLED_DATA, 0x08, ZclStatus.NOT_FOUND)
    second = made.attributes(read(0x0705, 0), b"3")

    assert (first.payload, first.additional_header) == (b"sealed:1", AdditionalHeader(0, 0))
    assert (second.payload, second.additional_header) == (b"sealed:3", AdditionalHeader(0, 1))
    assert (price.payload, price.encrypted) == (b"2", False)
    assert (status.payload, status.encrypted) == (bytes.fromhex("08 8B"), False)


def test_nothing_is_encrypted_in_other_use_cases() -> None:
    assert not frames().command(SAMPLED_DATA, 0x07, b"1").encrypted
