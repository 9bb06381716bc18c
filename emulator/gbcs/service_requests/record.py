"""What a service request type is: the record of one service reference variant (DUIS 5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class FutureDating(Enum):
    """Who keeps a request until its date (DUIS 5.4, request matrix)."""

    DSP = "DSP"
    """The DCC."""
    DEVICE = "DEVICE"
    """The device."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceUseCase:
    """A use case that a service request may become.

    Args:
        name: of the use case and of its variant (`CS02bSupplierBySupplier`).
        code: message code.
        devices: device types it may be for.
        alert_codes: message codes of the alerts that tell what came of it later.
        parameters: DUIS parameters that choose it where several fit the device: all of them must
            be there, with one of the values given, or with any where none is given.
    """

    name: str
    code: int
    devices: tuple[str, ...]
    alert_codes: tuple[int, ...] = ()
    parameters: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequestType:
    """One service reference variant.

    Args:
        srv: service reference variant (`6.20.1`).
        sr: service reference (`6.20`).
        name: as the request matrix has it.
        element: of the request's body in DUIS.
        critical: whether the user signs what is sent; the matrix, see `differs`.
        non_device: whether the DCC answers it itself.
        on_demand: whether it may be executed at once.
        future_dated: who may keep it until a date; nobody where empty.
        dcc_scheduled: whether a schedule of the DCC may hold it.
        user_roles: user roles that may send it; empty where no source tells.
        command_variants: those that it may be sent with (DUIS 5.4, 1 to 8).
        use_cases: that it may become.
        sensitive: whether responses hold encrypted data.
        differs: what another source says of a field.
    """

    srv: str
    sr: str
    name: str
    element: str
    critical: bool
    non_device: bool
    on_demand: bool
    future_dated: tuple[FutureDating, ...]
    dcc_scheduled: bool
    user_roles: tuple[str, ...]
    command_variants: tuple[int, ...]
    use_cases: tuple[ServiceUseCase, ...]
    sensitive: bool
    differs: Mapping[str, str]

    def __str__(self) -> str:
        """Variant and name: `8.1.1 Commission Device`."""
        return f"{self.srv} {self.name}"
