from pathlib import Path

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.shipments.shipment_table import (
    COLUMNS,
    LARGEST,
    Findings,
    read_octets,
    read_rows,
    shown,
)

HEADER = ",".join(COLUMNS)


def mistakes(octets: bytes) -> list[str]:
    findings = Findings("file.csv")
    read_rows(octets, findings)
    try:
        findings.check()
    except UsageError as refusal:
        return list(refusal.problems)
    return []


def test_cells_are_found_by_column_whatever_the_order_and_spelling_of_the_header() -> None:
    findings = Findings("file.csv")

    (row,) = read_rows(
        b"MPXN, Model ,firmware,manufacturer,install_code,EUI64,device_type\n1,2,3,4,5,6,7\n",
        findings,
    )

    assert [row.cells[column] for column in COLUMNS] == ["7", "6", "5", "4", "2", "3", "1"]
    assert row.line == 2


def test_blank_lines_count_but_are_no_devices() -> None:
    findings = Findings("file.csv")
    text = f"\n{HEADER}\n\n,,,,,,\n  \nCHF,1,,,,,\n"

    rows = read_rows(text.encode(), findings)

    assert [row.line for row in rows] == [6]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_ends_a_line(end: str) -> None:
    findings = Findings("file.csv")

    rows = read_rows(end.join([HEADER, "CHF,1,,,,,", "GPF,2,,,,,", ""]).encode(), findings)

    assert [row.cells["eui64"] for row in rows] == ["1", "2"]


@pytest.mark.parametrize("nothing", [b"", b"\n\n", b"\xef\xbb\xbf", b" , \r\n"])
def test_empty_file_says_what_the_header_is(nothing: bytes) -> None:
    assert mistakes(nothing) == [f"file.csv:1: empty: expected the header {HEADER}"]


def test_header_alone_has_no_devices() -> None:
    assert mistakes(HEADER.encode()) == [
        "file.csv:1: no devices: expected at least one line under the header"
    ]


def test_every_missing_column_is_named() -> None:
    assert mistakes(b"device_type,eui64,manufacturer,model,mpxn\nCHF,1,,,\n") == [
        "file.csv:1: column install_code: missing: expected in the header",
        "file.csv:1: column firmware: missing: expected in the header",
    ]


def test_column_given_twice_is_a_mistake() -> None:
    assert mistakes(f"{HEADER},model\nCHF,1,,,,,,\n".encode()) == [
        "file.csv:1: column 8: model: expected each column once"
    ]


def test_unknown_column_is_a_warning() -> None:
    findings = Findings("file.csv")

    read_rows(f"{HEADER},colour\nCHF,1,,,,,,red\n".encode(), findings)

    findings.check()
    assert findings.warnings == ("file.csv:1: column 8: colour: unknown column, not used",)


def test_surplus_cells_are_mistakes_unless_empty() -> None:
    assert mistakes(f"{HEADER}\nCHF,1,,,,,,,\nGPF,2,,,,,,,x\n".encode()) == [
        "file.csv:3: column 9: x: expected 7 cells, as in the header"
    ]


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "1: octet 0x89 at offset 0"),
        (b"a,b\n\x00", "2: octet 0x00 at offset 4"),
        ("device_type".encode("utf-16"), "1: octet 0xFF at offset 0"),
    ],
)
def test_file_that_is_no_text_is_told_by_its_first_strange_octet(
    octets: bytes, expected: str
) -> None:
    assert mistakes(octets) == [f"file.csv:{expected}: expected a CSV file in UTF-8"]


def test_quote_that_is_never_closed_is_told_where_it_opens() -> None:
    assert mistakes(f'{HEADER}\nCHF,1,,,,,\nGPF,"2,,,,,\nESME\n'.encode()) == [
        "file.csv:3: unexpected end of data: expected CSV, each quote closed on its line"
    ]


def test_absent_file_and_folder_are_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent.csv: No such file or directory: expected a ship"):
        read_octets(tmp_path / "absent.csv")
    with pytest.raises(UsageError, match=r": Is a directory: expected a shipment file \(CSV\)$"):
        read_octets(tmp_path)


def test_name_that_no_file_can_have_is_refused() -> None:
    with pytest.raises(UsageError, match="null byte: expected a shipment file"):
        read_octets(Path("a\0b"))


def test_file_larger_than_any_shipment_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(LARGEST * 100)

    with pytest.raises(UsageError, match=f"too large: expected at most {LARGEST} octets"):
        read_octets(path)


def test_values_are_shown_on_one_short_line() -> None:
    assert shown("") == "(empty)"
    assert shown("a\nb") == r"'a\nb'"
    assert shown("x" * 100) == "x" * 60 + "..."
