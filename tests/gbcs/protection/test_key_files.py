from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509 import load_pem_x509_certificate

from emulator.gbcs.pki import make_pki, private_key_pem
from emulator.gbcs.protection.key_files import load_keys
from emulator.gbcs.protection.key_store import KeyUse
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_folder

METER = Eui64(0x00DB1234567890A0)
PKI = make_pki(1, (METER,))
FILES = PKI.files()
SIGNING = "00db1234567890a0-ds"
AGREEING = "00db1234567890a0-ka"
SUPPLIER = "0248414e4f524702"


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, octets in files.items():
        (folder / name).write_bytes(octets)


def test_everything_a_pki_writes_is_read(tmp_path: Path) -> None:
    write(tmp_path, FILES)

    folder = load_keys(tmp_path)

    assert {(each.eui64, each.use) for each in folder.keys} == {
        (each.eui64, each.use) for each in PKI.credentials
    }
    assert all(
        each.private_key is not None and each.private_key.public_key() == each.public_key
        for each in folder.keys
    )
    assert len(folder.keys.authorities) == 4
    assert folder.notes == ()


def test_name_alone_tells_the_prepayment_key(tmp_path: Path) -> None:
    write(tmp_path, {name: FILES[name] for name in FILES if name.startswith(SUPPLIER)})

    keys = load_keys(tmp_path).keys

    assert {each.use for each in keys} == set(KeyUse)


def test_der_files_are_read_by_what_they_hold(tmp_path: Path) -> None:
    certificate = load_pem_x509_certificate(FILES[f"{SIGNING}.pem"])
    key = load_pem_private_key(FILES[f"{SIGNING}.key"], None)
    pkcs8 = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    write(tmp_path, {"a.cer": certificate.public_bytes(Encoding.DER), "b.key": pkcs8})

    (credential,) = load_keys(tmp_path).keys

    assert (credential.eui64, credential.use) == (METER, KeyUse.DIGITAL_SIGNATURE)
    assert credential.private_key is not None


def test_certificate_counts_and_not_the_name_of_its_file(tmp_path: Path) -> None:
    write(tmp_path, {f"{SUPPLIER}-ka.pem": FILES[f"{AGREEING}.pem"]})

    folder = load_keys(tmp_path)

    assert folder.keys.find(METER, KeyUse.KEY_AGREEMENT) is not None
    assert folder.notes == (f"{SUPPLIER}-ka.pem: is for 00-DB-12-34-56-78-90-A0",)


@pytest.mark.parametrize("names", [("a.pem", "b.pem"), ("b.pem", "a.pem")])
def test_second_certificate_for_another_key_is_told_and_left(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    other = make_pki(2, (METER,)).files()[f"{SIGNING}.pem"]
    files = dict(zip(names, (FILES[f"{SIGNING}.pem"], other), strict=True))
    write(tmp_path, files)

    folder = load_keys(tmp_path)

    (kept,) = folder.keys
    assert kept.public_key == load_pem_x509_certificate(files["a.pem"]).public_key()
    assert folder.notes[0].startswith("b.pem: another ds key of 00-DB")


def test_second_certificate_for_the_same_key_is_not_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.pem": FILES[f"{SIGNING}.pem"], "b.pem": FILES[f"{SIGNING}.pem"]})

    folder = load_keys(tmp_path)

    assert (len(folder.keys), folder.notes) == (1, ())


def test_certificate_in_der_is_read_under_any_name_and_up_to_64_kib(tmp_path: Path) -> None:
    der = load_pem_x509_certificate(FILES[f"{SIGNING}.pem"]).public_bytes(Encoding.DER)
    filled = FILES[f"{AGREEING}.pem"].ljust(0x1_0000, b"\n")
    write(tmp_path, {"a.pem": der, "b.pem": filled})

    assert len(load_keys(tmp_path).keys) == 2
    write(tmp_path, {"b.pem": filled + b"\n"})
    with pytest.raises(UsageError, match=r"b\.pem: 65537 octets, at most 65536"):
        load_keys(tmp_path)


def test_key_without_certificate_belongs_to_the_name_of_its_file(tmp_path: Path) -> None:
    key = load_pem_private_key(FILES[f"{SIGNING}.key"], None).public_key()
    public = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    write(
        tmp_path,
        {
            "fffffffffffffffe-ds.pem": public,
            "ffffffffffffffff-ka.key": FILES[f"{AGREEING}.key"],
        },
    )

    keys = load_keys(tmp_path).keys

    signing = keys.find(Eui64(0xFFFFFFFFFFFFFFFE), KeyUse.DIGITAL_SIGNATURE)
    agreeing = keys.find(Eui64(0xFFFFFFFFFFFFFFFF), KeyUse.KEY_AGREEMENT)
    assert signing is not None
    assert signing.private_key is None
    assert agreeing is not None
    assert agreeing.private_key is not None


def test_key_of_nobody_is_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            f"{SIGNING}.pem": FILES[f"{SIGNING}.pem"],
            f"{SIGNING}.key": FILES[f"{AGREEING}.key"],
            "mine.key": FILES[f"{SUPPLIER}-ds.key"],
        },
    )

    notes = load_keys(tmp_path).notes

    assert f"{SIGNING}.key: is not the key of 00-DB-12-34-56-78-90-A0; not used" in notes
    assert "mine.key: belongs to no certificate, and its name to nobody" in notes


@pytest.mark.parametrize(
    ("name", "octets"),
    [
        ("a.pem", b"nothing"),
        ("a.pem", b"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n"),
        ("a.key", b"-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n"),
        ("a.key", b"\x00"),
        ("a.der", bytes(0x1_0001)),
        ("a.key", private_key_pem(derive_private_key(5, SECP384R1()))),
        (
            "a.pem",
            Ed25519PrivateKey.from_private_bytes(bytes(32))
            .public_key()
            .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        ),
    ],
)
def test_file_without_a_key_is_bad_input(tmp_path: Path, name: str, octets: bytes) -> None:
    write(tmp_path, {name: octets})

    with pytest.raises(UsageError) as refused:
        load_keys(tmp_path)

    assert str(tmp_path / name) in str(refused.value)


def test_every_bad_file_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.pem": b"", "b.pem": b""})
    (tmp_path / "c.pem").mkdir()

    with pytest.raises(UsageError) as refused:
        load_keys(tmp_path)

    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("name", ["", "missing"])
def test_folder_without_keys_is_bad_input(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"cannot be read|no keys there"):
        load_keys(tmp_path / name)


def test_reference_key_store_is_read_with_its_one_quirk() -> None:
    folder = load_keys(reference_folder() / "keystore")

    assert len(folder.keys) == 418
    assert folder.notes == ("90b3d51f30000007-ka.pem: is for 90-B3-D5-1F-30-03-00-00",)
