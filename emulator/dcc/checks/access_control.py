"""What a service request must pass before the DCC does anything (DUIS 5.4, SEC App. AB).

That each check is made, and its response code, is read in a source; their order follows from what
sources say. The first that fails answers the request.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, Protocol

from emulator.dcc.checks.request_limits import broken_limit
from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.service_request import ENDPOINTS, LOCAL_VARIANTS, ServiceRequest
from emulator.dcc.settings import DccSettings
from emulator.dcc.users import User, UserRole, UserStatus
from emulator.gbcs.commands.services import use_cases_for
from emulator.gbcs.service_requests.catalogue import service_requests
from emulator.gbcs.service_requests.record import ServiceRequestType
from emulator.kernel.identity import Eui64, format_eui64

COMMISSION_DEVICE: Final = "8.1.1"
PRE_NOTIFICATION: Final = "12.2"
_WITHOUT_DEVICE: Final = frozenset(
    ("12.1", PRE_NOTIFICATION, "8.2", "8.13", "5.2", "5.3", "11.1", "11.4")
)
"""Requests that name no device, or devices that need not be known."""
_JUDGED_ELSEWHERE: Final = frozenset(("8.1.1", "8.3", "8.4", "8.14.3", "8.14.4"))
"""Requests whose statuses the inventory knows more exactly (SEC App. AC 4.12)."""
_ENDED: Final = frozenset((SmiStatus.DECOMMISSIONED, SmiStatus.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request goes no further.

    Args:
        code: response code.
        reason: what was there and what was expected.
        clause: what it is founded on.
    """

    code: str
    reason: str
    clause: str


class Registrations(Protocol):
    """Who is registered for a device, as the registration data of industry say."""

    def entitled(self, user: Eui64, role: UserRole, device: Eui64, moment: datetime) -> bool | None:
        """Whether a user has a role for a device at a moment; None where nothing tells."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A request with everything that is known about it.

    Args:
        moment: when it came, or falls due.
        service: its type, None when it is unknown.
        user: who sent it, None when unknown.
        device: the device it is about, None when there is none or it is unknown.
        used: whether its id was used before.
    """

    request: ServiceRequest
    moment: datetime
    service: ServiceRequestType | None
    user: User | None
    device: DeviceRecord | None
    used: bool
    registrations: Registrations
    settings: DccSettings

    @property
    def type(self) -> ServiceRequestType:
        """Its type, after the check that it is known."""
        return self.service or _UNKNOWN

    @property
    def roles(self) -> tuple[UserRole, ...]:
        """The roles of the user in which it may send this request."""
        if self.user is None:
            return ()
        meter_data = self.type.srv in self.settings.mdr_services
        return _roles(self.type.user_roles, self.user.roles, meter_data=meter_data)


_UNKNOWN: Final = service_requests()[0]


@lru_cache(maxsize=1024)
def _roles(
    allowed: tuple[str, ...], held: frozenset[UserRole], *, meter_data: bool
) -> tuple[UserRole, ...]:
    """The roles among `held` that may send a request; asked several times for each."""
    may = {*allowed, UserRole.METER_DATA_RETRIEVAL} if meter_data else set(allowed)
    return tuple(role for role in UserRole if role in may and role in held)


def refusal(case: Case) -> Refusal | None:
    """Why a request goes no further; None when it passes every check."""
    for check in _CHECKS:
        found = check(case)
        if found is not None:
            return found
    return None


def refusal_when_due(case: Case) -> Refusal | None:
    """Why a request that waited goes no further now that it falls due; None when it passes."""
    for check in _CHECKS_WHEN_DUE:
        found = check(case)
        if found is not None:
            return found
    return None


def _known_service(case: Case) -> Refusal | None:
    if case.service is not None:
        return None
    reason = f"service reference variant {case.request.srv!r} is not known"
    return Refusal(case.settings.codes.malformed, reason, "DUIS 5.4 ServiceReferenceVariant")


def _well_formed(case: Case) -> Refusal | None:
    broken = broken_limit(case.request)
    if broken is None:
        return None
    return Refusal(case.settings.codes.malformed, broken, "DUIS 5.4 schema")


def _unused_id(case: Case) -> Refusal | None:
    if not case.used:
        return None
    reason = f"request id {case.request.request_id} was used before"
    return Refusal(case.settings.codes.duplicate, reason, "DUIS 5.4 RequestID")


def _known_user(case: Case) -> Refusal | None:
    if case.user is not None and case.user.roles:
        return None
    originator = format_eui64(case.request.request_id.originator)
    return Refusal("E1", f"{originator} is no user with a role", "DUIS response code E1")


def _active_user(case: Case) -> Refusal | None:
    if case.user is None or case.user.status is UserStatus.ACTIVE:
        return None
    return Refusal("E3", f"user {case.user.name} is suspended", "DUIS response code E3")


