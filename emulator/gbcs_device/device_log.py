"""The device log of a device that is no hub: with whom it may talk (SMETS, GBCS 13.7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.protection.certificates import Certificate
from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A device in the log.

    Args:
        device_type: as ASN.1 payloads number types.
        certificate: key agreement certificate, of a partner that sends GBCS messages itself.
    """

    device_type: int
    certificate: Certificate | None = None


class DeviceLog:
    """The entries in the order in which they were made.

    Args:
        capacity: entries it has room for.
    """

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self._entries: dict[Eui64, LogEntry] = {}

    @property
    def entries(self) -> Mapping[Eui64, LogEntry]:
        """Every entry."""
        return self._entries

    @property
    def full(self) -> bool:
        """Whether there is no room for another device."""
        return len(self._entries) >= self.capacity

    def find(self, eui64: Eui64) -> LogEntry | None:
        """The entry of a device, if it is there."""
        return self._entries.get(eui64)

    def add(self, eui64: Eui64, entry: LogEntry) -> None:
        """Add a device, or take note of what is new about it."""
        self._entries[eui64] = entry

    def remove(self, eui64: Eui64) -> None:
        """Forget a device; nothing changes when it is not there."""
        self._entries.pop(eui64, None)

    def snapshot(self) -> dict[str, Any]:
        """The log as JSON knows it."""
        return {
            "entries": [
                [eui64, entry.device_type, _hexadecimal(entry.certificate)]
                for eui64, entry in self._entries.items()
            ]
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._entries = {
            Eui64(eui64): LogEntry(DeviceType(number), _certificate(der))
            for eui64, number, der in state["entries"]
        }


def _hexadecimal(certificate: Certificate | None) -> str | None:
    return None if certificate is None else certificate.der.hex()


def _certificate(der: str | None) -> Certificate | None:
    return None if der is None else Certificate.decode(bytes.fromhex(der))
