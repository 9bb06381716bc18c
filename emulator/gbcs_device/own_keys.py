"""A device's own keys: certificates in use, and key pairs that wait for one (GBCS 13.3, CS02c-e).

A new key pair is of use only once its certificate came; until then messages are protected with
the old one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    derive_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from emulator.gbcs.asn1.codes import UpdateCertificateResponseCode
from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs.protection.key_store import Credential, KeyUse
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Order of P-256 (FIPS 186-4 D.1.2.3)."""
_REMEMBERED: Final = 256
"""Keys that are remembered by their number: a device that is restored needs the same again."""
_USES: Final = {
    CertificateUsage.DIGITAL_SIGNATURE: KeyUse.DIGITAL_SIGNATURE,
    CertificateUsage.KEY_AGREEMENT: KeyUse.KEY_AGREEMENT,
}


@dataclass(frozen=True, slots=True)
class PreparedKey:
    """A key pair that waits for its certificate.

    Args:
        request: the certification request for it, DER.
        public_key: what the certificate must hold.
        private_key: None where only the request is known.
    """

    request: bytes
    public_key: EllipticCurvePublicKey
    private_key: EllipticCurvePrivateKey | None


class OwnKeys:
    """The keys of one device.

    Args:
        eui64: its own name.
        credentials: one to sign with and one to agree with, with certificates.
        stream: what new keys are drawn from.
    """

    def __init__(self, eui64: Eui64, credentials: Iterable[Credential], stream: Stream) -> None:
        self.eui64 = eui64
        self._held = {each.use: each for each in credentials}
        self._stream = stream
        self._drawn = 0
        self._made_ahead: dict[KeyUse, PreparedKey] = {}
        self._waiting: dict[KeyUse, PreparedKey] = {}

    def find(self, use: KeyUse) -> Credential | None:
        """The key in use."""
        return self._held.get(use)

    @property
    def credentials(self) -> tuple[Credential, ...]:
        """Every key in use."""
        return tuple(self._held.values())

    def prepare(self, use: KeyUse, prepared: PreparedKey) -> None:
        """Have a key pair at hand for the next time one is asked for."""
        self._made_ahead[use] = prepared

    def wait_for(self, use: KeyUse, prepared: PreparedKey) -> None:
        """Have asked for a certificate for this key pair."""
        self._waiting[use] = prepared

    def hold(self, credential: Credential) -> None:
        """Use this key from now on."""
        self._held[credential.use] = credential

    def issue(self, use: KeyUse) -> bytes:
        """A certification request for a new key pair, which replaces one that waited."""
        prepared = self._made_ahead.pop(use, None) or self._new_key(use)
        self._waiting[use] = prepared
        return prepared.request

    def store(self, der: bytes) -> UpdateCertificateResponseCode:
        """Use a new certificate and its key from now on, or why not (CS02d)."""
        codes = UpdateCertificateResponseCode
        try:
            certificate = Certificate.decode(der)
        except WireError as error:
            usage = error.path == "Certificate.key_usage"
            return codes.INVALID_KEY_USAGE if usage else codes.INVALID_CERTIFICATE
        use = _USES.get(certificate.usage)
        if use is None:
            return codes.INVALID_KEY_USAGE
        if certificate.eui64 != self.eui64 or certificate.role is not None:
            return codes.WRONG_DEVICE_IDENTITY
        waiting = self._waiting.get(use)
        if waiting is None:
            return codes.NO_CORRESPONDING_KEY_PAIR_GENERATED
        if _point(waiting.public_key) != _point(certificate.public_key):
            return codes.WRONG_PUBLIC_KEY
        del self._waiting[use]
        self._held[use] = Credential(
            eui64=self.eui64,
            use=use,
            public_key=certificate.public_key,
            certificate=certificate,
            private_key=waiting.private_key,
        )
        return codes.SUCCESS

    def _new_key(self, use: KeyUse) -> PreparedKey:
        key = derive_private_key(self._draw(), SECP256R1())
        return PreparedKey(_request(self._alternative_name(), key, use), key.public_key(), key)

    def _draw(self) -> int:
        self._drawn += 1
        return self._stream.integer(1, _ORDER - 1)

    def _alternative_name(self) -> x509.SubjectAlternativeName:
        """The hardware module name of the certificates in use, which new ones repeat."""
        for credential in self._held.values():
            if credential.certificate is not None:
                read = x509.load_der_x509_certificate(credential.certificate.der)
                return read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        raise LocalError("a device without certificate has no hardware module name")

    def snapshot(self) -> dict[str, Any]:
        """The keys as JSON knows them, private halves included."""
        return {
            "held": [[use.value, *_credential_words(each)] for use, each in self._held.items()],
            "waiting": [[use.value, *_prepared_words(each)] for use, each in self._waiting.items()],
            "drawn": self._drawn,
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave; keys drawn from now on are others than before."""
        self._held = {}
        for use, der, number in state["held"]:
            certificate = Certificate.decode(bytes.fromhex(der))
            self._held[KeyUse(use)] = Credential(
                eui64=self.eui64,
                use=KeyUse(use),
                public_key=certificate.public_key,
                certificate=certificate,
                private_key=_private(number),
            )
        self._waiting = {
            KeyUse(use): PreparedKey(bytes.fromhex(request), _public(point), _private(number))
            for use, request, point, number in state["waiting"]
        }
        while self._drawn < state["drawn"]:
            self._draw()


def _request(name: x509.SubjectAlternativeName, key: EllipticCurvePrivateKey, use: KeyUse) -> bytes:
    """A certification request: no subject, key usage and hardware module name (GBCS 13.3.6)."""
    signing = use is KeyUse.DIGITAL_SIGNATURE
    usage = x509.KeyUsage(
        digital_signature=signing,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=not signing,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([]))
        .add_extension(usage, critical=True)
        .add_extension(name, critical=True)
    )
    return builder.sign(key, SHA256(), ecdsa_deterministic=True).public_bytes(Encoding.DER)


def prepared_from_request(request: bytes) -> PreparedKey:
    """A key pair of which only the certification request is known.

    Raises:
        LocalError: when it is none for a key on an elliptic curve.
    """
    try:
        public_key = x509.load_der_x509_csr(request).public_key()
    except ValueError as error:
        raise LocalError(f"certification request: {error}") from error
    if not isinstance(public_key, EllipticCurvePublicKey):
        raise LocalError("certification request: expected a key on P-256")
    return PreparedKey(request, public_key, None)


def _point(key: EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@lru_cache(maxsize=_REMEMBERED)
def _public(point: str) -> EllipticCurvePublicKey:
    return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), bytes.fromhex(point))


@lru_cache(maxsize=_REMEMBERED)
def _private(number: str | None) -> EllipticCurvePrivateKey | None:
    return None if number is None else derive_private_key(int(number, 16), SECP256R1())


def _number(key: EllipticCurvePrivateKey | None) -> str | None:
    return None if key is None else f"{key.private_numbers().private_value:064x}"


def _credential_words(credential: Credential) -> tuple[str, str | None]:
    if credential.certificate is None:
        raise LocalError("a device's own key has a certificate")
    return credential.certificate.der.hex(), _number(credential.private_key)


def _prepared_words(prepared: PreparedKey) -> tuple[str, str, str | None]:
    return prepared.request.hex(), _point(prepared.public_key).hex(), _number(prepared.private_key)


def with_stand_in_key(credential: Credential, stream: Stream) -> Credential:
    """The credential with some private key where its own is not known: it signs, never rightly."""
    if credential.private_key is not None:
        return credential
    number = stream.integer(1, _ORDER - 1)
    return replace(credential, private_key=derive_private_key(number, SECP256R1()))
