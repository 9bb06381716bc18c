"""Alerts that a command leads to when it is carried out (GBCS 16.2, by titles of use cases).

CS14 tells of devices that are added to a hub's log or removed from it, GCS62 of partners that a
gas proxy function is joined with or unjoined from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from emulator.gbcs.use_cases.record import UseCase
from emulator.gbcs_device.device_kind import DeviceKind

_HUB_LOG: Final = 0x8F12
_PROXY_LOG: Final = 0x8071


@dataclass(frozen=True, slots=True)
class DueAlert:
    """An alert that has to come.

    Args:
        code: of the alert.
        values: with which the command does what the alert tells of.
    """

    code: int
    values: tuple[tuple[str, object], ...] = ()


_DUE: Final[Mapping[tuple[DeviceKind, int], DueAlert]] = MappingProxyType(
    {
        (DeviceKind.CHF, 0x0001): DueAlert(_HUB_LOG),
        (DeviceKind.GPF, 0x000E): DueAlert(_PROXY_LOG, (("device_type", "PPMID"),)),
    }
)
"""By kind of device and message code."""


def due_alert(use_case: UseCase, kind: DeviceKind) -> DueAlert | None:
    """The alert that a command leads to; None where it leads to none."""
    return _DUE.get((kind, use_case.code))
