"""The responder of certificate-based key establishment: what a trust centre runs (ZSE 1.4 Annex C).

One session for each partner; a session that its partner leaves lying is dropped after the time the
partner itself advertised.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, ClassVar

from emulator.crypto.cbke import Agreement, EphemeralKeyPair, Suite, agree, ephemeral
from emulator.kernel.errors import PeerError
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, later, seconds
from emulator.smart_energy.facts import KeyEstablished, KeyEstablishmentFailed
from emulator.smart_energy.keys.credentials import Credentials
from emulator.smart_energy.keys.key_messages import (
    command,
    initiate,
    read_initiate,
    read_terminate,
    terminate,
)
from emulator.smart_energy.primitives import (
    KeyEstablishmentEnded,
    KeyEstablishmentFailure,
    TerminateStatus,
)
from emulator.smart_energy.settings import KeyEstablishmentSettings
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT, KeyCommand
from emulator.zcl.primitives import Side, ZclCommandIndication
from emulator.zigbee.addresses import Endpoint
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin


class Stage(Enum):
    """What a session waits for."""

    AWAITING_EPHEMERAL = auto()
    AWAITING_CONFIRM = auto()


@dataclass(slots=True)
class _Session:
    """What we know of one partner's exchange."""

    partner: Eui64
    suite: Suite
    certificate: bytes
    own: EphemeralKeyPair
    confirm_limit: Duration
    stage: Stage
    due: Instant
    agreement: Agreement | None = None


