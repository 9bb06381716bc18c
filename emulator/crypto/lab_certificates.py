"""A lab's own Zigbee certificates and keys, test or production, read from a TOML file.

    [[identity]]                    # any number of them
    suite = 2                       # 1: sect163k1, 2: sect283k1
    eui64 = "0A-0B-0C-0D-0E-0F-10-12"
    certificate = "0084A933 ..."    # hexadecimal; 48 octets for suite 1, 74 for suite 2
    private_key = "00F2561A ..."    # hexadecimal; 21 octets for suite 1, 36 for suite 2
    ca_public_key = "0207A445 ..."  # hexadecimal; compressed, 22 or 37 octets

    [[authority]]                   # optional: issues identities for other devices
    suite = 2
    issuer = "11-12-13-14-15-16-17-18"
    private_key = "..."

Spaces inside hexadecimal are ignored. Every identity is checked: its private key belongs to the
key its certificate stands for. Private keys never appear in a message.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from emulator.crypto.accelerator import default_backend
from emulator.crypto.cbke import Identity, Suite, decode_certificate, reconstruct_public_key
from emulator.crypto.certificate_authority import CertificateAuthority
from emulator.crypto.scalar_multiplication import ScalarBackend
from emulator.kernel.errors import PeerError, UsageError
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64
from emulator.kernel.text_files import read_text
from emulator.kernel.toml_text import parse_toml

Read = TypeVar("Read")

_IDENTITY_KEYS: Final = ("suite", "eui64", "certificate", "private_key", "ca_public_key")
_AUTHORITY_KEYS: Final = ("suite", "issuer", "private_key")


@dataclass(frozen=True, slots=True)
class LabCertificates:
    """What a lab's file holds."""

    identities: tuple[Identity, ...] = ()
    authorities: tuple[CertificateAuthority, ...] = ()

    def identity(self, eui64: Eui64, suite: Suite) -> Identity | None:
        """The identity of a device for a suite, if the file has one."""
        for identity in self.identities:
            if (identity.eui64, identity.suite) == (eui64, suite):
                return identity
        return None


def load(path: Path, backend: ScalarBackend | None = None) -> LabCertificates:
    """The identities and authorities in a file.

    Raises:
        UsageError: when the file cannot be read, or with one line for every mistake in it.
    """
    return parse(read_text(path), str(path), backend)


def parse(text: str, name: str, backend: ScalarBackend | None = None) -> LabCertificates:
    """The identities and authorities in the text of a file called `name`.

    Raises:
        UsageError: with one line for every mistake.
    """
    document = parse_toml(text, name)
    reader = _Reader(name, backend or default_backend())
    reader.known(document, "", ("identity", "authority"))
    identities = reader.each(document, "identity", reader.identity)
    reader.distinct(identities)
    authorities = reader.each(document, "authority", reader.authority)
    if reader.problems:
        raise UsageError(*reader.problems)
    return LabCertificates(tuple(identities), tuple(authorities))


