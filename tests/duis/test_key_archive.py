import io
import zipfile

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from emulator.duis.key_archive import key_archive
from emulator.gbcs.pki import DEFAULT_ORGANISATIONS, make_pki
from emulator.kernel.identity import Eui64

PKI = make_pki(1, [Eui64(0x00DB1234567890A0)])


def test_every_certificate_lies_beside_its_private_key() -> None:
    archive = zipfile.ZipFile(io.BytesIO(key_archive(PKI.credentials)))
    names = archive.namelist()
    certificates = [name for name in names if "/cert/" in name]

    assert len(certificates) == sum(len(each.uses) for each in DEFAULT_ORGANISATIONS)
    for name in certificates:
        certificate = x509.load_pem_x509_certificate(archive.read(name))
        beside = name.replace("/cert/", "/key/").replace(".pem", ".key")
        key = load_pem_private_key(archive.read(beside), None)
        assert isinstance(key, EllipticCurvePrivateKey)
        assert key.public_key() == certificate.public_key()


def test_devices_keep_their_keys() -> None:
    device = [each for each in PKI.credentials if each.role is None]

    assert device
    assert zipfile.ZipFile(io.BytesIO(key_archive(device))).namelist() == []


def test_equal_keys_give_equal_archives() -> None:
    assert key_archive(PKI.credentials) == key_archive(PKI.credentials)
