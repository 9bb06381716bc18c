"""What a device brings to key establishment: its certificates, one a suite, and their issuers."""

from collections.abc import Mapping
from dataclasses import dataclass

from emulator.crypto.cbke import Identity, Suite, decode_certificate
from emulator.crypto.certificates import Certificate, out_of_date
from emulator.crypto.scalar_multiplication import ScalarBackend
from emulator.kernel.errors import PeerError, SecurityError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import START, Calendar, Instant
from emulator.smart_energy.primitives import TerminateStatus


@dataclass(frozen=True, slots=True)
class Credentials:
    """The identities of one device, and who multiplies points for it."""

    identities: Mapping[Suite, Identity]
    backend: ScalarBackend | None = None
    calendar: Calendar | None = None
    """By which dates of certificates are checked; None for a device that knows no date."""

    @property
    def suites(self) -> int:
        """KeyEstablishmentSuite as the attribute has it: a bit for each suite (Annex C.3.1.2.1)."""
        return sum(self.identities)

    def best_common(self, suites: int) -> Suite | None:
        """The highest suite that we and a partner with these bits both have."""
        common = [suite for suite in self.identities if suite & suites]
        return max(common, default=None)

    def check(
        self, suite: Suite, certificate: bytes, subject: Eui64, now: Instant = START
    ) -> TerminateStatus | None:
        """Why a partner's certificate is not acceptable; None when it is (Annex C.3.1.2.3)."""
        try:
            theirs = decode_certificate(suite, certificate)
        except SecurityError:
            return TerminateStatus.INVALID_CERTIFICATE
        except PeerError:
            return TerminateStatus.BAD_MESSAGE
        if theirs.issuer != self._certificate(suite).issuer:
            return TerminateStatus.UNKNOWN_ISSUER
        if theirs.subject != subject or self._late(theirs, now):
            return TerminateStatus.INVALID_CERTIFICATE
        return None

    def blame(self, suite: Suite, certificate: bytes, subject: Eui64, now: Instant) -> str:
        """What exactly is wrong with a certificate, in words; empty where no more is known."""
        try:
            theirs = decode_certificate(suite, certificate)
        except (PeerError, SecurityError) as fault:
            return str(fault)
        if theirs.issuer != (ours := self._certificate(suite).issuer):
            return f"issuer {format_eui64(theirs.issuer)}, ours is {format_eui64(ours)}"
        if theirs.subject != subject:
            return f"it is of {format_eui64(theirs.subject)}, its sender is {format_eui64(subject)}"
        return self._late(theirs, now)

    def _late(self, certificate: Certificate, now: Instant) -> str:
        if self.calendar is None:
            return ""
        return out_of_date(certificate, int(self.calendar.moment(now).timestamp()))

    def _certificate(self, suite: Suite) -> Certificate:
        return decode_certificate(suite, self.identities[suite].certificate)
