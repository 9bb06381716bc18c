"""Service requests of DUIS as documents, and a desk that takes them, for tests."""

from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from emulator.dcc.service_request import RequestId
from emulator.duis.certificates import Signer, SigningCertificates, signer_of
from emulator.duis.desk import DuisDesk
from emulator.duis.request import DuisRequest, write_request
from emulator.duis.signature import sign
from emulator.duis.tree import Node, compact
from emulator.gbcs.protection.certificates import Certificate
from emulator.gbcs.protection.key_store import KeyStore, KeyUse
from emulator.kernel.identity import Eui64
from emulator.testing.judges.judges import require
from emulator.testing.judges.reference_data import SHARED_VARIABLE, shared_folder

READ: Final = "ReadInstantaneousImportRegisters"


def signer(keys: KeyStore, party: Eui64) -> Signer:
    """Who signs documents for a party of a key store."""
    found = keys.find(party, KeyUse.DIGITAL_SIGNATURE)
    made = None if found is None else signer_of(found)
    assert made is not None  # noqa: S101 - a scene asks for parties that it has
    return made


def valid_until(by: Signer, end: datetime) -> Signer:
    """The same signer under another certificate, which ends at a moment."""
    key, read = by.private_key, by.read
    assert key is not None  # noqa: S101 - a scene has the keys of its parties
    builder = (
        x509.CertificateBuilder()
        .serial_number(read.serial_number + 1)
        .issuer_name(read.issuer)
        .subject_name(read.subject)
        .not_valid_before(read.not_valid_before_utc)
        .not_valid_after(end)
        .public_key(key.public_key())
    )
    for each in read.extensions:
        builder = builder.add_extension(each.value, each.critical)
    made = builder.sign(key, SHA256(), ecdsa_deterministic=True)
    return Signer(Certificate.decode(made.public_bytes(Encoding.DER)), key)


def desk(keys: KeyStore) -> DuisDesk:
    """A desk that knows everybody of a key store."""
    known = (signer_of(each) for each in keys)
    return DuisDesk(SigningCertificates(each for each in known if each is not None))


def read_registers(request_id: RequestId, variant: int = 1) -> DuisRequest:
    """SRV 4.1.1: read the import registers of an electricity meter."""
    return DuisRequest(
        request_id=request_id, variant=variant, reference="4.1", srv="4.1.1", body=Node(READ)
    )


def signed(request: DuisRequest, by: Signer) -> bytes:
    """A request as a document that somebody signed."""
    return compact(sign(write_request(request), by))


def duis_folder() -> Path:
    """Where the published templates and schemas lie; the test that asks is skipped without."""
    folder = shared_folder() / "duis"
    how = f"{SHARED_VARIABLE} names a folder with duis/templates and duis/schema"
    require("DUIS templates", (folder / "templates").is_dir(), how)
    return folder
