"""The codes of security logs are those that reference messages show (RTDS 4.5.0)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.cosem.server.made_values import number_of, parts_of
from emulator.dlms.access import AccessResponse
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import decode_payload
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.security_codes import logged_refusal, security_codes
from emulator.testing.judges.reference_data import reference_folder
from emulator.zcl.payloads.events import PublishEventLog


def told(use_case: str) -> frozenset[int]:
    """The codes in the log that the answer of a use case tells."""
    (answer,) = reference_folder().glob(f"messages/6.13_{use_case}/*_SUCCESS_RESPONSE_*")
    return frozenset(_codes(answer))


def _codes(answer: Path) -> Iterator[int]:
    payload = decode_payload(Message.decode(bytes.fromhex(answer.read_text())))
    if isinstance(payload, GbzPayload):
        for component in payload.components:
            for event in PublishEventLog.decode(component.payload).events:
                yield event.event_id
    if isinstance(payload, AccessResponse):
        for entry in parts_of(payload.data[0]):
            yield number_of(parts_of(entry)[1])


def test_meters_log_what_reference_logs_of_meters_show() -> None:
    assert security_codes(DeviceKind.ESME) == told("ECS35b") | told("CS10b")


def test_hub_logs_what_its_reference_log_shows() -> None:
    assert security_codes(DeviceKind.CHF) == told("ECS35d")


@pytest.mark.parametrize(("alert", "code"), [(0x8F3E, 0x8F3E), (0x8F3D, 0x8F53), (0x8F30, 0x8F53)])
def test_refusal_without_a_code_in_the_logs_is_not_covered(alert: int, code: int) -> None:
    assert logged_refusal(alert) == code
