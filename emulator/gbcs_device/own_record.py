"""What a device itself puts into its objects: its security log, and the version that it runs.

Objects are behind executors, one for each way of writing; a device without COSEM objects or ZCL
attributes has none of both.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, TypeGuard, runtime_checkable

from emulator.gbcs.payload import PayloadKind
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.firmware import FirmwareActivated
from emulator.gbcs_device.primitives import SecurityEvent
from emulator.gbcs_device.security_codes import security_codes
from emulator.kernel.likeness import is_like


@runtime_checkable
class _KeepsLogs(Protocol):
    """An executor whose objects have a security log."""

    def note(self, code: int, moment: datetime) -> None: ...


@runtime_checkable
class _ShowsFirmware(Protocol):
    """An executor whose objects show the version that runs."""

    def runs(self, version: bytes) -> None: ...


class OwnRecord:
    """The record of one device.

    Args:
        kind: of device.
        executors: of its commands, which may become others.
    """

    def __init__(self, kind: DeviceKind, executors: Mapping[PayloadKind, object]) -> None:
        self._kind = kind
        self._executors = executors

    def note(self, code: int, moment: datetime) -> None:
        """Write an event into the security log, if it is one for it, and there is a log.

        Args:
            code: of the event.
            moment: the device's own time, UTC.
        """
        if code not in security_codes(self._kind):
            return
        for executor in self._executors.values():
            if _keeps_logs(executor):
                executor.note(code, moment)

    def heed(self, effect: object, moment: datetime) -> None:
        """Take over what a command led to, where the record has a place for it."""
        match effect:
            case SecurityEvent(code):
                self.note(code, moment)
            case FirmwareActivated(version):
                self.runs(version)
            case _:
                pass

    def runs(self, version: bytes) -> None:
        """Show the version that runs, 4 octets."""
        for executor in self._executors.values():
            if _shows_firmware(executor):
                executor.runs(version)


def _keeps_logs(executor: object) -> TypeGuard[_KeepsLogs]:
    return is_like(type(executor), _KeepsLogs)


def _shows_firmware(executor: object) -> TypeGuard[_ShowsFirmware]:
    return is_like(type(executor), _ShowsFirmware)
