"""Which ASN.1 type the payload of each message is, by message code and CRA (GBCS Annex 3)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs.asn1 import credentials, device_logs, firmware, gas_clock
from emulator.gbcs.asn1.elements import Element
from emulator.gbcs.envelope import Cra

_CREDENTIALS_UPDATES: Final = (*range(0x0102, 0x010A), 0x0125, 0x0126)
"""CS02b in its eight replacement modes, CS02g in its two."""
_CREDENTIALS_READS: Final = (0x0008, 0x011B)
"""CS02a and CS02f."""
_JOINS: Final = (0x000D, 0x000E, 0x00AB, 0x00AF)
"""CS03A1, CS03B, CS03A2 and CS03C."""
_UNJOINS: Final = (0x000F, 0x0010)
"""CS04AC and CS04B."""


def _pair(
    codes: tuple[int, ...], command: Element, response: Element
) -> dict[tuple[int, Cra], Element]:
    return {
        (code, cra): element
        for code in codes
        for cra, element in ((Cra.COMMAND, command), (Cra.RESPONSE, response))
    }


ASN1_TYPES: Final[Mapping[tuple[int, Cra], Element]] = MappingProxyType(
    {
        **_pair(
            _CREDENTIALS_READS,
            credentials.PROVIDE_CREDENTIALS_COMMAND,
            credentials.PROVIDE_CREDENTIALS_RESPONSE,
        ),
        **_pair(
            _CREDENTIALS_UPDATES,
            credentials.UPDATE_CREDENTIALS_COMMAND,
            credentials.UPDATE_CREDENTIALS_RESPONSE,
        ),
        **_pair(
            (0x000A,), credentials.ISSUE_CREDENTIALS_COMMAND, credentials.ISSUE_CREDENTIALS_RESPONSE
        ),
        **_pair(
            (0x000B,),
            credentials.UPDATE_CERTIFICATE_COMMAND,
            credentials.UPDATE_CERTIFICATE_RESPONSE,
        ),
        **_pair(
            (0x000C,),
            credentials.PROVIDE_CERTIFICATE_COMMAND,
            credentials.PROVIDE_CERTIFICATE_RESPONSE,
        ),
        **_pair(_JOINS, device_logs.JOIN_DEVICE_COMMAND, device_logs.JOIN_DEVICE_RESPONSE),
        **_pair(_UNJOINS, device_logs.UNJOIN_DEVICE_COMMAND, device_logs.UNJOIN_DEVICE_RESPONSE),
        **_pair((0x0012,), firmware.ACTIVATE_FIRMWARE_COMMAND, firmware.ACTIVATE_FIRMWARE_RESPONSE),
        **_pair(
            (0x0013,), device_logs.READ_DEVICE_LOG_COMMAND, device_logs.READ_DEVICE_LOG_RESPONSE
        ),
        **_pair((0x007F,), gas_clock.SET_TIME_COMMAND, gas_clock.SET_TIME_RESPONSE),
        **_pair(
            (0x008C,),
            device_logs.RESTORE_DEVICE_LOG_COMMAND,
            device_logs.RESTORE_DEVICE_LOG_RESPONSE,
        ),
        **_pair(
            (0x0129,),
            firmware.READ_FIRMWARE_VERSION_COMMAND,
            firmware.READ_FIRMWARE_VERSION_RESPONSE,
        ),
        (0x00B2, Cra.ALERT): device_logs.DEVICE_LOG_BACKUP_ALERT,
        (0x00CA, Cra.ALERT): firmware.ACTIVATE_FIRMWARE_ALERT,
        (0x00CB, Cra.ALERT): credentials.UPDATE_CREDENTIALS_ALERT,
        (0x0124, Cra.ALERT): credentials.UPDATE_CREDENTIALS_ALERT,
        (0x0128, Cra.ALERT): firmware.FIRMWARE_TRANSFER_ALERT,
        (0x012B, Cra.ALERT): firmware.ACTIVATE_IMAGE_ALERT,
    }
)
"""Every message whose payload is ASN.1; a message that is not here has another kind of payload."""
