"""The devices that parameters of a request name (DUIS 5.4)."""

from collections.abc import Mapping
from typing import Final

from emulator.dcc.service_request import ServiceRequest
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, parse_eui64

_NAMED_INSIDE: Final = frozenset(
    ("8.3", "8.4", "8.6", "8.14.1", "8.14.2", "8.14.3", "8.14.4", "5.1", "8.2")
)
"""Requests to the DCC that name the device they are about in a parameter."""


def named_device(parameters: Mapping[str, object], *names: str) -> Eui64 | None:
    """The device that one of these parameters names, None when none of them does.

    Args:
        parameters: of the request.
        names: of parameters; without any, those that DUIS uses for the other device.
    """
    for name in names or ("OtherDeviceID", "DeviceID"):
        value = parameters.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**64:
            return Eui64(value)
        if isinstance(value, str):
            try:
                return parse_eui64(value)
            except UsageError:
                return None
    return None


def device_of(request: ServiceRequest) -> Eui64 | None:
    """The device that a request is about: its target, or the one that it names."""
    if request.srv in _NAMED_INSIDE:
        return named_device(request.parameters, "DeviceID")
    return request.target
