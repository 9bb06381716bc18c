"""Lengths as A-XDR writes them: one octet below 80, else 81 nn or 82 nnnn (IEC 61334-6 6.10)."""

from emulator.kernel.errors import LocalError, WireError


def encode_length(count: int) -> bytes:
    """The shortest form of a length from 0 to 65535.

    Raises:
        LocalError: when the length has no form.
    """
    if 0 <= count < 0x80:
        return bytes((count,))
    if 0x80 <= count <= 0xFF:
        return bytes((0x81, count))
    if 0x100 <= count <= 0xFFFF:
        return bytes((0x82, count >> 8, count & 0xFF))
    raise LocalError(f"length {count}: expected 0 to 65535")


def take_length(octets: bytes, at: int, path: str) -> tuple[int, int]:
    """The length that starts at `at`, and the offset of the octet after it.

    Raises:
        WireError: when it is cut off, indefinite, above 65535, or longer than it needs to be.
    """
    if at >= len(octets):
        raise WireError(path, at, "expected a length, found the end")
    first = octets[at]
    if first < 0x80:
        return first, at + 1
    size = first & 0x7F
    if size not in (1, 2):
        raise WireError(path, at, f"length starts with {first:02X}, expected 00 to 82 without 80")
    end = at + 1 + size
    if end > len(octets):
        raise WireError(path, at, f"length of {size} octets, found {len(octets) - at - 1}")
    count = int.from_bytes(octets[at + 1 : end], "big")
    if count < (0x80 if size == 1 else 0x100):
        raise WireError(
            path, at, f"length {count} in {size + 1} octets, expected the shortest form"
        )
    return count, end
