"""Limits that the schema of DUIS 5.4 puts on parameters of requests."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from emulator.dcc.service_request import ServiceRequest

_SHORTEST_INSTALL_CODE: Final = 6
_LONGEST_INSTALL_CODE: Final = 16
_LONGEST_JOIN: Final = 3600
"""Seconds for which joining may be open (DUIS 5.4 JoinTimePeriod)."""
_LONGEST_OFFSET: Final = 400
"""Days by which a log may be read back (DUIS 5.4 logPeriodOffset)."""


def broken_limit(request: ServiceRequest) -> str | None:
    """What in a request breaks a limit of the schema; None when nothing does."""
    if request.request_id.counter < 0:
        return f"counter {request.request_id.counter}, expected 0 or more"
    for name, value in request.parameters.items():
        check = _LIMITS.get(name)
        broken = None if check is None else check(value)
        if broken is not None:
            return f"{name} {broken}"
    return _broken_by_variant(request)


def _broken_by_variant(request: ServiceRequest) -> str | None:
    signed = request.variant in (5, 6, 7)
    if signed and request.pre_command is None:
        return f"variant {request.variant} brings no signed pre-command"
    if not signed and request.pre_command is not None:
        return f"variant {request.variant} brings a pre-command, which it should not"
    return None


def _join_time(value: object) -> str | None:
    seconds = _whole(value)
    if seconds is not None and 1 <= seconds <= _LONGEST_JOIN:
        return None
    return f"{value!r}: expected 1 to {_LONGEST_JOIN} seconds"


def _install_code(value: object) -> str | None:
    octets = _octets(value)
    if octets is not None and _SHORTEST_INSTALL_CODE <= len(octets) <= _LONGEST_INSTALL_CODE:
        return None
    return f"expected {_SHORTEST_INSTALL_CODE} to {_LONGEST_INSTALL_CODE} octets"


def _octets(value: object) -> bytes | None:
    if isinstance(value, bytes):
        return value
    try:
        return bytes.fromhex(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _whole(value: object) -> int | None:
    """A whole number, also where it is written as text."""
    if isinstance(value, str):
        return int(value) if re.fullmatch("-?[0-9]{1,9}", value) else None
    return value if isinstance(value, int) else None


def _offset(value: object) -> str | None:
    days = _whole(value)
    if days is not None and -_LONGEST_OFFSET <= days <= 0:
        return None
    return f"{value!r}: expected -{_LONGEST_OFFSET} to 0 days"


_LIMITS: Final[Mapping[str, Callable[[object], str | None]]] = MappingProxyType(
    {
        "JoinTimePeriod": _join_time,
        "InstallCode": _install_code,
        "StartDateOffset": _offset,
        "EndDateOffset": _offset,
    }
)
