"""Top-up tokens: PTUT, and the UTRN of 20 digits that a consumer types (GBCS 14).

A token carries value, the low ten bits of its counter, and four octets of a MAC from the supplier's
prepayment key. A meter knows the highest counter it met, and so rebuilds the whole one.
"""

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Self

from emulator.gbcs.check_digit import check_digit
from emulator.gbcs.envelope import Cra
from emulator.gbcs.protection.agreement import KeyAgreement
from emulator.gbcs.protection.kdf import derive_key
from emulator.gbcs.protection.mac import gmac
from emulator.gbcs.protection.refusal import ProtectionError, Rule
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64

CLASS_5_OFFSET: Final = 7_394_156_990_786_306_048
"""Added to a PTUT, so that no digits are those of tokens of the older classes 0 to 3."""
MAXIMUM_VALUE: Final = (1 << 13) - 1
COUNTER_SPAN: Final = 1 << 10
"""How many counters the truncated counter of a token tells apart."""
MAC_LENGTH: Final = 4
COUNTER_SHIFT: Final = 32
"""The low half of a token's originator counter is zero (GBCS 14)."""

_DIGITS: Final = re.compile(r"[0-9]{20}")
_PTUT_BITS: Final = 57
_AUTHENTICATED_HEADER: Final = bytes.fromhex("11 0000000000")
_HALF_SPAN: Final = COUNTER_SPAN // 2
_MAXIMUM_COUNTER: Final = (1 << 32) - 1


class ValueClass(IntEnum):
    """What a token's value counts; two codes are reserved."""

    PENCE = 0
    POUNDS = 1
    RESERVED_2 = 2
    RESERVED_3 = 3


@dataclass(frozen=True, slots=True)
class TopUp:
    """What a token says: the high word of a PTUT.

    Args:
        value: 0 to 8191, in the unit of the class.
        value_class: hundredths of the currency unit, or whole ones.
        truncated_counter: low ten bits of the UTRN counter.
    """

    value: int
    value_class: ValueClass
    truncated_counter: int

    @property
    def high_word(self) -> int:
        """The word that the MAC covers.

        Raises:
            LocalError: when a number does not fit its bits.
        """
        if not (0 <= self.value <= MAXIMUM_VALUE and 0 <= self.truncated_counter < COUNTER_SPAN):
            raise LocalError(
                f"value {self.value}, counter {self.truncated_counter}: expected 0 to 8191 and 1023"
            )
        return self.truncated_counter << 15 | self.value_class << 13 | self.value


@dataclass(frozen=True, slots=True)
class Utrn:
    """A token: what it says, and four octets that prove who says it."""

    top_up: TopUp
    mac: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """The token that 20 digits are; spaces and hyphens between them do not count.

        Raises:
            WireError: when they are not 20 digits, the check digit is wrong, or they are the
                digits of another class of token.
        """
        digits = text.replace(" ", "").replace("-", "")
        if _DIGITS.fullmatch(digits) is None:
            raise WireError("Utrn", 0, f"{len(digits)} characters, expected 20 digits")
        expected = check_digit(digits[:-1])
        if digits[-1] != expected:
            raise WireError("Utrn.check_digit", 19, f"{digits[-1]}, expected {expected}")
        ptut = int(digits[:-1]) - CLASS_5_OFFSET
        if not 0 <= ptut < 1 << _PTUT_BITS:
            raise WireError("Utrn", 0, "digits of another class of token than 5")
        high = ptut >> 32
        top_up = TopUp(high & MAXIMUM_VALUE, ValueClass(high >> 13 & 3), high >> 15)
        return cls(top_up, (ptut & 0xFFFFFFFF).to_bytes(MAC_LENGTH, "big"))

    @property
    def ptut(self) -> int:
        """The token as a number of 57 bits."""
        return self.top_up.high_word << 32 | int.from_bytes(self.mac, "big")

    @property
    def digits(self) -> str:
        """The token as 20 digits."""
        payload = str(CLASS_5_OFFSET + self.ptut)
        return payload + check_digit(payload)


@dataclass(frozen=True, slots=True)
class TokenKey:
    """Whose token for which meter, and who knows the secret of the two.

    Args:
        supplier: who issues the token.
        device: the meter that it is for.
        agreement: of the supplier's prepayment key with the meter's key agreement key.
    """

    supplier: Eui64
    device: Eui64
    agreement: KeyAgreement

    def mac(self, counter: int, top_up: TopUp) -> bytes:
        """The four octets that prove a top-up under an originator counter of 64 bits.

        Raises:
            MissingKeyError: when the agreement does not know the secret.
        """
        secret = self.agreement.shared_secret(self.supplier, self.device)
        key = derive_key(secret, self.supplier, Cra.COMMAND, counter, self.device)
        covered = b"".join(
            (
                _AUTHENTICATED_HEADER,
                self.supplier.to_bytes(8, "big"),
                self.device.to_bytes(8, "big"),
                bytes((Cra.COMMAND,)),
                counter.to_bytes(8, "big"),
                top_up.high_word.to_bytes(4, "big"),
            )
        )
        return gmac(key, self.supplier, covered)[-MAC_LENGTH:]


def build_utrn(key: TokenKey, counter: int, value: int, value_class: ValueClass) -> Utrn:
    """A token.

    Args:
        key: whose, and for which meter.
        counter: originator counter of 64 bits; its low half is zero.
        value: 0 to 8191, in the unit of the class.
        value_class: pence or pounds.

    Raises:
        LocalError: when counter or value do not fit.
        MissingKeyError: when the secret of the two parties is not known.
    """
    utrn_counter, low_half = divmod(counter, 1 << COUNTER_SHIFT)
    if low_half or not 0 <= utrn_counter <= _MAXIMUM_COUNTER:
        raise LocalError(f"counter {counter:#x}: expected 64 bits with a low half of zero")
    top_up = TopUp(value, value_class, utrn_counter % COUNTER_SPAN)
    return Utrn(top_up, key.mac(counter, top_up))


def rebuild_counter(truncated: int, highest: int) -> int:
    """The UTRN counter of a token: that nearest to the highest met so far (GBCS 14, Table 27).

    Args:
        truncated: low ten bits, from the token.
        highest: highest UTRN counter that the meter met.

    Raises:
        ProtectionError: when the nearest one is below 0 or has more than 32 bits.
    """
    low = highest % COUNTER_SPAN
    counter = highest - low + truncated
    if truncated < low - _HALF_SPAN:
        counter += COUNTER_SPAN
    elif truncated > low + _HALF_SPAN:
        counter -= COUNTER_SPAN
    if not 0 <= counter <= _MAXIMUM_COUNTER:
        raise ProtectionError(
            Rule.COUNTER, "Utrn.truncated_counter", 0, f"{truncated} is not near {highest}"
        )
    return counter


def verify_utrn(key: TokenKey, utrn: Utrn, highest: int) -> int:
    """The originator counter, 64 bits, of a token that is genuine.

    Args:
        key: whose, and for which meter.
        utrn: the token.
        highest: highest UTRN counter that the meter met.

    Raises:
        ProtectionError: when its MAC is not that of the supplier, for this meter and counter.
        MissingKeyError: when the secret of the two parties is not known.
    """
    counter = rebuild_counter(utrn.top_up.truncated_counter, highest) << COUNTER_SHIFT
    if key.mac(counter, utrn.top_up) != utrn.mac:
        raise ProtectionError(
            Rule.MAC, "Utrn.mac", 0, "not that of this supplier for this meter and counter"
        )
    return counter
