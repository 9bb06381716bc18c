from hypothesis import given
from hypothesis import strategies as st

from emulator.radio.fcs import fcs, fcs_right, with_fcs


def slow_fcs(mpdu: bytes) -> int:
    """Bit by bit, as IEEE 802.15.4-2006 Figure 45 draws the shift register."""
    register = 0
    for octet in mpdu:
        for bit in range(8):
            feedback = (register ^ octet >> bit) & 1
            register = register >> 1 ^ (0x8408 if feedback else 0)
    return register


def test_fcs_of_the_acknowledgement_in_the_standard() -> None:
    # IEEE 802.15.4-2006 7.2.1.9, bits as sent: 0100 0000 0000 0000 0101 0110
    mpdu = bytes.fromhex(
        "0200"  # frame control
        "6a"  # sequence number
    )

    # bits as sent: 0010 0111 1001 1110
    assert fcs(mpdu) == bytes.fromhex("e479")


@given(st.binary(max_size=130))
def test_fcs_is_the_shift_register_of_the_standard(mpdu: bytes) -> None:
    assert fcs(mpdu) == slow_fcs(mpdu).to_bytes(2, "little")


@given(st.binary(min_size=1, max_size=125), st.integers(min_value=0))
def test_one_wrong_bit_is_found(mpdu: bytes, bit: int) -> None:
    psdu = bytearray(with_fcs(mpdu))
    bit %= 8 * len(psdu)

    psdu[bit // 8] ^= 1 << bit % 8

    assert fcs_right(with_fcs(mpdu))
    assert not fcs_right(bytes(psdu))


def test_octets_too_few_for_an_fcs_have_no_right_one() -> None:
    assert not fcs_right(b"\x00\x00")
