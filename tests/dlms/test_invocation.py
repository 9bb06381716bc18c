import pytest

from emulator.dlms.invocation import BREAK_ON_ERROR, header_octets, invoke_id, take_header
from emulator.kernel.errors import LocalError, WireError

TIME = bytes.fromhex("07DF 01 01 FF 00 00 00 00 8000 FF")


def test_the_invoke_id_is_the_low_end_of_the_counter_and_stops_at_errors() -> None:
    assert invoke_id(0x12345678_9ABCDEF0) == BREAK_ON_ERROR | 0xBCDEF0


@pytest.mark.parametrize("date_time", [b"", TIME])
def test_a_header_comes_back_and_tells_where_it_ends(date_time: bytes) -> None:
    octets = header_octets(0xD9, invoke_id(1000), date_time)

    assert take_header(octets, 0xD9, "X") == (invoke_id(1000), date_time, len(octets))


@pytest.mark.parametrize(
    "octets", ["", "DA 200003E8 00", "D9 200003", "D9 200003E8 05", "D9 200003E8 0C 07DF"]
)
def test_another_tag_or_a_header_that_is_cut_off_is_refused(octets: str) -> None:
    with pytest.raises(WireError, match=r"^X\."):
        take_header(bytes.fromhex(octets), 0xD9, "X")


@pytest.mark.parametrize(("identifier", "date_time"), [(1 << 32, b""), (0, b"\x00")])
def test_a_header_that_does_not_fit_is_refused(identifier: int, date_time: bytes) -> None:
    with pytest.raises(LocalError):
        header_octets(0xD9, identifier, date_time)
