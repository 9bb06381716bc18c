from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from emulator.kernel.errors import UsageError
from emulator.lab.messages.top_up_tokens import TokenParties, made_token, read_token, verified_token

SUPPLIER, METER, STRANGER = "90B3D51F30010000", "00DB1234567890A0", "00DB1234567890FF"
DIGITS = "73943333457189043313"


def write_key(path: Path, key: EllipticCurvePrivateKey, *, public: bool) -> None:
    if public:
        octets = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    else:
        octets = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(octets)


@pytest.fixture
def parties(tmp_path: Path) -> TokenParties:
    write_key(tmp_path / f"{SUPPLIER}-pp-ka.key", derive_private_key(3, SECP256R1()), public=False)
    write_key(tmp_path / f"{METER}-ka.pem", derive_private_key(5, SECP256R1()), public=True)
    return TokenParties(SUPPLIER, METER, tmp_path)


def test_token_is_made_and_verified(parties: TokenParties) -> None:
    made = made_token(parties, 1500, None, 20)

    verified = verified_token(str(made["utrn"]), parties, 1400)

    assert (made["value"], made["unit"], made["truncated_counter"]) == (20, "pounds", 1500 % 1024)
    assert (verified["genuine"], verified["counter"]) == (True, 1500)


def test_token_of_another_counter_is_not_genuine(parties: TokenParties) -> None:
    made = made_token(parties, 7, 150, None)

    verified = verified_token(str(made["utrn"]), parties, 5000)

    assert verified["genuine"] is False
    assert "MAC" in str(verified["problem"])


def test_digits_are_read_without_keys() -> None:
    assert read_token(DIGITS) == {
        "utrn": DIGITS,
        "value": 100,
        "unit": "pounds",
        "truncated_counter": 1,
        "mac": "D51CA60B",
    }


def test_digits_that_are_no_token_are_bad_input() -> None:
    with pytest.raises(UsageError, match="check_digit"):
        read_token(DIGITS[:-1] + "4")


@pytest.mark.parametrize(("pence", "pounds"), [(None, None), (1, 1)])
def test_value_is_given_once(parties: TokenParties, pence: int | None, pounds: int | None) -> None:
    with pytest.raises(UsageError, match="--pence or --pounds"):
        made_token(parties, 1, pence, pounds)


@pytest.mark.parametrize(("counter", "pence"), [(-1, 5), (1 << 32, 5), (1, 8192)])
def test_numbers_that_do_not_fit_are_bad_input(
    parties: TokenParties, counter: int, pence: int
) -> None:
    with pytest.raises(UsageError):
        made_token(parties, counter, pence, None)


def test_missing_keys_are_bad_input_that_says_which(parties: TokenParties) -> None:
    stranger = TokenParties(SUPPLIER, STRANGER, parties.keystore)

    with pytest.raises(UsageError, match="prepayment key"):
        made_token(stranger, 1, 5, None)
    with pytest.raises(UsageError, match="prepayment key"):
        verified_token(DIGITS, stranger, 0)
