"""Codes that devices write into their security logs (GBCS 16.2; SMETS2 5.7.5.31, CHTS 4.6.3.5).

They are those that the logs of reference messages show: ECS35b and CS10b of meters and the gas
proxy function, ECS35d of the communications hub function (RTDS 4.5.0). Other codes go to the event
log, or nowhere.
"""

from typing import Final

from emulator.gbcs_device.device_kind import DeviceKind

NOT_COVERED: Final = 0x8F53
"""Failed authentication or authorisation that no other code covers."""
EVENT_LOG_CLEARED: Final = 0x8F52
_REFUSED: Final = (0x8F1E, 0x8F3E, NOT_COVERED)
_OF_ALL: Final = frozenset(
    (*_REFUSED, 0x8F3F, 0x8F43, *range(0x8F4C, 0x8F50), EVENT_LOG_CLEARED, 0x8F75, 0x8F78)
)
METER_SECURITY_CODES: Final = _OF_ALL | {
    *(0x8F0C, 0x8F1B, 0x8F1C, 0x8F47, *range(0x8F48, 0x8F4C), 0x8F51, 0x8F5B, 0x8F60, 0x8F63),
    *(0x8F64, 0x8F70, 0x8F72, 0x8F73, 0x8F74, 0x8F76, 0x8F77, 0x8F82),
}
HUB_SECURITY_CODES: Final = _OF_ALL | {0x8F12}


def security_codes(kind: DeviceKind) -> frozenset[int]:
    """The codes that a kind of device writes into its security log."""
    return HUB_SECURITY_CODES if kind is DeviceKind.CHF else METER_SECURITY_CODES


def logged_refusal(alert: int) -> int:
    """How a security log calls the refusal that an alert tells of.

    The log knows fewer codes than there are alerts: no reference log shows an entry for a source
    without authority, or for one that failed authentication. That they go by the code for what no
    other covers is unverified.
    """
    return alert if alert in _OF_ALL else NOT_COVERED
