"""Messages are kept in their order, told in words, and shown without anybody's install code."""

from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.identity import parse_eui64
from emulator.kernel.units import Instant
from emulator.lab.world.message_recorder import UNTOLD, MessageRecorder

HUB = parse_eui64("00-DB-12-34-56-78-90-A2")
BROKER = parse_eui64("90-B3-D5-1F-30-00-00-02")
CODE = bytes.fromhex("00112233445566778899AABBCCDDEEFF")
ADD_DEVICE = bytes.fromhex(
    "D9 20000000 00 03"  # access request, long invoke id, no date and time, three items
    "03 0068 00001E0300FF 01"  # action: register device
    "02 0068 00001E0300FF 03"  # set: join timeout
    "02 0068 00001E0300FF 02"  # set: joining
    "03"
    "02 04 09 08 00DB1234567890A0 16 01 09 10 00112233445566778899AABBCCDDEEFF 16 00"
    "12 005A"
    "03 01"
)


def message(payload: bytes = ADD_DEVICE) -> bytes:
    """CCS01 as the access control broker would send it, but for the MAC."""
    return Message(
        cra=Cra.COMMAND,
        counter=1302,
        originator=BROKER,
        recipient=HUB,
        date_time=b"",
        other_information=OtherInformation(0x0001),
        payload=payload,
        mac=bytes(12),
    ).encode()


def test_messages_are_taken_once_and_in_order() -> None:
    recorder = MessageRecorder({HUB: "CHF"})
    recorder.observe(Instant(5), "DCC", "CHF", message())
    recorder.observe(Instant(7), "CHF", "DCC", b"\x01\x02")

    first, second = recorder.take()

    assert (first.at, first.source, first.destination) == (5, "DCC", "CHF")
    assert first.title == "Command of CCS01 Add Device to CHF device log"
    assert any("join_timeout: 90" in line for line in first.detail)
    assert (second.at, second.title) == (7, "no message")
    assert recorder.take() == ()


def test_parties_are_called_by_their_names() -> None:
    recorder = MessageRecorder({HUB: "the hub", BROKER: "access control broker"})
    recorder.observe(Instant(0), "DCC", "CHF", message())

    (told,) = recorder.take()

    assert "  recipient: 00-DB-12-34-56-78-90-A2 (the hub)" in told.detail


def test_an_install_code_is_not_shown() -> None:
    recorder = MessageRecorder({HUB: "CHF"}, (CODE,))
    recorder.observe(Instant(0), "DCC", "CHF", message())

    text = "\n".join(recorder.take()[0].detail)

    assert CODE.hex().upper() not in text.upper().replace(" ", "")
    assert UNTOLD in text
