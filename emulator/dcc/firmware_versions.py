"""Which firmware a device says that it runs (GBCS CS06, CS08, ECS52, GCS38)."""

from typing import Final

from emulator.dlms.access import AccessResponse
from emulator.gbcs.asn1.firmware import (
    ActivateFirmwareAlert,
    ActivateFirmwareResponse,
    ReadFirmwareVersionResponse,
)
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import decode_payload
from emulator.kernel.errors import WireError
from emulator.zcl.foundation.general_commands import ReadAttributesResponse

ACTIVATION_ALERT: Final = 0x00CA
"""What became of an activation that waited for its date."""
_READ_OF_COSEM: Final = 0x0059
_READ_OF_ZCL: Final = 0x0084
_OCTETS: Final = 4


def told_version(message: Message) -> str:
    """The version in a response or alert, 8 hexadecimal digits; empty where it tells none."""
    try:
        payload = decode_payload(message)
        value = _value(payload, message.other_information.message_code)
    except WireError:
        return ""
    return value.hex().upper() if isinstance(value, bytes) and len(value) == _OCTETS else ""


def _value(payload: object, code: int) -> object:
    match payload:
        case Asn1Payload():
            return _of_asn1(payload.value)
        case AccessResponse() if code == _READ_OF_COSEM and payload.data:
            return payload.data[0].value
        case GbzPayload() if code == _READ_OF_ZCL and payload.components:
            records = ReadAttributesResponse.decode(payload.components[0].payload).records
            return records[0].value if records else None
        case _:
            return None


def _of_asn1(told: object) -> bytes | None:
    match told:
        case ActivateFirmwareResponse():
            return None if told.outcome is None else told.outcome.firmware_version
        case ActivateFirmwareAlert():
            return told.outcome.firmware_version
        case ReadFirmwareVersionResponse():
            return None if told.response_code else told.firmware_version
        case _:
            return None
