"""The initiator of certificate-based key establishment: what a joiner runs (ZSE 1.4 Annex C).

Find the partner's endpoint, read which suites it has, then Initiate, Ephemeral Data and Confirm
Key. Frames carry the network key only. Every step has a time limit; whatever goes
wrong, the exchange ends and says why, and nothing of it remains.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, ClassVar, Final

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
    StartKeyEstablishment,
    TerminateStatus,
)
from emulator.smart_energy.settings import KeyEstablishmentSettings
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT, KeyCommand
from emulator.zcl.primitives import (
    Outcome,
    ReadAttributesConfirm,
    ReadAttributesRequest,
    Side,
    ZclAddress,
    ZclCommandConfirm,
    ZclCommandIndication,
)
from emulator.zigbee.addresses import SMART_ENERGY_PROFILE, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin
from emulator.zigbee.zdo.discovery_frames import MatchDescReq
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

SUITE_ATTRIBUTE: Final = 0x0000


class Phase(Enum):
    """How far the exchange has come."""

    IDLE = auto()
    FINDING = auto()
    READING = auto()
    INITIATING = auto()
    EXCHANGING = auto()
    CONFIRMING = auto()


@dataclass(slots=True)
class _Exchange:
    """The exchange that is running."""

    partner: Eui64
    nwk_address: NwkAddress
    handle: int
    endpoint: Endpoint | None = None
    suite: Suite | None = None
    own: EphemeralKeyPair | None = None
    certificate: bytes = b""
    agreement: Agreement | None = None
    patience: Duration = field(default=seconds(0))


class KeyEstablishmentInitiator:
    """One exchange at a time, begun by `StartKeyEstablishment`."""

    accepts: ClassVar[tuple[type, ...]] = (
        StartKeyEstablishment,
        ZdpConfirm,
        ReadAttributesConfirm,
        ZclCommandIndication,
        ZclCommandConfirm,
    )

    def __init__(
        self,
        endpoint: Endpoint,
        credentials: Credentials,
        settings: KeyEstablishmentSettings,
        stream: Stream,
        handles: Iterator[int],
    ) -> None:
        self._endpoint = endpoint
        self._credentials = credentials
        self._settings = settings
        self._stream = stream
        self._handles = handles
        self.phase = Phase.IDLE
        self._exchange: _Exchange | None = None
        self._due: Instant | None = None

    @property
    def deadline(self) -> Instant | None:
        """When the partner's patience limit of this phase runs out."""
        return self._due

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """The partner took too long."""
        return self._fail(KeyEstablishmentFailure.NO_ANSWER)

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`; what is not of this exchange changes nothing."""
        if isinstance(event, StartKeyEstablishment):
            return self._start(event, now)
        if self._exchange is None or not self._concerns(self._exchange, event):
            return ()
        step = self._transitions.get((self.phase, type(event)))
        effects: Sequence[Any] = step(self, self._exchange, event, now) if step else ()
        return effects

    def _concerns(self, exchange: _Exchange, event: Any) -> bool:
        if isinstance(event, ZclCommandIndication):
            return (
                event.cluster == KEY_ESTABLISHMENT.id
                and event.to_side is Side.CLIENT
                and event.source.nwk_address == exchange.nwk_address
            )
        return bool(event.handle == exchange.handle)

    def _start(self, event: StartKeyEstablishment, now: Instant) -> Sequence[Any]:
        if self._exchange is not None:
            return ()
        handle = next(self._handles)
        self._exchange = _Exchange(event.partner, event.nwk_address, handle)
        self._enter(Phase.FINDING, self._settings.discovery_limit, now)
        match = MatchDescReq(
            address=event.nwk_address,
            profile=SMART_ENERGY_PROFILE,
            input_clusters=(KEY_ESTABLISHMENT.id,),
            output_clusters=(),
        )
        return (ZdpRequest(handle, event.nwk_address, match),)

    def _enter(self, phase: Phase, patience: Duration, now: Instant) -> None:
        self.phase = phase
        self._due = later(now, patience)

    def _found(self, exchange: _Exchange, event: ZdpConfirm, now: Instant) -> Sequence[Any]:
        endpoints = getattr(event.response, "endpoints", ())
        if not endpoints:
            return self._fail(KeyEstablishmentFailure.NO_ENDPOINT)
        exchange.endpoint = Endpoint(endpoints[0])
        exchange.handle = next(self._handles)
        self._enter(Phase.READING, self._settings.discovery_limit, now)
        return (
            ReadAttributesRequest(
                exchange.handle,
                self._partner(exchange),
                self._endpoint,
                KEY_ESTABLISHMENT.id,
                (SUITE_ATTRIBUTE,),
            ),
        )

    def _suites(
        self, exchange: _Exchange, event: ReadAttributesConfirm, now: Instant
    ) -> Sequence[Any]:
        offered = event.results[0].value if event.results else None
        if not isinstance(offered, int):
            return self._fail(KeyEstablishmentFailure.NO_ANSWER)
        suite = self._credentials.best_common(offered)
        if suite is None:
            return self._fail(KeyEstablishmentFailure.NO_COMMON_SUITE)
        exchange.suite = suite
        identity = self._credentials.identities[suite]
        exchange.own = ephemeral(suite, self._stream, self._credentials.backend)
        limit = seconds(self._settings.ephemeral_generate_time) + self._settings.allowance
        self._enter(Phase.INITIATING, Duration(limit), now)
        body = initiate(suite, self._settings, identity.certificate)
        return self._send(exchange, KeyCommand.INITIATE, body)

    def _initiated(
        self, exchange: _Exchange, event: ZclCommandIndication, now: Instant
    ) -> Sequence[Any]:
        if event.command != KeyCommand.INITIATE:
            return self._unexpected(exchange, event)
        assert exchange.suite is not None and exchange.own is not None  # noqa: S101, PT018 - set on entering this phase
        try:
            reply = read_initiate(event.payload)
        except PeerError:
            return self._refuse(exchange, TerminateStatus.BAD_MESSAGE)
        if reply.suite != exchange.suite:
            return self._refuse(exchange, TerminateStatus.BAD_MESSAGE)
        why = self._credentials.check(exchange.suite, reply.identity, exchange.partner, now)
        if why is not None:
            blame = self._credentials.blame(exchange.suite, reply.identity, exchange.partner, now)
            return self._refuse(exchange, why, blame)
        exchange.certificate = reply.identity
        limit = seconds(reply.ephemeral_data_generate_time) + self._settings.allowance
        exchange.patience = Duration(
            seconds(reply.confirm_key_generate_time) + self._settings.allowance
        )
        self._enter(Phase.EXCHANGING, Duration(limit), now)
        return self._send(exchange, KeyCommand.EPHEMERAL_DATA, exchange.own.public)

    def _exchanged(
        self, exchange: _Exchange, event: ZclCommandIndication, now: Instant
    ) -> Sequence[Any]:
        if event.command != KeyCommand.EPHEMERAL_DATA:
            return self._unexpected(exchange, event)
        assert exchange.suite is not None and exchange.own is not None  # noqa: S101, PT018 - set two phases ago
        try:
            exchange.agreement = agree(
                self._credentials.identities[exchange.suite],
                exchange.own,
                exchange.certificate,
                event.payload,
                initiator=True,
                backend=self._credentials.backend,
            )
        except PeerError:
            return self._refuse(exchange, TerminateStatus.BAD_MESSAGE)
        self._enter(Phase.CONFIRMING, exchange.patience, now)
        return self._send(exchange, KeyCommand.CONFIRM_KEY, exchange.agreement.mac_u)

    def _confirmed(
        self,
        exchange: _Exchange,
        event: ZclCommandIndication,
        now: Instant,  # noqa: ARG002 - the one shape of steps
    ) -> Sequence[Any]:
        if event.command != KeyCommand.CONFIRM_KEY:
            return self._unexpected(exchange, event)
        assert exchange.agreement is not None and exchange.suite is not None  # noqa: S101, PT018 - set on entering
        if event.payload != exchange.agreement.mac_v:
            return self._refuse(exchange, TerminateStatus.BAD_KEY_CONFIRM)
        self._end()
        return (
            ApsmeSetLinkKeyRequest(exchange.partner, exchange.agreement.link_key, KeyOrigin.CBKE),
            KeyEstablished(exchange.partner, int(exchange.suite), initiator=True),
            KeyEstablishmentEnded(exchange.partner, exchange.suite, initiator=True, failure=None),
        )

    def _unexpected(self, exchange: _Exchange, event: ZclCommandIndication) -> Sequence[Any]:
        if event.command == KeyCommand.TERMINATE:
            return self._fail(read_terminate(event.payload))
        return self._refuse(exchange, TerminateStatus.BAD_MESSAGE)

    def _undelivered(
        self,
        exchange: _Exchange,  # noqa: ARG002 - the one shape of steps
        event: ZclCommandConfirm,
        now: Instant,  # noqa: ARG002 - the one shape of steps
    ) -> Sequence[Any]:
        if event.outcome is Outcome.DELIVERED:
            return ()
        return self._fail(KeyEstablishmentFailure.NO_ANSWER)

    def _refuse(
        self, exchange: _Exchange, status: TerminateStatus, detail: str = ""
    ) -> Sequence[Any]:
        body = terminate(status, 0, self._credentials.suites)
        return (*self._send(exchange, KeyCommand.TERMINATE, body), *self._fail(status, detail))

    def _fail(
        self, why: TerminateStatus | KeyEstablishmentFailure, detail: str = ""
    ) -> Sequence[Any]:
        exchange = self._exchange
        if exchange is None:
            return ()
        self._end()
        return (
            KeyEstablishmentFailed(exchange.partner, why.name, initiator=True, detail=detail),
            KeyEstablishmentEnded(exchange.partner, exchange.suite, initiator=True, failure=why),
        )

    def _end(self) -> None:
        self.phase = Phase.IDLE
        self._exchange = None
        self._due = None

    def _partner(self, exchange: _Exchange) -> ZclAddress:
        return ZclAddress(exchange.nwk_address, exchange.endpoint or Endpoint(1))

    def _send(self, exchange: _Exchange, which: KeyCommand, body: bytes) -> Sequence[Any]:
        exchange.handle = next(self._handles)
        return (
            command(
                exchange.handle,
                self._partner(exchange),
                self._endpoint,
                which,
                body,
                to_side=Side.SERVER,
            ),
        )

    _transitions: ClassVar[Mapping[tuple[Phase, type], Any]] = {
        (Phase.FINDING, ZdpConfirm): _found,
        (Phase.READING, ReadAttributesConfirm): _suites,
        (Phase.INITIATING, ZclCommandIndication): _initiated,
        (Phase.EXCHANGING, ZclCommandIndication): _exchanged,
        (Phase.CONFIRMING, ZclCommandIndication): _confirmed,
        (Phase.INITIATING, ZclCommandConfirm): _undelivered,
        (Phase.EXCHANGING, ZclCommandConfirm): _undelivered,
        (Phase.CONFIRMING, ZclCommandConfirm): _undelivered,
    }
