import pytest

from emulator.gbcs.envelope import Cra
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.meaning.gbz import gbz_tree
from emulator.gbcs.meaning.tree import lines

READ = bytes.fromhex(
    "0109 01"  # profile, one component
    "01 0702 0007"  # last, Metering, 7 octets
    "00 00 00"  # ZCL header: Read Attributes
    "0003 0000"  # UnitOfMeasure; CurrentSummationDelivered
)
ANSWER = bytes.fromhex(
    "0109 02"
    "00 0702 000E"
    "18 00 01"  # Read Attributes Response
    "1000 00 E2 00000000"  # ReadingSnapShotTime, success, UTC time
    "0F00 86"  # unsupported attribute
    "01 0705 0005"
    "18 01 0B 00 C0"  # Default Response to command 00: hardware failure
)
SUCCEEDED = bytes.fromhex(
    "0109 00"
    "8F66 2367C9F0"  # alert code, time
    "0E 006B 00000000000003EF"  # GCS01a, counter 1007
    "0707 09 00"  # Calendar, frame control, PublishCalendar
)
ENCRYPTED = bytes.fromhex("31 00000000") + b"secret" + bytes(12)


def _text(octets: bytes, cra: Cra, opened: dict[bytes, bytes] | None = None) -> list[str]:
    return list(lines(gbz_tree(GbzPayload.decode(octets, cra), 0, opened or {})))


def test_attributes_are_read_by_name() -> None:
    assert _text(READ, Cra.COMMAND) == [
        "GBZ",
        "  component 1: Metering (0702): Read Attributes",
        "    attribute: UnitOfMeasure (0300)",
        "    attribute: CurrentSummationDelivered (0000)",
    ]


def test_an_answer_tells_values_refusals_and_the_first_component_that_failed() -> None:
    text = _text(ANSWER, Cra.RESPONSE)

    assert text[0].startswith("GBZ: failed at component 2 of 2: hardware failure")
    assert text[3].endswith("(000F): unsupported attribute (134)")
    assert text[5] == "    to command: SelectAvailableEmergencyCredit"


def test_a_future_dated_outcome_names_the_command() -> None:
    assert _text(SUCCEEDED, Cra.ALERT)[3:] == [
        "  future dated item: Calendar (0707): PublishCalendar",
        "    of command: 006B GCS01a Set Tariff and Price on GSME",
        "    with counter: 1007",
    ]


def test_sensitive_attributes_are_told_once_they_are_opened() -> None:
    body = bytes.fromhex("00 0018 00 01") + len(ENCRYPTED).to_bytes(2, "big") + ENCRYPTED
    octets = bytes.fromhex("0109 01 03 0702") + len(body).to_bytes(2, "big") + body

    closed = _text(octets, Cra.RESPONSE)
    opened = _text(octets, Cra.RESPONSE, {ENCRYPTED: bytes.fromhex("0003 00 30 01")})

    assert closed[2:] == ["    sensitive data: encrypted, block of 23 octets"]
    assert opened[3].startswith("    UnitOfMeasure (0300): ")


@pytest.mark.parametrize(
    ("component", "text"),
    [
        ("01 FFF0 0004 01 00 07 AA", "  component 1: 0xfff0 (FFF0): command 0x07"),
        ("01 0702 0004 00 00 00 AA", "  component 1: Metering (0702): Read Attributes"),
    ],
)
def test_what_does_not_decode_stays_octets(component: str, text: str) -> None:
    shown = _text(bytes.fromhex("0109 01" + component), Cra.COMMAND)

    assert shown[1] == text
    assert shown[2].startswith("    payload: AA")


def test_the_fields_of_a_command_are_told_by_name() -> None:
    component = bytes.fromhex(
        "01 0705 000B"  # last, Prepayment, 11 octets
        "01 00 0B"  # cluster command SetMaximumCreditLimit
        "00000000 00000001"  # cut off after provider and event
    )
    whole = bytes.fromhex("01 0705 0007 01 00 09 E8030000")  # SetLowCreditWarningLevel 1000

    assert "needs 4 octets" in _text(b"\x01\x09\x01" + component, Cra.COMMAND)[2]
    assert _text(b"\x01\x09\x01" + whole, Cra.COMMAND)[1:] == [
        "  component 1: Prepayment (0705): SetLowCreditWarningLevel",
        "    low_credit_warning_level: 1000",
    ]
