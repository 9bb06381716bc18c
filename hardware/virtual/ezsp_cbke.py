"""The commands by which a co-processor agrees a key for its host (ZSE 1.4 Annex C; UG100 CBKE).

It makes an ephemeral key, computes both confirmations once the host has the partner's certificate
and ephemeral key, and keeps the link key when the host says so.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from emulator.crypto.cbke import (
    Agreement,
    EphemeralKeyPair,
    Identity,
    Suite,
    agree,
    decode_certificate,
    ephemeral,
)
from emulator.kernel.errors import PeerError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin
from hardware.ezsp.formats import Octet
from hardware.ezsp.frames import Nothing
from hardware.ezsp.identifiers import Command, EmberStatus, ValueId
from hardware.ezsp.key_formats import (
    CalculateSmacs,
    CalculateSmacs283k1,
    Certificate,
    Certificate283k1,
    PreinstalledData,
    PublicKey,
    PublicKey283k1,
    Smacs,
)
from hardware.virtual.ezsp_part import HostCallback, NcpMemory, NcpSession, Reply, Servers

_NO_MAC: Final = bytes(16)


@dataclass(slots=True)
class _Temporary:
    """What one key establishment holds until it ends."""

    own: EphemeralKeyPair | None = None
    agreement: Agreement | None = None
    partner: Eui64 | None = None


@dataclass(frozen=True, slots=True)
class SuiteCommands:
    """The numbers and shapes of one suite."""

    suite: Suite
    generated: tuple[Command, type[PublicKey] | type[PublicKey283k1]]
    calculated: Command
    certificate: type[Certificate] | type[Certificate283k1]


SUITE_1: Final = SuiteCommands(
    Suite.SECT163K1,
    (Command.GENERATE_CBKE_KEYS_HANDLER, PublicKey),
    Command.CALCULATE_SMACS_HANDLER,
    Certificate,
)
SUITE_2: Final = SuiteCommands(
    Suite.SECT283K1,
    (Command.GENERATE_CBKE_KEYS_HANDLER_283K1, PublicKey283k1),
    Command.CALCULATE_SMACS_HANDLER_283K1,
    Certificate283k1,
)


class NcpKeyEstablishment:
    """Both suites; one exchange of each at a time, as the command set has it.

    Args:
        memory: certificates and private keys.
        session: where a host puts those of suite 2 before it has them saved.
        stream: draws ephemeral keys.
        keep: puts a key into the key table; tells whether there was room.
    """

    def __init__(
        self,
        memory: NcpMemory,
        session: NcpSession,
        stream: Stream,
        keep: Callable[[Eui64, bytes], bool],
    ) -> None:
        self._memory = memory
        self._session = session
        self._stream = stream
        self._keep = keep
        self._temporary = {suite: _Temporary() for suite in Suite}

    @property
    def servers(self) -> Servers:
        """The commands."""
        return {
            Command.GENERATE_CBKE_KEYS: (Nothing, lambda *_: self._generate(SUITE_1)),
            Command.GENERATE_CBKE_KEYS_283K1: (Nothing, lambda *_: self._generate(SUITE_2)),
            Command.CALCULATE_SMACS: (
                CalculateSmacs,
                lambda request, _: self._calculate(SUITE_1, request),
            ),
            Command.CALCULATE_SMACS_283K1: (
                CalculateSmacs283k1,
                lambda request, _: self._calculate(SUITE_2, request),
            ),
            Command.CLEAR_TEMPORARY_DATA: (
                Octet,
                lambda request, _: self._clear(SUITE_1, store=bool(request.value)),
            ),
            Command.CLEAR_TEMPORARY_DATA_283K1: (
                Octet,
                lambda request, _: self._clear(SUITE_2, store=bool(request.value)),
            ),
            Command.GET_CERTIFICATE: (Nothing, lambda *_: self._certificate(SUITE_1)),
            Command.GET_CERTIFICATE_283K1: (Nothing, lambda *_: self._certificate(SUITE_2)),
            Command.SET_PREINSTALLED_CBKE_DATA: (PreinstalledData, self._install),
            Command.SAVE_PREINSTALLED_CBKE_DATA_283K1: (Nothing, self._save),
        }

    def _generate(self, of: SuiteCommands) -> Reply:
        if of.suite not in self._memory.identities:
            return Reply(Octet(EmberStatus.LIBRARY_NOT_PRESENT))
        own = ephemeral(of.suite, self._stream)
        self._temporary[of.suite] = _Temporary(own)
        command, shape = of.generated
        done = HostCallback(command, shape(EmberStatus.SUCCESS, own.public))
        return Reply(Octet(EmberStatus.OPERATION_IN_PROGRESS), (done,))

    def _calculate(self, of: SuiteCommands, request: CalculateSmacs | CalculateSmacs283k1) -> Reply:
        temporary = self._temporary[of.suite]
        identity = self._memory.identities.get(of.suite)
        if temporary.own is None or identity is None:
            return Reply(Octet(EmberStatus.INVALID_CALL))
        try:
            temporary.partner = decode_certificate(of.suite, request.certificate).subject
            temporary.agreement = agree(
                identity,
                temporary.own,
                request.certificate,
                request.ephemeral,
                initiator=bool(request.initiator),
            )
        except PeerError:
            temporary.agreement = None
            told = Smacs(EmberStatus.SECURITY_DATA_INVALID, _NO_MAC, _NO_MAC)
        else:
            agreed = temporary.agreement
            told = Smacs(EmberStatus.SUCCESS, agreed.mac_u, agreed.mac_v)
        done = HostCallback(of.calculated, told)
        return Reply(Octet(EmberStatus.OPERATION_IN_PROGRESS), (done,))

    def _clear(self, of: SuiteCommands, *, store: bool) -> Reply:
        held, self._temporary[of.suite] = self._temporary[of.suite], _Temporary()
        if not store:
            return Reply(Octet(EmberStatus.SUCCESS))
        if held.agreement is None or held.partner is None:
            return Reply(Octet(EmberStatus.INVALID_CALL))
        key = held.agreement.link_key
        if not self._keep(held.partner, key):
            return Reply(Octet(EmberStatus.TABLE_FULL))
        effect = ApsmeSetLinkKeyRequest(held.partner, key, KeyOrigin.CBKE)
        return Reply(Octet(EmberStatus.SUCCESS), (effect,))

    # Certificates

    def _certificate(self, of: SuiteCommands) -> Reply:
        identity = self._memory.identities.get(of.suite)
        if identity is None:
            empty = bytes(of.suite.certificate_length)
            return Reply(of.certificate(EmberStatus.ERR_FATAL, empty))
        return Reply(of.certificate(EmberStatus.SUCCESS, identity.certificate))

    def _install(self, request: PreinstalledData, _now: Instant) -> Reply:
        return self._identity(
            Suite.SECT163K1, request.certificate, request.private_key, request.authority
        )

    def _save(self, _request: Nothing, _now: Instant) -> Reply:
        """Suite 2's three parts come one by one, by `setValue`, and are saved together."""
        values = self._session.values
        wanted = (ValueId.CERTIFICATE_283K1, ValueId.PRIVATE_KEY_283K1, ValueId.PUBLIC_KEY_283K1)
        certificate, private_key, authority = (values.get(each, b"") for each in wanted)
        return self._identity(Suite.SECT283K1, certificate, private_key, authority)

    def _identity(
        self, suite: Suite, certificate: bytes, private_key: bytes, authority: bytes
    ) -> Reply:
        try:
            subject = decode_certificate(suite, certificate).subject
            suite.curve.decompress(authority)
        except PeerError:
            return Reply(Octet(EmberStatus.BAD_ARGUMENT))
        if len(private_key) != suite.secret_length or not any(private_key):
            return Reply(Octet(EmberStatus.BAD_ARGUMENT))
        number = int.from_bytes(private_key, "big")
        self._memory.identities[suite] = Identity(suite, certificate, number, authority, subject)
        return Reply(Octet(EmberStatus.SUCCESS))
