"""A certificate authority that issues implicit certificates by ECQV (SEC 4 2.3 to 2.5).

For test networks only: the two authorities made here have published private keys, and their
issuer names say that they are for tests.
"""

from dataclasses import dataclass, field
from hashlib import sha512
from typing import Final, Self

from emulator.crypto.accelerator import default_backend
from emulator.crypto.cbke import Identity, Suite, key_pair
from emulator.crypto.certificates import (
    AES_MMO_HASH,
    AGREEMENT_AND_SIGNATURE,
    FOREVER,
    IMPLICIT,
    SECT283K1_CURVE,
    Suite1Certificate,
    Suite2Certificate,
)
from emulator.crypto.mmo import mmo
from emulator.crypto.scalar_multiplication import ScalarBackend
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream

TEST_ISSUER: Final = Eui64(int.from_bytes(b"HANLTEST", "big"))
"""Issuer of our own test certificates; its octets read HANLTEST."""
OTHER_TEST_ISSUER: Final = Eui64(int.from_bytes(b"OTHRTEST", "big"))
"""An issuer that networks of `TEST_ISSUER` do not know; its octets read OTHRTEST."""

_SUITE_1_ATTRIBUTES: Final = bytes.fromhex("0109 0000 000000000000")
"""Profile 0109 (Smart Energy) first, as in every certificate seen; the rest is the issuer's."""
_VALID_FROM: Final = 1_577_836_800
"""2020-01-01T00:00:00Z in Unix seconds."""


@dataclass(frozen=True, slots=True)
class CertificateAuthority:
    """Who issues the certificates of one suite.

    Args:
        suite: which suite.
        private_key: from 1 to the order less 1.
        issuer_id: what certificates name as their issuer.
        backend: who multiplies points; the default backend unless given.
        valid_from: seconds since 1970-01-01, in certificates of suite 2.
        valid_for: seconds from then on; `FOREVER` stands for ever.

    Raises:
        LocalError: when the private key is out of range.
    """

    suite: Suite
    private_key: int
    issuer_id: Eui64
    backend: ScalarBackend | None = None
    valid_from: int = _VALID_FROM
    valid_for: int = FOREVER
    public_key: bytes = field(init=False)
    """The compressed public key, as devices hold it."""

    def __post_init__(self) -> None:
        if not 0 < self.private_key < self.suite.curve.order:
            raise LocalError("an authority's private key lies between 1 and the order less 1")
        public_key = key_pair(self.suite, self.private_key, self._multiplier).public
        object.__setattr__(self, "public_key", public_key)

    @classmethod
    def test(cls, suite: Suite, backend: ScalarBackend | None = None) -> Self:
        """Our own test authority; everybody can know its private key."""
        return cls(suite, _published_key(suite, TEST_ISSUER), TEST_ISSUER, backend)

    @classmethod
    def other_test(cls, suite: Suite, backend: ScalarBackend | None = None) -> Self:
        """Another test authority, with another key, that a network of `test` does not know."""
        return cls(suite, _published_key(suite, OTHER_TEST_ISSUER), OTHER_TEST_ISSUER, backend)

    def issue(self, eui64: Eui64, stream: Stream) -> Identity:
        """An identity for a device: both sides of the issuing, with all numbers from `stream`.

        The device's and the authority's contributions k_u and k only ever matter as their sum
        here: P = (k_u + k) G, and the device's key is e (k_u + k) + d_CA (SEC 4 2.4 and 2.5).
        """
        order = self.suite.curve.order
        contribution = stream.integer(1, order - 1)
        point = key_pair(self.suite, contribution, self._multiplier).public
        certificate = self._certificate(eui64, point, stream)
        digest = int.from_bytes(mmo(certificate), "big")
        private_key = (digest * contribution + self.private_key) % order
        return Identity(self.suite, certificate, private_key, self.public_key, eui64)

    def _certificate(self, eui64: Eui64, point: bytes, stream: Stream) -> bytes:
        if self.suite is Suite.SECT163K1:
            return Suite1Certificate(point, eui64, self.issuer_id, _SUITE_1_ATTRIBUTES).encode()
        return Suite2Certificate(
            type=IMPLICIT,
            serial=stream.integer(0, 2**64 - 1),
            curve=SECT283K1_CURVE,
            hash=AES_MMO_HASH,
            issuer=self.issuer_id,
            valid_from=self.valid_from,
            valid_for=self.valid_for,
            subject=eui64,
            key_usage=AGREEMENT_AND_SIGNATURE,
            public_reconstruction=point,
        ).encode()

    @property
    def _multiplier(self) -> ScalarBackend:
        return self.backend or default_backend()


def _published_key(suite: Suite, issuer: Eui64) -> int:
    digest = sha512(f"hanlab test authority {issuer:016x} suite {suite.value}".encode()).digest()
    return int.from_bytes(digest, "big") % (suite.curve.order - 1) + 1
