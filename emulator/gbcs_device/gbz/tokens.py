"""Who says whether a top-up code is genuine, and what it is worth (GBCS 14)."""

from dataclasses import dataclass
from typing import Final, Protocol

from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.gbcs.utrn import (
    COUNTER_SHIFT,
    TokenKey,
    TopUp,
    Utrn,
    ValueClass,
    verify_utrn,
)
from emulator.kernel.errors import WireError

_THOUSANDTHS: Final = {ValueClass.PENCE: 1_000, ValueClass.POUNDS: 100_000}
"""Thousandths of a penny: money of gas meters has five decimals (RTDS 4.5.0, GCS21b)."""


class TokenJudge(Protocol):
    """Judges top-up codes."""

    def judge(self, code: bytes) -> int | None:
        """The worth of a code in thousandths of a penny; None where it is not genuine."""
        ...


def worth(top_up: TopUp) -> int | None:
    """Thousandths of a penny; None where the unit is reserved."""
    unit = _THOUSANDTHS.get(top_up.value_class)
    return None if unit is None else top_up.value * unit


@dataclass(frozen=True, slots=True)
class CheckDigitJudge:
    """Takes every code whose digits are those of a token: for meters whose supplier is not known.

    The four octets that prove the supplier are not looked at.
    """

    def judge(self, code: bytes) -> int | None:
        """The worth of a code; None where it is none."""
        token = _token(code)
        return None if token is None else worth(token.top_up)


class SupplierJudge:
    """Takes the codes of one supplier for one meter, each once and in no order (GBCS 14).

    Args:
        key: of supplier and meter.
        highest: highest UTRN counter that the meter met.
    """

    def __init__(self, key: TokenKey, highest: int = 0) -> None:
        self._key = key
        self.highest = highest

    def judge(self, code: bytes) -> int | None:
        """The worth of a code; None where it is not this supplier's for this meter."""
        token = _token(code)
        if token is None:
            return None
        try:
            counter = verify_utrn(self._key, token, self.highest)
        except (ProtectionError, MissingKeyError):
            return None
        self.highest = max(self.highest, counter >> COUNTER_SHIFT)
        return worth(token.top_up)


def _token(code: bytes) -> Utrn | None:
    try:
        return Utrn.parse(code.decode("ascii"))
    except (UnicodeDecodeError, WireError):
        return None
