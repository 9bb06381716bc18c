"""The organisations of the laboratory: the DCC's own parties, and the users it serves."""

from typing import Final

from emulator.dcc.users import User, UserRole
from emulator.gbcs.pki import DEFAULT_ORGANISATIONS, Organisation, organisation
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.identity import Eui64

_BASE: Final = 0x02_48_41_4E_55_53_45_00
"""EUI-64s of users beyond the first of each role: locally administered, HANUSE and a number."""
_SIGNS_AND_AGREES: Final = (KeyUse.DIGITAL_SIGNATURE, KeyUse.KEY_AGREEMENT)

BROKER: Final = organisation(RemotePartyRole.ACCESS_CONTROL_BROKER).eui64
COS_PARTY: Final = organisation(RemotePartyRole.TRANSITIONAL_CHANGE_OF_SUPPLIER).eui64
SUPPLIER: Final = organisation(RemotePartyRole.SUPPLIER).eui64
NETWORK_OPERATOR: Final = organisation(RemotePartyRole.NETWORK_OPERATOR).eui64
GAINING_SUPPLIER: Final = Eui64(_BASE + 1)
THIRD_SUPPLIER: Final = Eui64(_BASE + 2)
OTHER_NETWORK_OPERATOR: Final = Eui64(_BASE + 3)
OTHER_USER: Final = Eui64(_BASE + 4)
GAS_TRANSPORTER: Final = Eui64(_BASE + 5)
EXPORT_SUPPLIER: Final = Eui64(_BASE + 7)
METER_DATA_RETRIEVER: Final = Eui64(_BASE + 8)
HELPDESK: Final = Eui64(_BASE + 6)
"""The helpdesk of the DCC, which may allocate incidents and sends no request."""

ORGANISATIONS: Final = (
    *DEFAULT_ORGANISATIONS,
    Organisation(GAINING_SUPPLIER, RemotePartyRole.SUPPLIER, tuple(KeyUse)),
    Organisation(THIRD_SUPPLIER, RemotePartyRole.SUPPLIER, tuple(KeyUse)),
    Organisation(OTHER_NETWORK_OPERATOR, RemotePartyRole.NETWORK_OPERATOR, _SIGNS_AND_AGREES),
    Organisation(GAS_TRANSPORTER, RemotePartyRole.NETWORK_OPERATOR, _SIGNS_AND_AGREES),
    Organisation(OTHER_USER, RemotePartyRole.OTHER, _SIGNS_AND_AGREES),
    Organisation(EXPORT_SUPPLIER, RemotePartyRole.SUPPLIER, tuple(KeyUse)),
    Organisation(METER_DATA_RETRIEVER, RemotePartyRole.OTHER, _SIGNS_AND_AGREES),
)
"""Everybody who has certificates in the laboratory's test PKI."""

_SUPPLIES: Final = frozenset((UserRole.IMPORT_SUPPLIER, UserRole.GAS_SUPPLIER))
_DISTRIBUTES: Final = frozenset((UserRole.ELECTRICITY_DISTRIBUTOR, UserRole.GAS_TRANSPORTER))
USERS: Final = (
    User(SUPPLIER, "supplier", _SUPPLIES),
    User(GAINING_SUPPLIER, "gaining supplier", _SUPPLIES),
    User(THIRD_SUPPLIER, "third supplier", _SUPPLIES),
    User(NETWORK_OPERATOR, "network operator", _DISTRIBUTES),
    User(OTHER_NETWORK_OPERATOR, "other network operator", _DISTRIBUTES),
    User(GAS_TRANSPORTER, "independent gas transporter", frozenset((UserRole.GAS_TRANSPORTER,))),
    User(OTHER_USER, "other user", frozenset((UserRole.OTHER_USER,))),
    User(EXPORT_SUPPLIER, "export supplier", frozenset((UserRole.EXPORT_SUPPLIER,))),
    User(METER_DATA_RETRIEVER, "meter data retriever", frozenset((UserRole.METER_DATA_RETRIEVAL,))),
)
"""The users whom the DCC serves, by the names under which scenarios speak of them."""

NAMES: Final = {
    BROKER: "access control broker",
    COS_PARTY: "change of supplier party",
    **{user.eui64: user.name for user in USERS},
}
"""What reports call each of them."""
