import json

import pytest

from emulator.lab.cli import main

PRINTED = "83FED3407A939723A5C639B26916D505C3B5"
LINK_KEY = "66B6900981E1EE3CA4206B6B861C02BB"


def status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(["install-code", *words])
    return end.value.code


def test_code_of_a_device_is_checked_and_gives_its_link_key(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert status("check", PRINTED, "--json") == 0

    assert json.loads(capsys.readouterr().out) == {
        "code": PRINTED,
        "valid": True,
        "octets": 16,
        "crc": "C3B5",
        "printed": PRINTED,
        "link_key": LINK_KEY,
    }


def test_people_are_told_the_same_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("check", "83FE D340 7A93 2B70") == 0

    assert capsys.readouterr().out.splitlines()[:4] == [
        "code: 83FE D340 7A93 2B70",
        "valid: yes",
        "octets: 6",
        "crc: 2B70",
    ]


def test_wrong_code_is_bad_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("check", "83FED3407A932B71") == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "install code '83FED3407A932B71': CRC 2B71, expected 2B70\n"


def test_program_reads_why_a_code_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("check", "83F", "--json") == 2

    told = json.loads(capsys.readouterr().out)
    assert told["valid"] is False
    assert "3 hexadecimal digits" in told["problem"]


def test_code_without_crc_gets_its_crc_and_link_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert status("derive", "83FED340-7A939723-A5C639B2-6916D505", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["printed"], told["link_key"]) == (PRINTED, LINK_KEY)


def test_code_that_seems_to_have_its_crc_already_is_pointed_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert status("derive", "83FED3407A932B70") == 0

    assert capsys.readouterr().err == (
        "note: the last two octets are a CRC of the others; was it to check?\n"
    )


@pytest.mark.parametrize("code", ["xyz", "123", "12345678", ""])
def test_text_that_is_no_code_is_bad_input(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert status("derive", code) == 2

    assert "expected" in capsys.readouterr().err