class KeyEstablishmentResponder:
    """Answers Initiate, Ephemeral Data and Confirm Key of any number of partners."""

    accepts: ClassVar[tuple[type, ...]] = (ZclCommandIndication,)

    def __init__(
        self,
        credentials: Credentials,
        settings: KeyEstablishmentSettings,
        stream: Stream,
        handles: Iterator[int],
    ) -> None:
        self._credentials = credentials
        self._settings = settings
        self._stream = stream
        self._handles = handles
        self._sessions: dict[Eui64, _Session] = {}
        self._confirmed: dict[Eui64, int] = {}

    @property
    def deadline(self) -> Instant | None:
        """When the first session runs out."""
        return min((session.due for session in self._sessions.values()), default=None)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Drop the sessions whose partner took too long."""
        late = [session for session in self._sessions.values() if session.due <= now]
        effects: list[Any] = []
        for session in late:
            effects += self._end(session, KeyEstablishmentFailure.NO_ANSWER)
        return effects

    def handle(self, event: ZclCommandIndication, now: Instant) -> Sequence[Any]:
        """Effects of a Key Establishment command from a client."""
        if event.cluster != KEY_ESTABLISHMENT.id or event.to_side is not Side.SERVER:
            return ()
        if event.source_eui64 is None:
            return self._refuse(event, TerminateStatus.BAD_MESSAGE)
        session = self._sessions.get(event.source_eui64)
        if event.command == KeyCommand.INITIATE:
            return self._initiate(event, event.source_eui64, now)
        if session is None:
            return self._stray(event, event.source_eui64)
        step = self._transitions.get((session.stage, event.command))
        if step is None:
            return self._abort(session, event, TerminateStatus.BAD_MESSAGE)
        effects: Sequence[Any] = step(self, session, event, now)
        return effects

    def _stray(self, event: ZclCommandIndication, partner: Eui64) -> Sequence[Any]:
        """A command outside a session; a repeated Confirm Key is not answered."""
        repeated = self._confirmed.get(partner) == event.aps_counter
        if event.command == KeyCommand.TERMINATE or repeated:
            return ()
        return self._refuse(event, TerminateStatus.BAD_MESSAGE)

    def _initiate(self, event: ZclCommandIndication, partner: Eui64, now: Instant) -> Sequence[Any]:
        self._sessions.pop(partner, None)
        try:
            request = read_initiate(event.payload)
        except PeerError:
            return self._refuse(event, TerminateStatus.BAD_MESSAGE, partner)
        suite = self._suite(request.suite)
        if isinstance(suite, TerminateStatus):
            return self._refuse(event, suite, partner)
        if len(self._sessions) >= self._settings.sessions:
            return self._refuse(event, TerminateStatus.NO_RESOURCES, partner)
        why = self._credentials.check(suite, request.identity, partner, now)
        if why is not None:
            blame = self._credentials.blame(suite, request.identity, partner, now)
            return self._refuse(event, why, partner, blame)
        own = ephemeral(suite, self._stream, self._credentials.backend)
        self._sessions[partner] = _Session(
            partner,
            suite,
            request.identity,
            own,
            self._limit(request.confirm_key_generate_time),
            Stage.AWAITING_EPHEMERAL,
            later(now, self._limit(request.ephemeral_data_generate_time)),
        )
        identity = self._credentials.identities[suite]
        body = initiate(suite, self._settings, identity.certificate)
        return (self._answer(event, KeyCommand.INITIATE, body),)

    def _suite(self, requested: int) -> Suite | TerminateStatus:
        if requested.bit_count() != 1:
            return TerminateStatus.BAD_MESSAGE
        common = self._credentials.best_common(requested)
        return TerminateStatus.UNSUPPORTED_SUITE if common is None else common

    def _ephemeral(
        self, session: _Session, event: ZclCommandIndication, now: Instant
    ) -> Sequence[Any]:
        try:
            session.agreement = agree(
                self._credentials.identities[session.suite],
                session.own,
                session.certificate,
                event.payload,
                initiator=False,
                backend=self._credentials.backend,
            )
        except PeerError:
            return self._abort(session, event, TerminateStatus.BAD_MESSAGE)
        session.stage = Stage.AWAITING_CONFIRM
        session.due = later(now, session.confirm_limit)
        return (self._answer(event, KeyCommand.EPHEMERAL_DATA, session.own.public),)

    def _confirm(
        self,
        session: _Session,
        event: ZclCommandIndication,
        now: Instant,  # noqa: ARG002 - the one shape of steps
    ) -> Sequence[Any]:
        agreement = session.agreement
        if agreement is None or event.payload != agreement.mac_u:
            return self._abort(session, event, TerminateStatus.BAD_KEY_CONFIRM)
        del self._sessions[session.partner]
        self._confirmed[session.partner] = event.aps_counter
        return (
            self._answer(event, KeyCommand.CONFIRM_KEY, agreement.mac_v),
            ApsmeSetLinkKeyRequest(session.partner, agreement.link_key, KeyOrigin.CBKE),
            KeyEstablished(session.partner, int(session.suite), initiator=False),
            KeyEstablishmentEnded(session.partner, session.suite, initiator=False, failure=None),
        )

    def _terminated(
        self,
        session: _Session,
        event: ZclCommandIndication,
        now: Instant,  # noqa: ARG002 - the one shape of steps
    ) -> Sequence[Any]:
        return self._end(session, read_terminate(event.payload))

    def _abort(
        self, session: _Session, event: ZclCommandIndication, status: TerminateStatus
    ) -> Sequence[Any]:
        refusal = self._answer(
            event, KeyCommand.TERMINATE, terminate(status, 0, self._credentials.suites)
        )
        return (refusal, *self._end(session, status))

    def _end(
        self, session: _Session, why: TerminateStatus | KeyEstablishmentFailure
    ) -> Sequence[Any]:
        del self._sessions[session.partner]
        return (
            KeyEstablishmentFailed(session.partner, why.name, initiator=False),
            KeyEstablishmentEnded(session.partner, session.suite, initiator=False, failure=why),
        )

    def _refuse(
        self,
        event: ZclCommandIndication,
        status: TerminateStatus,
        partner: Eui64 | None = None,
        detail: str = "",
    ) -> Sequence[Any]:
        wait = self._settings.confirm_generate_time
        pause = wait if status is TerminateStatus.NO_RESOURCES else 0
        body = terminate(status, pause, self._credentials.suites)
        refusal = self._answer(event, KeyCommand.TERMINATE, body)
        if partner is None:
            return (refusal,)
        return (
            refusal,
            KeyEstablishmentFailed(partner, status.name, initiator=False, detail=detail),
        )

    def _answer(self, event: ZclCommandIndication, which: KeyCommand, body: bytes) -> Any:
        return command(
            next(self._handles),
            event.source,
            Endpoint(event.endpoint),
            which,
            body,
            to_side=Side.CLIENT,
            sequence=event.sequence,
        )

    def _limit(self, generate_time: int) -> Duration:
        """How long the partner may take: what it said, and the allowance."""
        return Duration(seconds(generate_time) + self._settings.allowance)

    _transitions: ClassVar[Mapping[tuple[Stage, int], Any]] = {
        (Stage.AWAITING_EPHEMERAL, KeyCommand.EPHEMERAL_DATA): _ephemeral,
        (Stage.AWAITING_CONFIRM, KeyCommand.CONFIRM_KEY): _confirm,
        (Stage.AWAITING_EPHEMERAL, KeyCommand.TERMINATE): _terminated,
        (Stage.AWAITING_CONFIRM, KeyCommand.TERMINATE): _terminated,
    }
