"""Who makes a command: the user, the access control broker for the user, or TransCoS (GBCS 6.2).

A user whom the device knows, in a role that the use case names, makes its own commands, with the
counter of its request. For everybody else, and on devices that hold no user's certificates, the
access control broker makes them under a counter of its own and names the user and the request's
counter as supplementary. The reference messages show which requests name nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.service_request import ServiceRequest
from emulator.dcc.users import PARTY_ROLES, User
from emulator.gbcs.protection.counters import OriginatorCounter
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.service_requests.record import ServiceRequestType
from emulator.gbcs.use_cases.record import Category, UseCase
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64

_COS: Final = "6.23"
CERTIFICATE_OF_READER: Final = "KAPublicSecurityCredentials"
"""Parameter by which a user says that the device does not know it (DUIS 5.4)."""
FOR_NOBODY: Final = frozenset(("6.21", "6.24.1", "8.5", "8.12.2"))
"""Requests that the broker carries out in its own name."""
KNOWS_USERS: Final = frozenset((DeviceKind.ESME, DeviceKind.GSME, DeviceKind.GPF, DeviceKind.SAPC))
"""Devices that hold certificates of suppliers or network operators."""
_ROLE_NAMES: Final[Mapping[RemotePartyRole, str]] = MappingProxyType(
    {
        RemotePartyRole.SUPPLIER: "Supplier",
        RemotePartyRole.NETWORK_OPERATOR: "Network Operator",
    }
)
"""As the use-case annex of GBCS writes them."""
_UNSIGNED: Final = frozenset((0x0104,))
"""CS02b of the broker by the broker is critical by category and has a MAC only."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who makes a command.

    Args:
        originator: named as such in the message.
        counter: the originator counter.
        supplementary: the user on whose behalf, None when the originator acts for itself.
        supplementary_counter: that user's own counter.
        signed: whether the DCC signs for the originator; users sign their own.
    """

    originator: Eui64
    counter: int
    supplementary: Eui64 | None = None
    supplementary_counter: int | None = None
    signed: bool = False


class Originators:
    """The parties of the DCC that make commands, with their counters.

    Args:
        broker: access control broker.
        cos_party: transitional change of supplier.
        last: counters to go on from, by party.
    """

    def __init__(
        self, broker: Eui64, cos_party: Eui64, last: Mapping[Eui64, int] | None = None
    ) -> None:
        self.broker = broker
        self.cos_party = cos_party
        started = last or {}
        self._counters = {
            party: OriginatorCounter(started.get(party, 0)) for party in (broker, cos_party)
        }

    @property
    def counters(self) -> dict[Eui64, int]:
        """The last counter of each party, to go on from."""
        return {party: counter.last for party, counter in self._counters.items()}

    def go_on_from(self, last: Mapping[Eui64, int]) -> None:
        """Count on from where another run ended; a party that is not there stays as it is.

        Raises:
            LocalError: when a counter does not fit; nothing changes then.
        """
        continued = {
            party: OriginatorCounter(counter)
            for party, counter in last.items()
            if party in self._counters
        }
        self._counters.update(continued)

    def origin(
        self,
        request: ServiceRequest,
        *,
        service: ServiceRequestType,
        use_case: UseCase,
        user: User,
        kind: DeviceKind,
    ) -> Origin:
        """Who makes the command that a request becomes; broker and TransCoS count on."""
        counter = request.request_id.counter
        if service.critical:
            return Origin(user.eui64, counter)
        if service.srv == _COS:
            return Origin(self.cos_party, self._next(self.cos_party), signed=True)
        signed = use_case.category is Category.SME_C_C and use_case.code not in _UNSIGNED
        if service.srv in FOR_NOBODY:
            return Origin(self.broker, self._next(self.broker), signed=signed)
        unknown = CERTIFICATE_OF_READER in request.parameters
        if kind in KNOWS_USERS and _known_party(user, use_case) and not unknown:
            return Origin(user.eui64, counter)
        return Origin(self.broker, self._next(self.broker), user.eui64, counter, signed)

    def own_origin(self, party: Eui64, *, signed: bool) -> Origin:
        """A command that the broker or TransCoS makes in its own name.

        Raises:
            UsageError: when the party is neither.
        """
        if party not in self._counters:
            raise UsageError(f"{format_eui64(party)} is no party of the DCC that makes commands")
        return Origin(party, self._next(party), signed=signed)

    def brokered_origin(self, user: Eui64, counter: int, *, signed: bool) -> Origin:
        """A command that the broker makes for a user whom the device does not know (GBCS 6.2).

        Args:
            user: for whom.
            counter: the user's own.
            signed: whether the broker signs it.
        """
        return Origin(self.broker, self._next(self.broker), user, counter, signed)

    def scheduled_origin(self, user: User) -> Origin:
        """Who makes a command of a schedule: the broker, whose counter stands for the user's too.

        No source tells; a schedule has no counter of its own, and what it reads needs none.
        """
        counter = self._next(self.broker)
        return Origin(self.broker, counter, user.eui64, counter)

    def _next(self, party: Eui64) -> int:
        return self._counters[party].next()


def _known_party(user: User, use_case: UseCase) -> bool:
    """Whether a device knows the user in a role that may send the use case."""
    parties = {PARTY_ROLES[role] for role in user.roles if role in PARTY_ROLES}
    if not use_case.roles:
        return bool(parties)
    return any(_ROLE_NAMES[party] in use_case.roles for party in parties)
