import csv
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.crypto.install_code import InstallCode, crc16_x25
from emulator.kernel.errors import UsageError

CODE = "83FED3407A939723A5C639B26916D505C3B5"
SHARED = Path(os.environ.get("HANLAB_SHARED", "../shared"))

codes = st.sampled_from([6, 8, 12, 16]).flatmap(
    lambda size: st.binary(min_size=size, max_size=size)
)


def test_crc_of_the_catalogued_check_text() -> None:
    assert crc16_x25(b"123456789") == 0x906E


def test_crc_of_nothing_is_zero() -> None:
    assert crc16_x25(b"") == 0


@pytest.mark.parametrize(
    ("printed", "link_key"),
    [
        (CODE, "66B6900981E1EE3CA4206B6B861C02BB"),
        ("83FED3407A932B70", "CD4FA064773F46941EC986C09963D1A8"),
    ],
)
def test_known_code_gives_its_known_link_key(printed: str, link_key: str) -> None:
    code = InstallCode.parse(printed)

    assert code.link_key == bytes.fromhex(link_key)
    assert code.octets == bytes.fromhex(printed)[:-2]
    assert code.crc == bytes.fromhex(printed)[-2:]
    assert code.printed == printed


@pytest.mark.parametrize(
    "written",
    [
        CODE.lower(),
        f"  {CODE}\t\r\n",
        "83FE D340 7A93 9723 A5C6 39B2 6916 D505 C3B5",
        "83FE-D340-7A93-9723-A5C6-39B2-6916-D505-C3B5",
    ],
)
def test_code_is_read_however_it_is_grouped(written: str) -> None:
    assert InstallCode.parse(written).printed == CODE


@given(codes)
def test_printed_code_is_read_back(octets: bytes) -> None:
    code = InstallCode.from_octets(octets)

    assert InstallCode.parse(code.printed) == code
    assert len(code.printed) == 2 * len(octets) + 4


@given(codes, st.data())
def test_any_one_changed_bit_is_found_by_the_crc(octets: bytes, data: st.DataObject) -> None:
    printed = bytearray.fromhex(InstallCode(octets).printed)
    bit = data.draw(st.integers(0, 8 * len(printed) - 1))
    printed[bit // 8] ^= 1 << bit % 8

    with pytest.raises(UsageError, match=r"CRC [0-9A-F]{4}, expected [0-9A-F]{4}$"):
        InstallCode.parse(printed.hex())


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_a_usage_error(text: str) -> None:
    try:
        code = InstallCode.parse(text)
    except UsageError:
        return

    assert InstallCode.parse(code.printed) == code


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (CODE[:-1] + "6", f"install code '{CODE[:-1]}6': CRC C3B6, expected C3B5"),
        (CODE[:-4] + "B5C3", f"install code '{CODE[:-4]}B5C3': CRC B5C3, expected C3B5"),
        (
            CODE[:-1],
            (
                f"install code '{CODE[:-1]}': 35 hexadecimal digits, "
                "expected 16, 20, 28 or 36 with CRC"
            ),
        ),
        (
            "",
            "install code '': 0 hexadecimal digits, expected 16, 20, 28 or 36 with CRC",
        ),
        ("83FED3407A932B7O", "install code '83FED3407A932B7O': 'O' is no hexadecimal digit"),
        (
            "８３FED3407A932B70",  # noqa: RUF001 - full-width digits are what is refused
            "install code '８３FED3407A932B70': '８' is no hexadecimal digit",  # noqa: RUF001 - same
        ),
    ],
)
def test_what_is_wrong_is_said_exactly(text: str, problem: str) -> None:
    with pytest.raises(UsageError) as caught:
        InstallCode.parse(text)

    assert caught.value.problems == (problem,)


@pytest.mark.parametrize("length", [0, 5, 7, 9, 11, 13, 15, 17, 18])
def test_other_lengths_are_refused(length: int) -> None:
    expected = f"install code of {length} octets, expected 6, 8, 12 or 16 without CRC"

    with pytest.raises(UsageError, match=f"^{re.escape(expected)}$"):
        InstallCode.from_octets(bytes(length))


@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared data: set HANLAB_SHARED")
@pytest.mark.parametrize("name", ["dual-fuel.csv", "electricity-only-short-codes.csv"])
def test_codes_of_the_good_shipment_files_are_read(name: str) -> None:
    with (SHARED / "inputs" / name).open(encoding="utf-8-sig", newline="") as file:
        printed = [row["install_code"] for row in csv.DictReader(file) if row["install_code"]]

    assert printed
    assert [InstallCode.parse(text).printed for text in printed] == printed
