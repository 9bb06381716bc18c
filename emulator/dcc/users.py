"""Users of the DCC: who they are, in which roles, and which remote party a device knows them as.

A user is named by an EUI-64 in service requests and in GBCS messages alike (DUIS RequestID, GBCS
7.2.6). Roles are those of the DUIS request matrix, and Meter Data Retrieval (SEC DP162).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import Final

from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64


class UserRole(StrEnum):
    """A role in which a user may send service requests (DUIS 5.4 request matrix)."""

    IMPORT_SUPPLIER = "IS"
    GAS_SUPPLIER = "GS"
    EXPORT_SUPPLIER = "ES"
    ELECTRICITY_DISTRIBUTOR = "ED"
    GAS_TRANSPORTER = "GT"
    REGISTERED_SUPPLIER_AGENT = "RSA"
    OTHER_USER = "OU"
    METER_DATA_RETRIEVAL = "MDR"
    """The role that SEC DP162 adds."""


PARTY_ROLES: Final[Mapping[UserRole, RemotePartyRole]] = MappingProxyType(
    {
        UserRole.IMPORT_SUPPLIER: RemotePartyRole.SUPPLIER,
        UserRole.GAS_SUPPLIER: RemotePartyRole.SUPPLIER,
        UserRole.ELECTRICITY_DISTRIBUTOR: RemotePartyRole.NETWORK_OPERATOR,
        UserRole.GAS_TRANSPORTER: RemotePartyRole.NETWORK_OPERATOR,
    }
)
"""As what a device may hold a user's certificates (GBCS 13.3); the others it does not know."""
SUPPLIERS: Final = frozenset((UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER))


class UserStatus(Enum):
    """Whether a user may send requests at all (response code E3)."""

    ACTIVE = "active"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class User:
    """One user identity.

    Args:
        eui64: its identifier in requests and messages.
        name: for people.
        roles: in which it may send requests.
        status: whether it may.
    """

    eui64: Eui64
    name: str
    roles: frozenset[UserRole]
    status: UserStatus = UserStatus.ACTIVE

    @property
    def supplier(self) -> bool:
        """Whether it supplies electricity or gas."""
        return not SUPPLIERS.isdisjoint(self.roles)


class Users:
    """Every user that the DCC knows.

    Args:
        users: in any order.

    Raises:
        UsageError: when two have the same identifier or name.
    """

    def __init__(self, users: Iterable[User] = ()) -> None:
        self._by_eui64: dict[Eui64, User] = {}
        self._by_name: dict[str, Eui64] = {}
        for user in users:
            self.add(user)

    def __iter__(self) -> Iterator[User]:
        return iter(self._by_eui64.values())

    def add(self, user: User) -> None:
        """Let a user in.

        Raises:
            UsageError: when its identifier or name is another's.
        """
        if user.eui64 in self._by_eui64 or user.name in self._by_name:
            raise UsageError(f"user {user.name!r} {format_eui64(user.eui64)} is there already")
        self._by_eui64[user.eui64] = user
        self._by_name[user.name] = user.eui64

    def change_status(self, eui64: Eui64, status: UserStatus) -> None:
        """Suspend a user, or let it act again.

        Raises:
            UsageError: when there is no such user.
        """
        user = self.find(eui64)
        if user is None:
            raise UsageError(f"no user is {format_eui64(eui64)}")
        self._by_eui64[eui64] = User(user.eui64, user.name, user.roles, status)

    def find(self, eui64: Eui64) -> User | None:
        """The user of an identifier, if there is one."""
        return self._by_eui64.get(eui64)

    def named(self, name: str) -> User:
        """The user of a name.

        Raises:
            UsageError: when there is none.
        """
        eui64 = self._by_name.get(name)
        if eui64 is None:
            known = ", ".join(sorted(self._by_name)) or "none"
            raise UsageError(f"no user is called {name!r}: expected one of {known}")
        return self._by_eui64[eui64]

    def with_role(self, role: UserRole) -> tuple[User, ...]:
        """The users of a role, in the order in which they were let in."""
        return tuple(user for user in self if role in user.roles)
