"""Install codes: what is printed on a device, and the link key it stands for (ZSE 1.4 5.4.8.1)."""

from dataclasses import dataclass
from string import hexdigits
from typing import Final, Self

from emulator.crypto.mmo import mmo
from emulator.kernel.errors import UsageError

CODE_LENGTHS: Final = (6, 8, 12, 16)
CRC_LENGTH: Final = 2

_REFLECTED_POLYNOMIAL: Final = 0x8408
"""x^16 + x^12 + x^5 + 1 with the low bit first."""
_ALL_ONES: Final = 0xFFFF
_SEPARATORS: Final = str.maketrans("", "", " -")


def crc16_x25(data: bytes) -> int:
    """The CRC-16/X-25 of `data` (ITU-T X.25 2.2.7.4), as install codes end in it."""
    remainder = _ALL_ONES
    for octet in data:
        remainder ^= octet
        for _ in range(8):
            odd = remainder & 1
            remainder >>= 1
            if odd:
                remainder ^= _REFLECTED_POLYNOMIAL
    return remainder ^ _ALL_ONES


@dataclass(frozen=True, slots=True)
class InstallCode:
    """An install code of 6, 8, 12 or 16 octets.

    Args:
        octets: the code without its CRC.

    Raises:
        UsageError: when the number of octets is none of these.
    """

    octets: bytes

    def __post_init__(self) -> None:
        if len(self.octets) not in CODE_LENGTHS:
            raise UsageError(
                f"install code of {len(self.octets)} octets, expected 6, 8, 12 or 16 without CRC"
            )

    @classmethod
    def from_octets(cls, octets: bytes) -> Self:
        """The install code for octets that come without a CRC, which is derived."""
        return cls(octets)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The install code that is printed as `text`, with its CRC; spaces and `-` are allowed.

        Raises:
            UsageError: when a character is no hexadecimal digit, their count is wrong or the CRC
                does not match; the message says what was there and what was expected.
        """
        digits = text.strip().translate(_SEPARATORS)
        _check_digits(text, digits)
        printed = bytes.fromhex(digits)
        code = cls(printed[:-CRC_LENGTH])
        crc = printed[-CRC_LENGTH:]
        if crc != code.crc:
            expected = code.crc.hex().upper()
            raise UsageError(f"install code {text!r}: CRC {crc.hex().upper()}, expected {expected}")
        return code

    @property
    def crc(self) -> bytes:
        """The two octets of CRC in the order they are printed, low octet first."""
        return crc16_x25(self.octets).to_bytes(CRC_LENGTH, "little")

    @property
    def printed(self) -> str:
        """The code and its CRC in hexadecimal, as on the device."""
        return (self.octets + self.crc).hex().upper()

    @property
    def link_key(self) -> bytes:
        """The preconfigured link key: AES-MMO of code and CRC (ZSE 1.4 5.4.8.1.2)."""
        return mmo(self.octets + self.crc)


def _check_digits(text: str, digits: str) -> None:
    stray = next((character for character in digits if character not in hexdigits), None)
    if stray is not None:
        raise UsageError(f"install code {text!r}: {stray!r} is no hexadecimal digit")
    counts = tuple(2 * (length + CRC_LENGTH) for length in CODE_LENGTHS)
    if len(digits) not in counts:
        expected = ", ".join(map(str, counts[:-1]))
        raise UsageError(
            f"install code {text!r}: {len(digits)} hexadecimal digits, "
            f"expected {expected} or {counts[-1]} with CRC"
        )
