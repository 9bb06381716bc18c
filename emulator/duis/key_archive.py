"""The keys of organisations as one archive, as DCC Boxed offers them for download.

DCC's tool that builds a key store takes each `.pem` in a folder `cert` with the `.key` of the same
name in the folder `key` beside it. These are keys of a test PKI, made to be handed out; devices
keep theirs.
"""

import io
import zipfile
from collections.abc import Iterable
from typing import Final

from emulator.gbcs.pki import certificate_pem, private_key_pem
from emulator.gbcs.protection.key_store import Credential, KeyUse
from emulator.kernel.identity import format_eui64

ARCHIVE_PATH: Final = "/assets/crypto/org-crypto.zip"
"""Where clients look for it."""
_FOLDER: Final = "org-crypto"
_MADE: Final = (2026, 1, 1, 0, 0, 0)
"""A date for every entry, so that equal keys give equal archives."""
_USES: Final = {
    KeyUse.DIGITAL_SIGNATURE: "ds",
    KeyUse.KEY_AGREEMENT: "ka",
    KeyUse.PREPAYMENT_KEY_AGREEMENT: "PP-ka",
}
"""As DCC's own archive ends the names of its files."""


def key_archive(credentials: Iterable[Credential]) -> bytes:
    """The archive of every organisation that has a certificate and its private key here.

    Args:
        credentials: also those of devices and bare keys, which are left out.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for each in credentials:
            if each.certificate is None or each.private_key is None or each.role is None:
                continue
            party = format_eui64(each.eui64).replace("-", "")
            name = f"{each.role.name.lower()}-{party}-{_USES[each.use]}"
            _add(archive, f"{_FOLDER}/cert/{name}.pem", certificate_pem(each.certificate))
            _add(archive, f"{_FOLDER}/key/{name}.key", private_key_pem(each.private_key))
    return made.getvalue()


def _add(archive: zipfile.ZipFile, name: str, octets: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _MADE), octets)
