"""Keys by owner and use: certificates, bare public keys, and the private keys that are at hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.ec import (
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
)

from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64


class KeyUse(StrEnum):
    """What a key is for; the value ends the names of its files.

    Certificates do not tell the two kinds of key agreement apart (GBCS 13.3, cell usage).
    """

    DIGITAL_SIGNATURE = "ds"
    KEY_AGREEMENT = "ka"
    PREPAYMENT_KEY_AGREEMENT = "pp-ka"

    @property
    def usage(self) -> CertificateUsage:
        """What a certificate for this use must say."""
        if self is KeyUse.DIGITAL_SIGNATURE:
            return CertificateUsage.DIGITAL_SIGNATURE
        return CertificateUsage.KEY_AGREEMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """One key of one party.

    Args:
        eui64: whose.
        use: for what.
        public_key: the half that everybody knows.
        certificate: what vouches for it, None for a bare key.
        private_key: the other half, when it is at hand.
    """

    eui64: Eui64
    use: KeyUse
    public_key: EllipticCurvePublicKey
    certificate: Certificate | None = None
    private_key: EllipticCurvePrivateKey | None = None

    @property
    def role(self) -> RemotePartyRole | None:
        """Role of the organisation that owns it; None for a device or a bare key."""
        return None if self.certificate is None else self.certificate.role


class KeyStore:
    """The credentials of every known party.

    Args:
        credentials: one for each party and use.
        authorities: certificates of root and issuing authorities.

    Raises:
        UsageError: when a party has two credentials for one use.
    """

    def __init__(
        self, credentials: Iterable[Credential], authorities: Iterable[Certificate] = ()
    ) -> None:
        self._credentials: dict[tuple[Eui64, KeyUse], Credential] = {}
        self._roles: dict[Eui64, RemotePartyRole | None] = {}
        self._devices: set[Eui64] = set()
        self.authorities = tuple(authorities)
        parties: dict[RemotePartyRole, set[Eui64]] = {}
        for credential in credentials:
            self._add(credential, parties)
        self._by_role = {role: tuple(sorted(named)) for role, named in parties.items()}

    def _add(self, credential: Credential, parties: dict[RemotePartyRole, set[Eui64]]) -> None:
        key = (credential.eui64, credential.use)
        if key in self._credentials:
            raise UsageError(
                f"{format_eui64(credential.eui64)} has two keys for {credential.use.value}"
            )
        self._credentials[key] = credential
        self._roles.setdefault(credential.eui64, credential.role)
        if credential.role is not None:
            parties.setdefault(credential.role, set()).add(credential.eui64)
        elif credential.certificate is not None:
            self._devices.add(credential.eui64)

    def __iter__(self) -> Iterator[Credential]:
        return iter(self._credentials.values())

    def __len__(self) -> int:
        return len(self._credentials)

    def find(self, eui64: Eui64, use: KeyUse) -> Credential | None:
        """The credential of a party for a use, if the store has it."""
        return self._credentials.get((eui64, use))

    def knows(self, eui64: Eui64) -> bool:
        """Whether the store has any key of a party."""
        return eui64 in self._roles

    def role(self, eui64: Eui64) -> RemotePartyRole | None:
        """Role of an organisation; None for a device and for whoever is unknown."""
        return self._roles.get(eui64)

    def is_device(self, eui64: Eui64) -> bool:
        """Whether a party has a device certificate."""
        return eui64 in self._devices

    def with_role(self, role: RemotePartyRole) -> tuple[Eui64, ...]:
        """The parties of a role, in the order of their EUI-64s."""
        return self._by_role.get(role, ())
