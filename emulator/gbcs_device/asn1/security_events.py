"""What commands in ASN.1 leave in the security log of a device (GBCS 16.2).

The logs of reference messages have these codes (RTDS 4.5.0, ECS35b, ECS35d and CS10b), and a
meter's manual says that they are told to nobody (Aclara SGM1400 and SGM1430-B, SMETS2, appendix A).
That 8F70 is written once a command, when at least one cell took its certificate, is unverified.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs.asn1.codes import (
    JoinResponseCode,
    StatusCode,
    UnjoinResponseCode,
    UpdateCertificateResponseCode,
)
from emulator.gbcs.asn1.credentials import UpdateCredentialsOutcome
from emulator.gbcs.protection.certificates import Certificate, CertificateUsage
from emulator.gbcs_device.primitives import SecurityEvent
from emulator.kernel.errors import WireError

_JOIN_FAILED, _JOINED, _UNJOIN_FAILED, _UNJOINED = range(0x8F48, 0x8F4C)
_CREDENTIALS_UPDATED: Final = 0x8F70
_OWN_CERTIFICATES: Final[Mapping[CertificateUsage, tuple[int, int]]] = MappingProxyType(
    {
        CertificateUsage.DIGITAL_SIGNATURE: (0x8F4C, 0x8F4D),
        CertificateUsage.KEY_AGREEMENT: (0x8F4E, 0x8F4F),
    }
)
"""By use: that it was not replaced, and that it was."""

Events = tuple[SecurityEvent, ...]


def of_credentials(outcome: UpdateCredentialsOutcome) -> Events:
    """That remote parties' certificates were replaced (CS02b, CS02g)."""
    replaced = any(each.status == StatusCode.SUCCESS for each in outcome.outcomes)
    return (SecurityEvent(_CREDENTIALS_UPDATED),) if replaced else ()


def of_join(code: JoinResponseCode) -> Events:
    """How adding a device to the log went (CS03)."""
    return (SecurityEvent(_JOINED if code == JoinResponseCode.SUCCESS else _JOIN_FAILED),)


def of_unjoin(code: UnjoinResponseCode) -> Events:
    """How taking a device out of the log went (CS04)."""
    return (SecurityEvent(_UNJOINED if code == UnjoinResponseCode.SUCCESS else _UNJOIN_FAILED),)


def of_certificate(der: bytes, code: UpdateCertificateResponseCode) -> Events:
    """How replacing a certificate of the device's own went (CS02d); nothing of what is none."""
    try:
        usage = Certificate.decode(der).usage
    except WireError:
        return ()
    codes = _OWN_CERTIFICATES.get(usage)
    if codes is None:
        return ()
    return (SecurityEvent(codes[code == UpdateCertificateResponseCode.SUCCESS]),)
