"""The keys of client software that was written for DCC Boxed, as its key store has them.

The key store of DCC's npm packages is one JSON document: EUI-64, use, serial number; then the
certificate and private key in PEM, a name, and the role as a number. These are published test keys;
they are read where they lie and never kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from emulator.duis.certificates import Signer
from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs.protection.key_store import Credential, KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import EnvironmentFault, UsageError, WireError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.json_text import parse_json

_LARGEST: Final = 8 << 20
_PREPAYMENT: Final = "PP"
"""In the name of a key for prepayment top-ups, which its certificate does not tell."""
_NEEDED: Final = tuple(KeyUse)


@dataclass(frozen=True, slots=True)
class ClientKey:
    """One entry of the key store.

    Args:
        name: what the key store calls it.
    """

    name: str
    certificate: Certificate
    private_key: EllipticCurvePrivateKey | None

    @property
    def use(self) -> KeyUse:
        """What it is for."""
        if self.certificate.usage is CertificateUsage.DIGITAL_SIGNATURE:
            return KeyUse.DIGITAL_SIGNATURE
        prepayment = _PREPAYMENT in self.name
        return KeyUse.PREPAYMENT_KEY_AGREEMENT if prepayment else KeyUse.KEY_AGREEMENT


@dataclass(frozen=True, slots=True)
class ClientKeys:
    """A client's key store.

    Args:
        path: where it was read.
        entries: in the order of names, so that of two the same is chosen every time.
        notes: what was left out, and why; two certificates of the published key store are broken.
    """

    path: Path
    entries: tuple[ClientKey, ...]
    notes: tuple[str, ...] = ()

    @property
    def signers(self) -> tuple[Signer, ...]:
        """Everything that documents may be signed under."""
        return tuple(Signer(each.certificate, each.private_key) for each in self.entries)

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """Every certificate."""
        return tuple(each.certificate for each in self.entries)

    def supplier(self, moment: datetime, eui64: Eui64 | None = None) -> tuple[Credential, ...]:
        """The keys of a supplier, one for each use, whose certificates are valid at a moment.

        Args:
            moment: when the home is installed, UTC.
            eui64: whose; None for the first that has them.

        Raises:
            UsageError: when there is none, or its private keys are not there: somebody has to sign
                what commissions the meters.
        """
        own = [
            each
            for each in self.entries
            if each.certificate.role is RemotePartyRole.SUPPLIER
            and each.certificate.valid_at(moment)
        ]
        named = eui64 or min((_party(each) for each in own), default=None)
        found: dict[KeyUse, Credential] = {}
        for each in own:
            if _party(each) == named and each.private_key is not None:
                found.setdefault(each.use, _credential(each))
        if len(found) == len(_NEEDED):
            return tuple(found[use] for use in _NEEDED)
        who = "a supplier" if named is None else format_eui64(named)
        uses = ", ".join(use.value for use in _NEEDED if use not in found)
        raise UsageError(
            f"{self.path}: no keys of {who} that are valid on {moment:%Y-%m-%d}, with private "
            f"keys, for: {uses}; --start says when the home is installed"
        )


def read_client_keys(path: Path) -> ClientKeys:
    """The key store in a JSON document.

    Raises:
        UsageError: when nothing in it is a certificate with a key.
        EnvironmentFault: when the file cannot be read.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"{path}: larger than any key store, at most {_LARGEST} octets")
        document = parse_json(path.read_bytes())
    except OSError as fault:
        raise EnvironmentFault(f"{path}: cannot be read: {fault.strerror}") from fault
    except ValueError as fault:
        raise UsageError(f"{path}: no JSON document: {fault}") from fault
    entries, notes = [], []
    for place, entry in _entries(document):
        try:
            entries.append(_read(entry))
        except (KeyError, TypeError, ValueError, UnsupportedAlgorithm, WireError) as fault:
            notes.append(f"{path}: {place} is left out: {fault}")
    if not entries:
        raise UsageError(*(notes or [f"{path}: no key store: expected EUI-64, use and serial"]))
    return ClientKeys(path, tuple(sorted(entries, key=lambda each: each.name)), tuple(notes))


def _entries(document: Any) -> Iterable[tuple[str, Any]]:
    """Every entry with where it stands; what is no object has none."""
    for party, uses in _items(document):
        for use, serials in _items(uses):
            for serial, entry in _items(serials):
                yield f"{party} {use} {serial}", entry


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    return value.items() if isinstance(value, dict) else ()


def _read(entry: Any) -> ClientKey:
    read = x509.load_pem_x509_certificate(entry["certificate"].encode())
    certificate = Certificate.decode(read.public_bytes(Encoding.DER))
    written = entry.get("privateKey")
    key = None if written is None else load_pem_private_key(written.encode(), None)
    if key is not None and not isinstance(key, EllipticCurvePrivateKey):
        raise TypeError("the private key is none on P-256")
    return ClientKey(str(entry.get("name", "")), certificate, key)


def _party(key: ClientKey) -> Eui64:
    party = key.certificate.eui64
    return Eui64(0) if party is None else party


def _credential(key: ClientKey) -> Credential:
    return Credential(
        eui64=_party(key),
        use=key.use,
        public_key=key.certificate.public_key,
        certificate=key.certificate,
        private_key=key.private_key,
    )
