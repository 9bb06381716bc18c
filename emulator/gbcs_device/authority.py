"""Which device answers which command of which roles (use-case annex of GBCS).

The annex tells it for most use cases. For those without annex rows it is told here, from the
reference messages and the service requests that lead to them; roles that no reference message
shows are unverified.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.record import Access, Category, UseCase
from emulator.gbcs_device.device_kind import DeviceKind

_R, _K = RemotePartyRole, DeviceKind
_WORDS: Final[Mapping[str, RemotePartyRole]] = MappingProxyType(
    {
        "Supplier": _R.SUPPLIER,
        "Network Operator": _R.NETWORK_OPERATOR,
        "Access Control Broker": _R.ACCESS_CONTROL_BROKER,
        "Load Controller": _R.LOAD_CONTROLLER,
    }
)
ROLE_WORDS: Final = tuple(_WORDS)
"""How records name the roles that may send a command."""
_SUPPLIER: Final = frozenset({_R.SUPPLIER})
_BROKER: Final = frozenset({_R.ACCESS_CONTROL_BROKER})
_EITHER: Final = _SUPPLIER | _BROKER
_READERS: Final = _EITHER | {_R.NETWORK_OPERATOR}
_ANYBODY: Final = frozenset(_R) - {_R.ROOT, _R.ISSUING_AUTHORITY, _R.OTHER}

ROLES: Final[Mapping[int, frozenset[RemotePartyRole]]] = MappingProxyType(
    {
        0x0004: _BROKER,
        0x0007: _SUPPLIER,
        0x0008: _ANYBODY,
        0x000A: _SUPPLIER,
        0x000B: _SUPPLIER,
        0x000C: _SUPPLIER,
        0x000D: _SUPPLIER,
        0x000E: _EITHER,
        0x000F: _EITHER,
        0x0010: _EITHER,
        0x0012: _SUPPLIER,
        0x0013: _EITHER,
        0x001F: _SUPPLIER,
        0x003E: _EITHER,
        0x003F: _READERS,
        0x0046: _SUPPLIER,
        0x0054: _SUPPLIER,
        0x0055: _SUPPLIER,
        0x007D: _SUPPLIER,
        0x007E: _SUPPLIER,
        0x007F: _SUPPLIER,
        0x008C: _BROKER,
        0x0092: _READERS,
        0x0097: _SUPPLIER,
        0x009D: _EITHER,
        0x009E: _READERS,
        0x00AB: _EITHER,
        0x00AF: _EITHER,
        0x00BA: _READERS,
        0x00BB: _READERS,
        0x0102: _SUPPLIER,
        0x0103: frozenset({_R.NETWORK_OPERATOR}),
        0x0104: _BROKER,
        0x0105: frozenset({_R.WAN_PROVIDER}),
        0x0106: frozenset({_R.TRANSITIONAL_CHANGE_OF_SUPPLIER}),
        0x0107: frozenset({_R.TRANSITIONAL_CHANGE_OF_SUPPLIER}),
        0x0108: frozenset({_R.RECOVERY}),
        0x011B: _ANYBODY,
        0x0125: frozenset({_R.LOAD_CONTROLLER}),
        0x0126: _SUPPLIER,
        0x0129: _EITHER,
        0x012A: _EITHER,
    }
)
"""Roles by message code, where the annex names none."""

_METERS: Final = frozenset({_K.ESME, _K.GSME})
_EVERY_KIND: Final = frozenset(_K)
_LOAD_CONTROLLED: Final = frozenset({_K.ESME, _K.SAPC})
_SUPPLIED: Final = _METERS | {_K.GPF, _K.SAPC, _K.HCALCS}
_OPERATED: Final = _METERS | {_K.GPF, _K.SAPC}

DEVICES: Final[Mapping[int, frozenset[DeviceKind]]] = MappingProxyType(
    {
        0x0008: _EVERY_KIND,
        0x000A: _EVERY_KIND,
        0x000B: _EVERY_KIND,
        0x000C: _EVERY_KIND,
        0x000D: _LOAD_CONTROLLED,
        0x000E: frozenset({_K.ESME, _K.GSME, _K.GPF, _K.SAPC}),
        0x000F: frozenset({_K.ESME, _K.GSME, _K.SAPC, _K.PPMID, _K.HCALCS}),
        0x0010: frozenset({_K.ESME, _K.GSME, _K.GPF, _K.SAPC}),
        0x0012: _METERS | {_K.SAPC},
        0x0013: _EVERY_KIND - {_K.CHF},
        0x0102: _SUPPLIED,
        0x0103: _OPERATED,
        0x0104: _EVERY_KIND,
        0x0106: _SUPPLIED,
        0x0107: _SUPPLIED,
        0x0108: _EVERY_KIND,
        0x0125: _LOAD_CONTROLLED,
        0x0126: _LOAD_CONTROLLED,
    }
)
"""Kinds of devices by message code, where reference messages show only some of them."""

_PLAIN_READS: Final = frozenset(
    (0x0004, 0x0008, 0x003E, 0x003F, 0x0092, 0x009D, 0x009E, 0x00BA, 0x00BB, 0x011B, 0x0129, 0x012A)
)
"""Use cases that read, of which no source says whether their counter is checked."""


def permitted_roles(use_case: UseCase) -> frozenset[RemotePartyRole]:
    """The roles that may send the command of a use case; none where no source names one."""
    named = frozenset(_WORDS[each] for each in use_case.roles if each in _WORDS)
    return named or ROLES.get(use_case.code, frozenset())


def answered_by(use_case: UseCase, kind: DeviceKind) -> bool:
    """Whether a kind of device executes the command of a use case."""
    listed = DEVICES.get(use_case.code)
    if listed is not None:
        return kind in listed
    named = use_case.target.replace(";", " ").replace("(", " ").replace(")", " ").split()
    return kind.value in use_case.devices or kind.value in named


def replay_protected(use_case: UseCase) -> bool:
    """Whether a command counts only with a counter above all before (GBCS 4.3.1).

    Where no source tells, everything but plain reads is taken to be protected.
    """
    if use_case.replay_protected is not None:
        return use_case.replay_protected
    if use_case.category is Category.SME_C_C:
        return True
    return use_case.access is not Access.READ and use_case.code not in _PLAIN_READS