def _eligible_role(case: Case) -> Refusal | None:
    if case.roles or case.user is None:
        return None
    held = ", ".join(sorted(case.user.roles))
    wanted = ", ".join(case.type.user_roles) or "a role that no source names"
    reason = f"{case.type.srv} is for {wanted}, the user has {held}"
    return Refusal("E2", reason, "DUIS request matrix, eligible user roles")


def _right_endpoint(case: Case) -> Refusal | None:
    brought = case.request.endpoint
    expected = ENDPOINTS.get(case.request.variant)
    if brought is None or expected is None or brought is expected:
        return None
    reason = f"variant {case.request.variant} belongs to the {expected.value}"
    return Refusal("E13", f"{reason}, not the {brought.value}", "DUIS response code E13")


def _right_variant(case: Case) -> Refusal | None:
    variants = case.type.command_variants
    if case.request.variant in variants:
        return None
    allowed = ", ".join(map(str, variants))
    reason = f"{case.type.srv} takes variant {allowed}, not {case.request.variant}"
    return Refusal("E12", reason, "DUIS 5.4 CommandVariant")


def _known_device(case: Case) -> Refusal | None:
    if case.device is not None or case.type.srv in _WITHOUT_DEVICE:
        return None
    named = case.request.parameters.get("DeviceID", case.request.target)
    shown = format_eui64(named) if isinstance(named, int) else repr(named)
    return Refusal("E19", f"no device {shown} is in the inventory", "SEC App. AC 4.12(a)")


def _possible_date(case: Case) -> Refusal | None:
    execution = case.request.execution
    if execution is None:
        return None
    reason = _impossible(execution, case)
    if reason is None:
        return None
    return Refusal(case.settings.codes.date, reason, "DUIS 5.4 FutureDatedAbstractType")


def _impossible(execution: datetime, case: Case) -> str | None:
    """What is wrong with an execution date."""
    if execution.tzinfo is None:
        return f"execution at {execution.isoformat()} has no time zone"
    if not case.type.future_dated:
        return f"{case.type.srv} cannot be dated"
    if execution <= case.moment:
        return f"execution at {execution.isoformat()} is past"
    horizon = case.settings.horizon
    if horizon is not None and execution - case.moment > timedelta(microseconds=horizon):
        return f"execution at {execution.isoformat()} is too far ahead"
    return None


def _authorised(case: Case) -> Refusal | None:
    device, user = case.device, case.user
    if device is None or user is None:
        return None
    at = case.request.execution or case.moment
    views: list[bool | None] = []
    for role in case.roles:
        views.append(case.registrations.entitled(user.eui64, role, device.device, at))
        if views[-1]:
            return None
    if None in views and case.type.srv != COMMISSION_DEVICE:
        return None
    roles = ", ".join(case.roles)
    reason = f"user {user.name} is not registered as {roles} for {format_eui64(device.device)}"
    clause = "SEC App. AC 4.11" if case.type.srv == COMMISSION_DEVICE else "DUIS response code E4"
    return Refusal("E4", reason, clause)


def _fitting_status(case: Case) -> Refusal | None:
    device = case.device
    if device is None or device.status not in _ENDED or case.type.srv in _JUDGED_ELSEWHERE:
        return None
    reason = f"{format_eui64(device.device)} is {device.status.value}"
    return Refusal("E5", reason, "DUIS response code E5")


def _fitting_type(case: Case) -> Refusal | None:
    device = case.device
    if device is None or not case.type.use_cases:
        return None
    if use_cases_for(case.type.srv, device.kind.value):
        return None
    reason = f"{case.type.srv} {case.type.name} is not for a {device.kind.value}"
    clause = "DUIS response code E11"
    if case.type.srv == COMMISSION_DEVICE and device.kind in (DeviceKind.IHD, DeviceKind.CAD):
        clause = "SEC App. AC 4.15"
    return Refusal("E11", reason, clause)


def _local_allowed(case: Case) -> Refusal | None:
    if case.request.variant not in LOCAL_VARIANTS:
        return None
    if any(role in case.settings.local_command_roles for role in case.roles):
        return None
    return Refusal("E17", "no local command for this role", "DUIS response code E17")


_CHECKS: Final[tuple[Callable[[Case], Refusal | None], ...]] = (
    _known_service,
    _well_formed,
    _unused_id,
    _known_user,
    _active_user,
    _eligible_role,
    _right_endpoint,
    _right_variant,
    _known_device,
    _possible_date,
    _authorised,
    _fitting_status,
    _fitting_type,
    _local_allowed,
)
_CHECKS_WHEN_DUE: Final = (
    _known_user,
    _active_user,
    _eligible_role,
    _known_device,
    _authorised,
    _fitting_status,
)
"""Authorisation is checked again when a dated or scheduled request falls due."""
