"""Use cases as rows for people and programs, and as records to copy from."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from emulator.gbcs.commands.template_reader import command_document
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.gbcs.use_cases.record import UseCase
from emulator.gbcs.use_cases.writer import record_of
from emulator.gbcs_device.authority import answered_by
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError

_KINDS: Final = tuple(sorted(each.value for each in DeviceKind))


def use_case_rows(device: str | None = None) -> list[dict[str, object]]:
    """The use cases as rows of a listing: code, name, title, services, category and devices.

    Args:
        device: only those of this type of device, however its letters are written.

    Raises:
        UsageError: when there is no such type.
    """
    return [
        {
            "code": f"{each.code:04X}",
            "name": each.name or "",
            "title": each.title,
            "services": list(each.services),
            "category": each.category.value,
            "sensitive": each.sensitive,
            "devices": list(devices_of(each)),
            "roles": list(each.roles),
            "evidence": each.evidence.value,
        }
        for each in _of(device)
    ]


def record_lines(device: str | None = None) -> Iterator[str]:
    """The records of use cases, each one line as a folder of own records has it.

    Args:
        device: only those of this type of device.

    Raises:
        UsageError: when there is no such type.
    """
    for each in _of(device):
        yield json.dumps(record_of(each, command_document(each)), ensure_ascii=False)


def devices_of(use_case: UseCase) -> Sequence[str]:
    """The types of device that answer its command, and those that its messages show."""
    shown = (kind for kind in DeviceKind if kind.value in use_case.devices)
    answering = (kind for kind in DeviceKind if answered_by(use_case, kind))
    return sorted({each.value for each in (*shown, *answering)})


def _of(device: str | None) -> Iterator[UseCase]:
    if device is None:
        return iter(use_cases())
    kind = device.upper()
    if kind not in _KINDS:
        known = ", ".join(_KINDS)
        raise UsageError(f"no use case is for device {device!r}: expected {known}")
    return (each for each in use_cases() if kind in devices_of(each))
