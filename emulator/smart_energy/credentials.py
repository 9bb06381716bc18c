"""What a device brings to key establishment: its certificates, one a suite, and their issuers."""

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.crypto.cbke import Identity, Suite, decode_certificate
from emulator.crypto.certificates import Certificate
from emulator.crypto.scalar_multiplication import ScalarBackend
from emulator.kernel.errors import PeerError, SecurityError
from emulator.kernel.identity import Eui64
from emulator.smart_energy.primitives import TerminateStatus


@dataclass(frozen=True, slots=True)
class Credentials:
    """The identities of one device, and who multiplies points for it."""

    identities: Mapping[Suite, Identity]
    backend: ScalarBackend | None = None

    @property
    def suites(self) -> int:
        """KeyEstablishmentSuite as the attribute has it: a bit for each suite (Annex C.3.1.2.1)."""
        return sum(self.identities)

    def best_common(self, suites: int) -> Suite | None:
        """The highest suite that we and a partner with these bits both have."""
        common = [suite for suite in self.identities if suite & suites]
        return max(common, default=None)

    def check(self, suite: Suite, certificate: bytes, subject: Eui64) -> TerminateStatus | None:
        """Why a partner's certificate is not acceptable; None when it is (Annex C.3.1.2.3)."""
        try:
            theirs = decode_certificate(suite, certificate)
        except SecurityError:
            return TerminateStatus.INVALID_CERTIFICATE
        except PeerError:
            return TerminateStatus.BAD_MESSAGE
        if theirs.issuer != self._certificate(suite).issuer:
            return TerminateStatus.UNKNOWN_ISSUER
        if theirs.subject != subject:
            return TerminateStatus.INVALID_CERTIFICATE
        return None

    def _certificate(self, suite: Suite) -> Certificate:
        return decode_certificate(suite, self.identities[suite].certificate)
