"""Who gives the devices of a run their Zigbee certificates: the lab's own file, or our test CA.

A lab that has certificates or an authority of its own puts them into `zigbee-certificates.toml` in
the folder of `--state` (emulator.crypto.lab_certificates has the format).
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from emulator.crypto.cbke import Identity, Suite
from emulator.crypto.certificate_authority import CertificateAuthority
from emulator.crypto.lab_certificates import LabCertificates, load
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Calendar
from emulator.smart_energy.keys.credentials import Credentials

_YEAR_2020: Final = 366 * 86_400
"""Seconds of that year, with whose start the dates of test certificates begin."""
FILE_NAME: Final = "zigbee-certificates.toml"


class CertificateOffice:
    """Issues or finds the identities of a device.

    Args:
        folder: where the lab's own file may be; None when the run was given no folder.
        calendar: by which devices check the dates of certificates; None for devices without one.

    Raises:
        UsageError: with every mistake in the lab's own file.
    """

    def __init__(self, folder: Path | None, calendar: Calendar | None = None) -> None:
        self._calendar = calendar
        path = None if folder is None else folder / FILE_NAME
        own = path is not None and path.exists()
        self._own = load(path) if own and path is not None else LabCertificates()

    def credentials(
        self,
        eui64: Eui64,
        suites: Sequence[Suite],
        stream: Stream,
        *,
        foreign: bool,
        expired: bool = False,
    ) -> Credentials:
        """The identities of a device, one a suite.

        Args:
            eui64: of the device.
            suites: which.
            stream: where drawn numbers come from.
            foreign: they come from an issuer that nobody knows.
            expired: they were valid in 2020 only, where the suite has dates.
        """
        issue = self._foreign if foreign else self._expired if expired else self._trusted
        identities = {suite: issue(suite, eui64, stream) for suite in suites}
        return Credentials(identities, calendar=self._calendar)

    def _trusted(self, suite: Suite, eui64: Eui64, stream: Stream) -> Identity:
        identity = self._own.identity(eui64, suite)
        return identity or self._authority(suite).issue(eui64, stream)

    def _foreign(self, suite: Suite, eui64: Eui64, stream: Stream) -> Identity:
        return CertificateAuthority.other_test(suite).issue(eui64, stream)

    def _expired(self, suite: Suite, eui64: Eui64, stream: Stream) -> Identity:
        return replace(self._authority(suite), valid_for=_YEAR_2020).issue(eui64, stream)

    def _authority(self, suite: Suite) -> CertificateAuthority:
        own = (each for each in self._own.authorities if each.suite is suite)
        return next(own, None) or CertificateAuthority.test(suite)
