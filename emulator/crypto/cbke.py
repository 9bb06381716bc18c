"""Certificate-based key establishment: ECQV, ECMQV, key derivation and confirmation.

ZSE 1.4 Annex C with SEC 4 (implicit certificates) and SEC 1 6.2 (MQV). Party U initiates, party V
responds. Points and identities are sent most significant octet first.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from emulator.crypto.accelerator import default_backend
from emulator.crypto.binary_curve import SECT163K1, SECT283K1, BinaryCurve, Point
from emulator.crypto.certificates import (
    AES_MMO_HASH,
    IMPLICIT,
    SECT283K1_CURVE,
    Certificate,
    Suite1Certificate,
    Suite2Certificate,
)
from emulator.crypto.mmo import hmac_mmo, mmo
from emulator.crypto.scalar_multiplication import ScalarBackend
from emulator.kernel.errors import SecurityError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream

_MAC_KEY_COUNTER = b"\x00\x00\x00\x01"
_LINK_KEY_COUNTER = b"\x00\x00\x00\x02"
_FROM_U = b"\x02"
_FROM_V = b"\x03"


class Suite(IntEnum):
    """A key establishment suite, as its bit in KeyEstablishmentSuite (ZSE 1.4 Annex C.3.1.2.1)."""

    SECT163K1 = 1
    SECT283K1 = 2

    @property
    def curve(self) -> BinaryCurve:
        """The curve whose keys are agreed on."""
        return SECT163K1 if self is Suite.SECT163K1 else SECT283K1

    @property
    def certificate_length(self) -> int:
        """Octets of a certificate: 48 or 74."""
        return 48 if self is Suite.SECT163K1 else 74

    @property
    def point_length(self) -> int:
        """Octets of a compressed public key: 22 or 37."""
        return self.curve.point_length

    @property
    def secret_length(self) -> int:
        """Octets of a private key and of the shared secret: 21 or 36."""
        return self.curve.field.octets


@dataclass(frozen=True, slots=True)
class Identity:
    """What one device holds for one suite.

    Args:
        suite: which suite.
        certificate: its encoded certificate.
        private_key: the number that belongs to the key the certificate stands for.
        ca_public_key: the authority's key, compressed.
        eui64: the subject of the certificate.
    """

    suite: Suite
    certificate: bytes
    private_key: int
    ca_public_key: bytes
    eui64: Eui64


@dataclass(frozen=True, slots=True)
class EphemeralKeyPair:
    """A key pair, usually for one key establishment.

    Args:
        private: a number below the order; larger ones are reduced, as Annex C.6 needs it.
        public: the compressed point, as on air.
    """

    private: int
    public: bytes


@dataclass(frozen=True, slots=True)
class KeyMaterial:
    """What is derived from a shared secret: 16 octets each."""

    mac_key: bytes
    link_key: bytes


@dataclass(frozen=True, slots=True)
class Agreement:
    """What both parties hold at the end, 16 octets each; equal on both sides."""

    link_key: bytes
    mac_u: bytes
    mac_v: bytes


def decode_certificate(suite: Suite, certificate: bytes) -> Certificate:
    """The certificate that the octets are in the format of `suite`.

    Raises:
        WireError: when their number is wrong.
        SecurityError: when a suite 2 certificate is for another curve, hash or type.
    """
    if suite is Suite.SECT163K1:
        return Suite1Certificate.decode(certificate)
    decoded = Suite2Certificate.decode(certificate)
    declared = (decoded.type, decoded.curve, decoded.hash)
    if declared != (IMPLICIT, SECT283K1_CURVE, AES_MMO_HASH):
        shown = ", ".join(f"{value:#04x}" for value in declared)
        raise SecurityError(
            f"certificate of type, curve and hash {shown}, expected 0x00, 0x0d, 0x08"
        )
    return decoded


def reconstruct_public_key(
    suite: Suite,
    certificate: bytes,
    ca_public_key: bytes,
    backend: ScalarBackend | None = None,
) -> Point:
    """The public key an implicit certificate stands for: hash * P + CA key (SEC 4 2.4).

    Raises:
        WireError: when the certificate or the authority's key has a wrong length.
        SecurityError: when a point is no valid public key.
    """
    curve = suite.curve
    decoded = decode_certificate(suite, certificate)
    reconstruction = curve.decompress(decoded.public_reconstruction)
    authority = _decompress_authority(curve, ca_public_key)
    digest = int.from_bytes(mmo(certificate), "big")
    multiplier = backend or default_backend()
    key = multiplier.multiply_sum(curve, digest, reconstruction, 1, authority)
    if key is None:
        raise SecurityError("the certificate stands for the point at infinity")
    return key


def ephemeral(
    suite: Suite, stream: Stream, backend: ScalarBackend | None = None
) -> EphemeralKeyPair:
    """A new ephemeral key pair, drawn from `stream`."""
    return key_pair(suite, stream.integer(1, suite.curve.order - 1), backend)


def key_pair(suite: Suite, private: int, backend: ScalarBackend | None = None) -> EphemeralKeyPair:
    """The key pair of a given private key, which is reduced modulo the order.

    Raises:
        SecurityError: when the key is a multiple of the order.
    """
    curve = suite.curve
    point = (backend or default_backend()).multiply(curve, private, curve.generator)
    if point is None:
        raise SecurityError("a private key that is a multiple of the order")
    return EphemeralKeyPair(private, curve.compress(point))


def shared_secret(
    own: Identity,
    own_ephemeral: EphemeralKeyPair,
    peer_public: Point,
    peer_ephemeral: Point,
    backend: ScalarBackend | None = None,
) -> bytes:
    """The x coordinate both parties come to: 21 or 36 octets (SEC 1 6.2, with the cofactor).

    Raises:
        SecurityError: when the parties' keys add up to the point at infinity.
    """
    curve = own.suite.curve
    own_x = int.from_bytes(own_ephemeral.public[1:], "big")
    implicit = own_ephemeral.private + _associate(curve, own_x) * own.private_key
    scalar = curve.cofactor * implicit % curve.order
    point = (backend or default_backend()).multiply_sum(
        curve, scalar, peer_ephemeral, scalar * _associate(curve, peer_ephemeral.x), peer_public
    )
    if point is None:
        raise SecurityError("the shared secret is the point at infinity (SEC 1 6.2)")
    return point.x.to_bytes(own.suite.secret_length, "big")


def derive(shared: bytes) -> KeyMaterial:
    """Both keys that come from a shared secret (ZSE 1.4 Annex C.4.2.3, no shared info)."""
    return KeyMaterial(mmo(shared + _MAC_KEY_COUNTER), mmo(shared + _LINK_KEY_COUNTER))


def mac_u(
    mac_key: bytes, eui64_u: Eui64, eui64_v: Eui64, ephemeral_u: bytes, ephemeral_v: bytes
) -> bytes:
    """What the initiator confirms the key with; ephemeral keys compressed, as on air."""
    return hmac_mmo(
        mac_key, _FROM_U + _octets(eui64_u) + _octets(eui64_v) + ephemeral_u + ephemeral_v
    )


def mac_v(
    mac_key: bytes, eui64_u: Eui64, eui64_v: Eui64, ephemeral_u: bytes, ephemeral_v: bytes
) -> bytes:
    """What the responder confirms the key with; ephemeral keys compressed, as on air."""
    return hmac_mmo(
        mac_key, _FROM_V + _octets(eui64_v) + _octets(eui64_u) + ephemeral_v + ephemeral_u
    )


def agree(  # noqa: PLR0913 - both parties' inputs and the side: a record would only rename them
    own: Identity,
    own_ephemeral: EphemeralKeyPair,
    peer_certificate: bytes,
    peer_ephemeral_public: bytes,
    *,
    initiator: bool,
    backend: ScalarBackend | None = None,
) -> Agreement:
    """Everything one party computes once it has the other's certificate and ephemeral key.

    Args:
        own: this party's identity.
        own_ephemeral: this party's ephemeral key pair.
        peer_certificate: as on air.
        peer_ephemeral_public: as on air.
        initiator: whether this party is U.
        backend: who multiplies points; the default backend unless given.

    Raises:
        WireError: when the certificate or the ephemeral key has a wrong length.
        SecurityError: when one of them is not valid.
    """
    suite = own.suite
    peer_ephemeral = suite.curve.decompress(peer_ephemeral_public)
    peer_public = reconstruct_public_key(suite, peer_certificate, own.ca_public_key, backend)
    keys = derive(shared_secret(own, own_ephemeral, peer_public, peer_ephemeral, backend))
    own_side = (own.eui64, own_ephemeral.public)
    peer_side = (decode_certificate(suite, peer_certificate).subject, peer_ephemeral_public)
    u, v = (own_side, peer_side) if initiator else (peer_side, own_side)
    parties = (u[0], v[0], u[1], v[1])
    return Agreement(keys.link_key, mac_u(keys.mac_key, *parties), mac_v(keys.mac_key, *parties))


def _associate(curve: BinaryCurve, x: int) -> int:
    """The associate value: the low half of x, with the bit above it set (SEC 1 6.2 step 2)."""
    bits = (curve.order.bit_length() + 1) // 2
    return x % (1 << bits) | 1 << bits


@lru_cache(maxsize=16)
def _decompress_authority(curve: BinaryCurve, ca_public_key: bytes) -> Point:
    return curve.decompress(ca_public_key)


def _octets(eui64: Eui64) -> bytes:
    return eui64.to_bytes(8, "big")
