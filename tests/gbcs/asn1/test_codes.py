from emulator.gbcs.asn1.codes import KeyUsage, StatusCode
from emulator.gbcs.remote_party_role import RemotePartyRole


def test_numbers_without_a_name_are_kept() -> None:
    assert RemotePartyRole(99) == 99
    assert StatusCode(3).name == "unknown(0x03)"


def test_key_usage_bits_are_those_of_certificates() -> None:
    assert KeyUsage.DIGITAL_SIGNATURE | KeyUsage.KEY_AGREEMENT == 0x88
    assert KeyUsage.KEY_CERT_SIGN | KeyUsage.CRL_SIGN == 0x06
