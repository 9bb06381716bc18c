import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

from emulator.gbcs.protection.mac import gmac, message_mac
from emulator.kernel.identity import Eui64

KEY = bytes(range(16))
DEVICE = Eui64(0x00DB1234567890A0)


@pytest.mark.parametrize("covered", [b"", b"\xdf\x09", bytes(300)])
def test_gmac_is_the_tag_of_nothing_with_the_octets_as_associated_data(covered: bytes) -> None:
    encryptor = Cipher(AES(KEY), GCM(bytes.fromhex("00db1234567890a000000000"))).encryptor()
    encryptor.authenticate_additional_data(covered)
    encryptor.finalize()

    assert gmac(KEY, DEVICE, covered) == encryptor.tag


def test_message_mac_covers_the_header_and_keeps_twelve_octets() -> None:
    header = bytes.fromhex("11 0000000000")

    assert message_mac(KEY, DEVICE, b"\xdf\x09") == gmac(KEY, DEVICE, header + b"\xdf\x09")[:12]