class _Reader:
    """Reads tables and keeps one line for every mistake instead of stopping at the first."""

    def __init__(self, name: str, backend: ScalarBackend) -> None:
        self.problems: list[str] = []
        self._name = name
        self._backend = backend

    def each(
        self,
        document: Mapping[str, Any],
        kind: str,
        read: Callable[[Mapping[str, Any], str], Read | None],
    ) -> list[Read]:
        tables = document.get(kind, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._problem(kind, f"expected tables that start with [[{kind}]]")
            return []
        read_all = [read(table, f"{kind} {at}") for at, table in enumerate(tables, start=1)]
        return [value for value in read_all if value is not None]

    def identity(self, table: Mapping[str, Any], place: str) -> Identity | None:
        self.known(table, f"{place}: ", _IDENTITY_KEYS)
        suite = self._suite(table, place)
        eui64 = self._eui64(table, place, "eui64")
        if suite is None:
            return None
        certificate = self._octets(table, place, "certificate", suite.certificate_length)
        private_key = self._private_key(table, place, suite)
        authority = self._octets(table, place, "ca_public_key", suite.point_length)
        if eui64 is None or certificate is None or private_key is None or authority is None:
            return None
        identity = Identity(suite, certificate, private_key, authority, eui64)
        self._check(identity, place)
        return identity

    def authority(self, table: Mapping[str, Any], place: str) -> CertificateAuthority | None:
        self.known(table, f"{place}: ", _AUTHORITY_KEYS)
        suite = self._suite(table, place)
        issuer = self._eui64(table, place, "issuer")
        private_key = None if suite is None else self._private_key(table, place, suite)
        if suite is None or issuer is None or private_key is None:
            return None
        return CertificateAuthority(suite, private_key, issuer, self._backend)

    def known(self, table: Mapping[str, Any], place: str, keys: tuple[str, ...]) -> None:
        """Note every key that is none of `keys`."""
        for key in table:
            if key not in keys:
                self.problems.append(
                    f"{self._name}: {place}{key}: unknown key, expected {', '.join(keys)}"
                )

    def distinct(self, identities: list[Identity]) -> None:
        """Note every device that has two identities for one suite."""
        seen = set()
        for identity in identities:
            key = (identity.eui64, identity.suite)
            if key in seen:
                self._problem("identity", f"{format_eui64(key[0])} has suite {key[1].value} twice")
            seen.add(key)

    def _suite(self, table: Mapping[str, Any], place: str) -> Suite | None:
        value = table.get("suite")
        if type(value) is not int or value not in tuple(Suite):
            shown = "is missing" if value is None else repr(value)
            self._problem(f"{place}: suite", f"{shown}, expected 1 or 2")
            return None
        return Suite(value)

    def _eui64(self, table: Mapping[str, Any], place: str, key: str) -> Eui64 | None:
        value = self._text(table, place, key)
        try:
            return None if value is None else parse_eui64(value)
        except UsageError as problem:
            self._problem(f"{place}: {key}", str(problem))
            return None

    def _private_key(self, table: Mapping[str, Any], place: str, suite: Suite) -> int | None:
        octets = self._octets(table, place, "private_key", suite.secret_length)
        if octets is None:
            return None
        number = int.from_bytes(octets, "big")
        if not 0 < number < suite.curve.order:
            self._problem(f"{place}: private_key", "is not between 1 and the order less 1")
            return None
        return number

    def _octets(self, table: Mapping[str, Any], place: str, key: str, length: int) -> bytes | None:
        value = self._text(table, place, key)
        if value is None:
            return None
        try:
            octets = bytes.fromhex(value)
        except ValueError:
            self._problem(f"{place}: {key}", "is not hexadecimal")
            return None
        if len(octets) != length:
            self._problem(f"{place}: {key}", f"{len(octets)} octets, expected {length}")
            return None
        return octets

    def _check(self, identity: Identity, place: str) -> None:
        """Note where subject, certificate, authority and private key do not belong together."""
        suite, curve = identity.suite, identity.suite.curve
        at_fault = "ca_public_key"
        try:
            curve.decompress(identity.ca_public_key)
            at_fault = "certificate"
            subject = decode_certificate(suite, identity.certificate).subject
            public = reconstruct_public_key(
                suite, identity.certificate, identity.ca_public_key, self._backend
            )
        except PeerError as fault:
            self._problem(f"{place}: {at_fault}", str(fault))
            return
        if subject != identity.eui64:
            self._problem(
                f"{place}: eui64",
                f"{format_eui64(identity.eui64)}, expected {format_eui64(subject)}, "
                "the subject of the certificate",
            )
        if self._backend.multiply(curve, identity.private_key, curve.generator) != public:
            self._problem(
                f"{place}: private_key",
                "does not belong to the certificate and ca_public_key",
            )

    def _text(self, table: Mapping[str, Any], place: str, key: str) -> str | None:
        value = table.get(key)
        if isinstance(value, str):
            return value
        reason = "is missing" if value is None else f"{type(value).__name__} without quotes"
        self._problem(f"{place}: {key}", f"{reason}, expected hexadecimal in quotes")
        return None

    def _problem(self, place: str, text: str) -> None:
        self.problems.append(f"{self._name}: {place}: {text}")
