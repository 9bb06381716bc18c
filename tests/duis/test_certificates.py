from emulator.duis.certificates import SigningCertificates, signer_of
from emulator.gbcs.pki import make_pki
from emulator.gbcs.protection.certificates import CertificateUsage

PKI = make_pki(1, ())


def test_certificates_are_found_by_serial_number() -> None:
    signers = [each for each in map(signer_of, PKI.credentials) if each is not None]
    known = SigningCertificates(signers)

    for each in signers:
        signs = each.certificate.usage is CertificateUsage.DIGITAL_SIGNATURE
        assert (known.find(each.serial) == each) is signs
    assert known.find(1) is None
    assert all(each.private_key is not None for each in known)
