import pytest

from emulator.duis.mmc import content
from emulator.duis.mmc.content import Content, Conversion, chosen
from emulator.gbcs.asn1.codes import IssueCredentialsResponseCode, JoinResponseCode

OCTETS = bytes.fromhex("07df0101ff0a1e00008000ff")


@pytest.mark.parametrize(
    ("convert", "value", "text"),
    [
        (content.whole, -5, "-5"),
        (content.words, b"CSW  ", "CSW"),
        (content.words, "x", "x"),
        (content.hexadecimal, b"\x01\xab", "01AB"),
        (content.hexadecimal, 0x8F26, "8F26"),
        (content.octet, 9, "09"),
        (content.encoded, b"\0", "AA=="),
        (content.eui64, bytes.fromhex("00db1234567890a0"), "00-DB-12-34-56-78-90-A0"),
        (content.moment, 473_385_600, "2015-01-01T00:00:00Z"),
        (content.moment, OCTETS, "2015-01-01T10:30:00Z"),
        (content.moment, "20141231233000Z", "2014-12-31T23:30:00Z"),
        (content.time_of_day, bytes((9, 30, 0, 0)), "09:30:00Z"),
        (content.minute_of_day, 480, "08:00:00Z"),
        (content.number, b"\x02", "2"),
        (content.cubic_metres, 12_345, "12.345"),
        (content.hundredths, 125, "1.25"),
        (content.trailing, (360, 0x10), "36.0"),
        (content.trailing, (360, None), "360"),
        (content.scaled, (200, 1, 1000), "0.2"),
        (content.scaled, (200, None, 0), "200"),
        (content.truth, 255, "true"),
        (content.truth, 0, "false"),
        (content.event, 0x8F26, "Sub GHz Channel Changed"),
    ],
)
def test_a_value_becomes_text(convert: Conversion, value: object, text: str) -> None:
    made = convert(value)

    assert made is not None
    assert made.text == text


@pytest.mark.parametrize(
    ("convert", "value"),
    [
        (content.whole, "5"),
        (content.words, b"\0\x01"),
        (content.words, 5),
        (content.hexadecimal, 0x1_0000),
        (content.hexadecimal, b""),
        (content.octet, 256),
        (content.encoded, 5),
        (content.eui64, b"\0"),
        (content.moment, 0),
        (content.moment, 0xFFFF_FFFF),
        (content.moment, b"\0"),
        (content.moment, bytes(12)),
        (content.moment, "yesterday"),
        (content.moment, None),
        (content.time_of_day, bytes((24, 0, 0, 0))),
        (content.time_of_day, b"\0"),
        (content.minute_of_day, 1440),
        (content.number, 5),
        (content.cubic_metres, None),
        (content.hundredths, "1"),
        (content.trailing, 5),
        (content.scaled, (None, 1, 1)),
        (content.truth, b"\xff"),
        (content.event, 0xFFFE),
        (content.status, 0),
    ],
)
def test_what_is_no_value_of_its_kind_becomes_nothing(convert: Conversion, value: object) -> None:
    assert convert(value) is None


def test_a_word_is_chosen_by_number_or_name() -> None:
    convert = chosen("Switched_off=0 On=1 Type2=METHOD_C SupplierBySupplier=0xFF")

    assert convert(0) == Content("Switched off")
    assert convert(255) == Content("SupplierBySupplier")
    assert convert(2) is None


def test_a_status_has_word_and_number() -> None:
    joined = content.status(JoinResponseCode.NO_CBKE_RESPONSE)
    issued = content.status(IssueCredentialsResponseCode.CR_PRODUCTION_FAILED)

    assert joined is not None
    assert joined.parts[0].text == "noCBKEResponse"
    assert joined.attributes == (("ResponseCode", "13"),)
    assert issued is not None
    assert issued.parts[0].text == "cRProductionFailed"


def test_a_list_has_those_rows_that_are_rows() -> None:
    assert content.rows_of(((1,), 2, (3,))) == [(1,), (3,)]
    assert content.rows_of("abc") == []
