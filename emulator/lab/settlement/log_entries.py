"""Entries of a log in a device's answer to a read that is protected (GBCS ECS22b, ECS66, 8.4)."""

from collections.abc import Iterator
from typing import NamedTuple

from emulator.dlms.access import AccessResponse
from emulator.dlms.data import CompactArray, Data
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.agreement import KeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.sensitive_payload import change_blocks
from emulator.gbcs_device.cosem.data_protection import told_values


class LogEntry(NamedTuple):
    """One entry.

    Args:
        stamp: seconds since 2000, UTC.
        counts: watt hours.
    """

    stamp: int
    counts: int


def log_entries(octets: bytes, agreement: KeyAgreement) -> tuple[LogEntry, ...]:
    """The entries in an answer, in its order; of a second element the sum of both.

    Args:
        octets: the answer as it came.
        agreement: knows the secret that the reader shares with the device.

    Raises:
        WireError: when the octets are no answer.
        ProtectionError: when it was not encrypted for the reader.
        MissingKeyError: when the agreement does not know the reader's secret.
    """
    message = Message.decode(octets)
    payload = decode_payload(message)
    if not isinstance(payload, AccessResponse):
        return ()
    opened = change_blocks(payload, SensitiveData(message, agreement).decrypt)
    return tuple(
        entry for data in opened.data for buffer in told_values(data) for entry in _rows(buffer)
    )


def _rows(buffer: Data) -> Iterator[LogEntry]:
    for row in _elements(buffer):
        parts = row.value if isinstance(row, Data) and isinstance(row.value, tuple) else ()
        numbers = [
            each.value for each in parts if isinstance(each, Data) and isinstance(each.value, int)
        ]
        if len(numbers) > 1:
            yield LogEntry(numbers[0], sum(numbers[1:]))


def _elements(buffer: Data) -> tuple[object, ...]:
    """The entries of a log, which may be written as a compact array (IEC 62056-6-2 4.1.5)."""
    if isinstance(buffer.value, CompactArray):
        return buffer.value.elements
    return buffer.value if isinstance(buffer.value, tuple) else ()
