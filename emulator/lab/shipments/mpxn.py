"""MPAN and MPRN: the numbers of electricity and gas supply points, and their check digits.

The rules are the published ones (Wikipedia, "Meter Point Administration Number"; EverybodyWiki,
"Meter Point Reference Number"); the industry codes behind them were not at hand, so a number that
fails is worth a warning and never a refusal.
"""

from typing import Final

MPAN_DIGITS: Final = 13
MPRN_DIGITS: Final = range(6, 11)
_MPRN_CHECK_DIGITS: Final = 2
_WEIGHTS: Final = (3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43)
"""The primes from 3 on, without 11, which is the modulus."""


def mpan_check_digit(core: str) -> str:
    """The thirteenth digit for the first twelve of an MPAN core."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, core, strict=True))
    return str(total % 11 % 10)


def mprn_check_digits(body: str) -> str:
    """The last two digits for those before them in an MPRN."""
    total = sum(weight * int(digit) for weight, digit in enumerate(reversed(body), start=1))
    return f"{total % 11:02d}"


def mpan_doubt(text: str) -> str | None:
    """What is wrong with an MPAN core, or None when its check digit is right."""
    if not _digits(text) or len(text) != MPAN_DIGITS:
        return f"expected an MPAN core of {MPAN_DIGITS} digits"
    expected = mpan_check_digit(text[:-1])
    if text[-1] != expected:
        return f"MPAN check digit {text[-1]}, expected {expected}"
    return None


def mprn_doubt(text: str) -> str | None:
    """What is wrong with an MPRN, or None when its check digits are right."""
    if not _digits(text) or len(text) not in MPRN_DIGITS:
        return f"expected an MPRN of {MPRN_DIGITS[0]} to {MPRN_DIGITS[-1]} digits"
    body, check = text[:-_MPRN_CHECK_DIGITS], text[-_MPRN_CHECK_DIGITS:]
    expected = mprn_check_digits(body)
    if check != expected:
        return f"MPRN check digits {check}, expected {expected}"
    return None


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
