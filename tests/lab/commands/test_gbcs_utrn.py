import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from emulator.lab.cli import main

PARTIES = ("--supplier", "90B3D51F30010000", "--device", "00DB1234567890A0")
DIGITS = "7394 3333 4571 8904 3313"


def status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(["gbcs", "utrn", *words])
    return end.value.code


@pytest.fixture
def keys(tmp_path: Path) -> tuple[str, ...]:
    for name, number in (("90B3D51F30010000-pp-ka", 3), ("00DB1234567890A0-ka", 5)):
        octets = derive_private_key(number, SECP256R1()).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        (tmp_path / f"{name}.key").write_bytes(octets)
    return (*PARTIES, "--keystore", str(tmp_path))


def test_token_that_was_built_checks(
    keys: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("build", *keys, "--counter", "7", "--pence", "1250", "--json") == 0
    token = json.loads(capsys.readouterr().out)["utrn"]

    assert status("check", token, *keys, "--highest", "6", "--json") == 0
    assert json.loads(capsys.readouterr().out)["genuine"] is True


def test_token_of_somebody_else_ends_with_status_one(
    keys: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("check", DIGITS, *keys) == 1

    assert "genuine: no" in capsys.readouterr().out


def test_people_are_told_what_digits_say_line_by_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert status("check", DIGITS) == 0

    assert capsys.readouterr().out.splitlines()[1:4] == [
        "value: 100",
        "unit: pounds",
        "truncated counter: 1",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [((DIGITS[:-1],), "expected 20 digits"), ((DIGITS, *PARTIES), "--keystore together")],
)
def test_bad_input_ends_with_status_two(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("check", *words) == 2

    assert told in capsys.readouterr().err
