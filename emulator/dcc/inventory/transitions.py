"""Every change of status there is, as one table; what is not in it is refused.

Clauses of SEC App. AC are those that MP121 annexes B and C quote (App. AC 3.0); DUIS is the schema
of DUIS 5.4. A row that no source states in full has a certainty that says so.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from emulator.dcc.inventory.device_kinds import (
    HAN_DEVICES,
    SMART_METERS,
    TYPE_1,
    TYPE_2,
    WITH_STATUS,
    DeviceKind,
)
from emulator.dcc.inventory.statuses import Certainty, SmiStatus
from emulator.dcc.inventory.triggers import Trigger

_PENDING: Final = SmiStatus.PENDING
_WHITELISTED: Final = SmiStatus.WHITELISTED
_INSTALLED: Final = SmiStatus.INSTALLED_NOT_COMMISSIONED
_COMMISSIONED: Final = SmiStatus.COMMISSIONED
_DECOMMISSIONED: Final = SmiStatus.DECOMMISSIONED
_WITHDRAWN: Final = SmiStatus.WITHDRAWN
_SUSPENDED: Final = SmiStatus.SUSPENDED
_RECOVERY: Final = SmiStatus.RECOVERY
_RECOVERED: Final = SmiStatus.RECOVERED

_SOURCED: Final = Certainty.SOURCED
_INFERRED: Final = Certainty.INFERRED
_BACKGROUND: Final = Certainty.BACKGROUND


class After(Enum):
    """A status that depends on the device."""

    UNCHANGED = "as before"
    RESUMED = "as before its suspension"


class Guard(Enum):
    """What must hold besides status and kind; values say it in words."""

    HUB_COMMISSIONED = "the CHF of its smart metering system is commissioned"
    PARTNER_COMMISSIONED = "the device whose log it joins is commissioned and gives commissioning"
    SUCCESS_OVER_WAN = "its response over the SM WAN says that the command was executed"
    SUCCESS = "a response says that the command was executed"
    HEARD_ON_WAN = "it was heard on the SM WAN"


PROOFS: Final = (Guard.SUCCESS_OVER_WAN, Guard.SUCCESS, Guard.HEARD_ON_WAN)
"""Guards on the evidence: they hold, or not, only when the change is made."""

Statuses = tuple[SmiStatus | None, ...]


@dataclass(frozen=True, slots=True)
class Transition:
    """One line of the table.

    Args:
        before: statuses it starts from; None is a Type 2 device, which has none.
    """

    trigger: Trigger
    kinds: tuple[DeviceKind, ...]
    before: Statuses
    after: SmiStatus | After
    clause: str
    certainty: Certainty
    guards: tuple[Guard, ...] = ()


_CHF: Final = (DeviceKind.CHF,)
_GPF: Final = (DeviceKind.GPF,)
_SAPC: Final = (DeviceKind.SAPC,)
_NOT_A_HUB: Final = tuple(kind for kind in WITH_STATUS if kind is not DeviceKind.CHF)
_EARLY: Final = (_PENDING, _WHITELISTED, _INSTALLED)
_RECOVERING: Final = (_RECOVERY, _RECOVERED)
_LIVE: Final = (*_EARLY, _COMMISSIONED, *_RECOVERING)

_4_9: Final = "SEC App. AC 4.9"
_4_10: Final = "SEC App. AC 4.10"
_4_13: Final = "SEC App. AC 4.13"
_8_4: Final = "DUIS 5.4 SRV 8.4 status values"
_OVER_WAN: Final = (Guard.HUB_COMMISSIONED, Guard.SUCCESS_OVER_WAN)
_INTO_LOG: Final = (Guard.PARTNER_COMMISSIONED, Guard.SUCCESS)
_ANSWERED: Final = (Guard.SUCCESS,)
_HEARD: Final = (Guard.HEARD_ON_WAN,)

_T = Transition
_C = Trigger

TRANSITIONS: Final = (
    # The device log of the hub. A device that has a later status keeps it.
    _T(_C.DEVICE_LOG_ADDED, HAN_DEVICES, (_PENDING,), _WHITELISTED,
      "DUIS 5.4 SRV 8.11", _BACKGROUND, _ANSWERED),
    _T(_C.DEVICE_LOG_ADDED, HAN_DEVICES,
      (_WHITELISTED, _INSTALLED, _COMMISSIONED, _SUSPENDED, *_RECOVERING), After.UNCHANGED,
      "DUIS 5.4 SRV 8.11", _INFERRED, _ANSWERED),
    _T(_C.DEVICE_LOG_ADDED, TYPE_2, (None,), After.UNCHANGED,
      "SEC App. AC 4.15", _SOURCED, _ANSWERED),
    _T(_C.KEY_ESTABLISHED, HAN_DEVICES, (_WHITELISTED,), _INSTALLED, "GBCS CS14", Certainty.WEAK),
    _T(_C.KEY_ESTABLISHED, HAN_DEVICES,
      (_PENDING, _INSTALLED, _COMMISSIONED, _SUSPENDED, *_RECOVERING), After.UNCHANGED,
      "GBCS CS14", _INFERRED),
    _T(_C.KEY_ESTABLISHED, TYPE_2, (None,), After.UNCHANGED, "SEC App. AC 4.15", _SOURCED),
    # What users tell the inventory.
    _T(_C.STATUS_UPDATED, _NOT_A_HUB, (_PENDING,), _INSTALLED, _8_4, _INFERRED),
    _T(_C.STATUS_UPDATED, _NOT_A_HUB, (_INSTALLED,), _PENDING, _8_4, _INFERRED),
    _T(_C.STATUS_UPDATED, _CHF, (_PENDING,), _INSTALLED, _8_4, _SOURCED),
    _T(_C.STATUS_UPDATED, _CHF, (_PENDING, _INSTALLED), _COMMISSIONED, _8_4, _INFERRED),
    _T(_C.STATUS_UPDATED, _CHF, (*_LIVE, _SUSPENDED, _DECOMMISSIONED), _WITHDRAWN,
      _8_4, _BACKGROUND),
    # Communications hubs.
    _T(_C.HUB_INSTALLED_WITHOUT_WAN, _CHF, (_PENDING,), _INSTALLED,
      "DUIS 5.4 SRV 8.14.2", _BACKGROUND),
    _T(_C.HUB_INSTALLED_WITHOUT_WAN, _CHF, (_INSTALLED,), After.UNCHANGED,
      "DUIS 5.4 SRV 8.14.2", _INFERRED),
    _T(_C.HUB_INSTALLED, _CHF, _LIVE, After.UNCHANGED, "DUIS 5.4 SRV 8.14.1", _BACKGROUND),
    _T(_C.WAN_CONTACT, _CHF, (_PENDING, _INSTALLED), _COMMISSIONED,
      "first contact on the SM WAN", _BACKGROUND, _HEARD),
    _T(_C.WAN_CONTACT, _CHF, (_COMMISSIONED, _SUSPENDED, *_RECOVERING), After.UNCHANGED,
      "later contact on the SM WAN", _INFERRED, _HEARD),
    _T(_C.HUB_ADVANCED, _GPF, (_PENDING,), _INSTALLED, "as DCC Boxed answers SRV 8.2", _INFERRED),
    _T(_C.HUB_RETURNED_WITH_FAULT, _CHF, (*_LIVE, _SUSPENDED, _DECOMMISSIONED), _WITHDRAWN,
      "DUIS 5.4 SRV 8.14.3", _BACKGROUND),
    _T(_C.HUB_RETURNED, _CHF, (*_LIVE, _SUSPENDED, _DECOMMISSIONED), _WITHDRAWN,
      "DUIS 5.4 SRV 8.14.4", _BACKGROUND),
    # Commissioning. 4.12 (b) bars three statuses; of the others it is silent on the last three.
    _T(_C.COMMISSION_DEVICE, SMART_METERS, _EARLY, _COMMISSIONED, _4_13, _SOURCED, _OVER_WAN),
    _T(_C.COMMISSION_DEVICE, SMART_METERS, (*_RECOVERING, _WITHDRAWN), _COMMISSIONED,
      _4_13, _INFERRED, _OVER_WAN),
    _T(_C.COMMISSION_DEVICE, _SAPC, (*_EARLY, *_RECOVERING), _COMMISSIONED,
      "SEC App. AC 4.9 speaks of a commissioned SAPC", _INFERRED, _OVER_WAN),
    _T(_C.JOIN_SERVICE, TYPE_1, _EARLY, _COMMISSIONED, _4_9, _SOURCED, _INTO_LOG),
    _T(_C.JOIN_SERVICE, TYPE_1, _RECOVERING, _COMMISSIONED, _4_9, _INFERRED, _INTO_LOG),
    _T(_C.JOIN_SERVICE, TYPE_1, (_COMMISSIONED,), After.UNCHANGED, _4_9, _INFERRED, _INTO_LOG),
    _T(_C.JOIN_SERVICE, _GPF, (_PENDING, _INSTALLED), _COMMISSIONED, _4_10, _SOURCED, _INTO_LOG),
    _T(_C.JOIN_SERVICE, _GPF, _RECOVERING, _COMMISSIONED, _4_10, _INFERRED, _INTO_LOG),
    _T(_C.JOIN_SERVICE, _GPF, (_COMMISSIONED,), After.UNCHANGED, _4_10, _INFERRED, _INTO_LOG),
    # The end, and what happens to products and keys.
    _T(_C.DECOMMISSION_DEVICE, WITH_STATUS, (*_LIVE, _SUSPENDED), _DECOMMISSIONED,
      "DUIS 5.4 SRV 8.3", _SOURCED),
    _T(_C.MODEL_SUSPENDED, WITH_STATUS, _LIVE, _SUSPENDED, "SEC: Certified Products List",
      _BACKGROUND),
    _T(_C.MODEL_RESTORED, WITH_STATUS, (_SUSPENDED,), After.RESUMED, "SEC: Certified Products List",
      _BACKGROUND),
    _T(_C.RECOVERY_BEGUN, WITH_STATUS, (*_EARLY, _COMMISSIONED, _RECOVERED), _RECOVERY,
      "SEC: SMKI recovery", _BACKGROUND),
    _T(_C.RECOVERY_COMPLETED, WITH_STATUS, (_RECOVERY,), _RECOVERED, "SEC: SMKI recovery",
      _BACKGROUND),
)  # fmt: skip
"""In order of life; no two lines agree in trigger, kind, status before and status after."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A refusal that a clause names.

    Args:
        before: statuses it holds for, () for all.
        code: the response code, None where no source gives one.
    """

    trigger: Trigger
    kinds: tuple[DeviceKind, ...]
    before: Statuses
    clause: str
    code: str | None
    certainty: Certainty


BARS: Final = (
    Bar(_C.COMMISSION_DEVICE, SMART_METERS, (_COMMISSIONED, _DECOMMISSIONED, _SUSPENDED),
        "SEC App. AC 4.12(b)", "E5", _SOURCED),
    Bar(_C.COMMISSION_DEVICE, TYPE_2, (), "SEC App. AC 4.15", "E11", _SOURCED),
    Bar(_C.COMMISSION_DEVICE, TYPE_1, (), _4_9, "E11", _SOURCED),
    Bar(_C.COMMISSION_DEVICE, _GPF, (), _4_10, "E11", _SOURCED),
    Bar(_C.JOIN_SERVICE, SMART_METERS, (), "SEC App. AC 4.11", "E11", _SOURCED),
    Bar(_C.DECOMMISSION_DEVICE, WITH_STATUS, (_DECOMMISSIONED, _WITHDRAWN),
        "DUIS 5.4 SRV 8.3", "E5", _INFERRED),
)  # fmt: skip


def transitions(
    trigger: Trigger, kind: DeviceKind, before: SmiStatus | None
) -> tuple[Transition, ...]:
    """The lines for a trigger and a device, none when nothing of the sort is listed."""
    return _LISTED.get((trigger, kind, before), ())


def bar(trigger: Trigger, kind: DeviceKind, before: SmiStatus | None) -> Bar | None:
    """The clause that bars the trigger for this device, None when no clause names it."""
    for each in BARS:
        if (
            each.trigger is trigger
            and kind in each.kinds
            and (not each.before or before in each.before)
        ):
            return each
    return None


def serves(trigger: Trigger, kind: DeviceKind) -> bool:
    """Whether a device of this kind can have the trigger at all, in some status."""
    return (trigger, kind) in _SERVED


def _listed() -> dict[tuple[Trigger, DeviceKind, SmiStatus | None], tuple[Transition, ...]]:
    found: dict[tuple[Trigger, DeviceKind, SmiStatus | None], tuple[Transition, ...]] = {}
    for line in TRANSITIONS:
        for kind in line.kinds:
            for before in line.before:
                place = (line.trigger, kind, before)
                found[place] = (*found.get(place, ()), line)
    return found


_LISTED: Final = _listed()
_SERVED: Final = {(trigger, kind) for trigger, kind, _ in _LISTED}
