"""Where the certificates of a run come from."""

from pathlib import Path

import pytest

from emulator.crypto.cbke import Suite, decode_certificate
from emulator.crypto.certificate_authority import (
    OTHER_TEST_ISSUER,
    TEST_ISSUER,
    CertificateAuthority,
)
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.lab.home.certificate_office import FILE_NAME, CertificateOffice

METER = Eui64(0x00DB1234567890A0)
SUITE = Suite.SECT283K1
LAB_ISSUER = Eui64(0x1112131415161718)


def lab_file(folder: Path, text: str) -> Path:
    (folder / FILE_NAME).write_text(text)
    return folder


def issuer_of(office: CertificateOffice, *, foreign: bool = False) -> Eui64:
    credentials = office.credentials(METER, (SUITE,), Stream("office"), foreign=foreign)
    return decode_certificate(SUITE, credentials.identities[SUITE].certificate).issuer


def test_run_without_folder_has_certificates_of_the_test_authority() -> None:
    assert issuer_of(CertificateOffice(None)) == TEST_ISSUER


def test_folder_without_file_has_certificates_of_the_test_authority(tmp_path: Path) -> None:
    assert issuer_of(CertificateOffice(tmp_path)) == TEST_ISSUER


def test_foreign_certificate_is_of_another_issuer() -> None:
    assert issuer_of(CertificateOffice(None), foreign=True) == OTHER_TEST_ISSUER


def test_lab_authority_issues_in_place_of_the_test_authority(tmp_path: Path) -> None:
    folder = lab_file(
        tmp_path,
        f'[[authority]]\nsuite = 2\nissuer = "{LAB_ISSUER:016X}"\nprivate_key = "{12345:072X}"\n',
    )

    assert issuer_of(CertificateOffice(folder)) == LAB_ISSUER


def test_lab_identity_is_the_device_own(tmp_path: Path) -> None:
    issued = CertificateAuthority(SUITE, 12345, LAB_ISSUER).issue(METER, Stream("lab"))
    folder = lab_file(
        tmp_path,
        f'[[identity]]\nsuite = 2\neui64 = "{METER:016X}"\n'
        f'certificate = "{issued.certificate.hex()}"\n'
        f'private_key = "{issued.private_key:072x}"\n'
        f'ca_public_key = "{issued.ca_public_key.hex()}"\n',
    )

    found = CertificateOffice(folder).credentials(METER, (SUITE,), Stream("x"), foreign=False)

    assert found.identities[SUITE] == issued


def test_mistake_in_the_lab_file_is_told(tmp_path: Path) -> None:
    folder = lab_file(tmp_path, "[[authority]]\nsuite = 3\n")

    with pytest.raises(UsageError, match=FILE_NAME):
        CertificateOffice(folder)
