"""Alerts: how each is written, for whom it is, and by what it is protected (GBCS 16).

An alert with a use case of its own has its code and its payload's own part; every other is a
generic one of code and time. Devices with COSEM objects write a DLMS notification, devices with
ZCL attributes a GBZ payload, and some use cases ASN.1.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from types import MappingProxyType
from typing import Final, Self

from emulator.cosem.moments import date_time_octets, seconds_of
from emulator.dlms.data import Data
from emulator.dlms.data_coding import encode_data, take_data
from emulator.dlms.data_types import DataType
from emulator.dlms.notification import DataNotification
from emulator.gbcs.asn1.elements import GeneralizedTime, Integer
from emulator.gbcs.asn1.payload import Asn1Payload
from emulator.gbcs.asn1.tlv import Lengths, tlv
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_alert import FutureDatedOutcome, GbzAlert
from emulator.gbcs.payload import Payload
from emulator.gbcs.protection.refusal import Rule
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.device_clock import generalized_time
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.gbcs_device.future_dated import CosemItem, FutureDated, ZclItem
from emulator.gbcs_device.gbz.billing_alert import billing_alert
from emulator.kernel.errors import LocalError, WireError
from emulator.zcl.payloads.metering import PublishSnapshot

Encrypt = Callable[[bytes], bytes]

GENERIC_CRITICAL: Final = 0x1000
GENERIC_NON_CRITICAL: Final = 0x1001
PUSHED_BILLING_DATA: Final = 0x008B
"""The alert of a gas meter whose content is encrypted for its reader (GCS53)."""
METER_BILLING_DATA: Final = 0x0061
"""That of an electricity meter (ECS68); who makes it encrypts its content."""
_ENCRYPTED: Final = frozenset((PUSHED_BILLING_DATA, METER_BILLING_DATA))
COSEM_EXECUTION: Final = 0x00CC
ZCL_EXECUTION: Final = 0x00CD
"""Future dated execution of an instruction, by the way it was written."""
SUCCEEDED: Final = 0x8F66
FAILED: Final = 0x8F67
_INVOKE_FLAGS: Final = 0x20 << 24
"""The invoke id of a notification holds the lower 24 bits of its counter."""
_SEQUENCE: Final = 0x30

_R, _K = RemotePartyRole, DeviceKind
_BROKER: Final = _R.ACCESS_CONTROL_BROKER


class Shape(Enum):
    """How an alert is written."""

    DLMS = "DLMS"
    GBZ = "GBZ"
    ASN1 = "ASN.1"


_USE_CASES: Final[Mapping[int, tuple[int, ...]]] = MappingProxyType(
    {
        0x8071: (0x00B2,),
        0x81A0: (0x00F0, 0x00F2),
        0x8F0A: (0x0061, 0x008B),
        0x8F12: (0x0018,),
        0x8F20: (0x0110,),
        0x8F26: (0x0111,),
        0x8F28: (0x0112,),
        0x8F2A: (0x0113,),
        0x8F2C: (0x0114,),
        0x8F2D: (0x0115,),
        0x8F36: (0x0067,),
        0x8F72: (0x00CE, 0x00CF),
        0x8F85: (0x0120,),
        0x8F86: (0x0121,),
        0x8F87: (0x0122,),
        0x8F88: (0x0123,),
        0x8F8A: (0x0128,),
        0x8F8B: (0x012B,),
    }
)
"""The use cases of alerts that have one, for one kind of device each."""

_GBZ_KINDS: Final = frozenset({_K.GSME, _K.GPF})
"""Kinds that write generic alerts as GBZ; reference messages show it for the gas meter only."""
_TO_BROKER: Final = frozenset(
    (0x8071, 0x8F12, 0x8F20, 0x8F26, 0x8F28, 0x8F2A, 0x8F2C, 0x8F2D, 0x8F8A, 0x8F8B)
)
_TO_OPERATOR: Final = 0x80
"""High octet of the events that a network operator configures (GBCS 16.2)."""
_CONFIGURABLE: Final = (0x80, 0x81)

REFUSAL_ALERTS: Final[Mapping[Rule, int | None]] = MappingProxyType(
    {
        Rule.FORMAT: 0x8F1E,
        Rule.RECIPIENT: None,
        Rule.COMMAND: None,
        Rule.KNOWN_MESSAGE_CODE: 0x8F53,
        Rule.DEVICE: 0x8F53,
        Rule.KNOWN_PARTY: 0x8F3E,
        Rule.AUTHORITY: 0x8F30,
        Rule.KEY_USAGE: 0x8F3D,
        Rule.CERTIFICATE_VALIDITY: 0x8F3D,
        Rule.CERTIFICATE_PATH: 0x8F3D,
        Rule.COUNTER: 0x8F53,
        Rule.PROTECTED: 0x8F3D,
        Rule.SIGNATURE: 0x8F3D,
        Rule.MAC: 0x8F3D,
        Rule.ENCRYPTION: 0x8F53,
    }
)
"""The alert that tells of a refusal, chosen by the names of the codes (GBCS 16.2).

Which code belongs to which rule is unverified.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertText:
    """What an alert says, before it is protected.

    Args:
        code: alert code.
        message_code: of the message.
        shape: how the payload is written.
        moment: when it happened, the device's own time.
        content: the payload's own part, as its use case writes it.
    """

    code: int
    message_code: int
    shape: Shape
    moment: datetime
    content: bytes = b""

    @property
    def sensitive(self) -> bool:
        """Whether its content is for nobody's eyes but the reader's (GBCS 8.4)."""
        return self.message_code in _ENCRYPTED and bool(self.content)

    def payload(self, counter: int, lengths: Lengths, encrypt: Encrypt) -> bytes:
        """The octets of the payload.

        Args:
            counter: originator counter of the message.
            lengths: how ASN.1 lengths are written.
            encrypt: encrypts for whoever the message is for.

        Raises:
            LocalError: when the content is not what the shape can hold.
        """
        if self.sensitive and self.message_code == PUSHED_BILLING_DATA:
            return GbzPayload(alert=self._billing_alert(encrypt)).encode()
        match self.shape:
            case Shape.DLMS:
                return self._notification(counter)
            case Shape.GBZ:
                count = 1 if self.content else 0
                alert = GbzAlert(self.code, seconds_of(self.moment), self.content, count)
                return GbzPayload(alert=alert).encode()
            case Shape.ASN1:
                head = Integer().write(self.code, lengths)
                when = GeneralizedTime().write(generalized_time(self.moment), lengths)
                return tlv(_SEQUENCE, head + when + self.content, lengths)

    def _billing_alert(self, encrypt: Encrypt) -> GbzAlert:
        try:
            snapshot = PublishSnapshot.decode(self.content)
        except WireError as error:
            raise LocalError(f"alert {self.code:04X}: its content is no snapshot") from error
        return billing_alert(snapshot, seconds_of(self.moment), encrypt)

    def _notification(self, counter: int) -> bytes:
        parts = [
            Data(DataType.LONG_UNSIGNED, self.code),
            Data(DataType.OCTET_STRING, date_time_octets(self.moment)),
        ]
        at = 0
        try:
            while at < len(self.content):
                part, at = take_data(self.content, at)
                parts.append(part)
        except WireError as error:
            raise LocalError(f"alert {self.code:04X}: its content is no DLMS data") from error
        invoke_id = _INVOKE_FLAGS | counter & 0xFFFFFF
        return DataNotification(invoke_id, Data(DataType.STRUCTURE, tuple(parts))).encode()


@dataclass(frozen=True, slots=True)
class WrittenAlert:
    """An alert whose payload somebody else wrote.

    Args:
        message_code: of the message.
        octets: of the payload.
    """

    message_code: int
    octets: bytes

    @classmethod
    def of(cls, payload: Payload) -> Self:
        """The alert that a payload makes: in ASN.1 it knows its code, else it is a future one's."""
        if isinstance(payload, Asn1Payload):
            return cls(payload.message_code, payload.encode())
        dlms = isinstance(payload, DataNotification)
        return cls(COSEM_EXECUTION if dlms else ZCL_EXECUTION, payload.encode())

    @property
    def sensitive(self) -> bool:
        """No: who wrote it has encrypted what is."""
        return False

    def payload(self, _counter: int, _lengths: Lengths, _encrypt: Encrypt) -> bytes:
        """The octets of the payload."""
        return self.octets


def alert_text(
    kind: DeviceKind, code: int, moment: datetime, content: bytes = b""
) -> AlertText | None:
    """An alert of a kind of device; None where its use case is another kind's."""
    own = _USE_CASES.get(code)
    shape = Shape.GBZ if kind in _GBZ_KINDS else Shape.DLMS
    if own is None:
        configurable = code >> 8 in _CONFIGURABLE
        generic = GENERIC_NON_CRITICAL if configurable else GENERIC_CRITICAL
        return AlertText(code=code, message_code=generic, shape=shape, moment=moment)
    for message_code in own:
        found = use_case(message_code)
        if kind.value in found.devices:
            written = Shape(found.payloads["alert"][0])
            return AlertText(
                code=code,
                message_code=message_code,
                shape=written,
                moment=moment,
                content=content,
            )
    return None


def future_dated_text(waited: FutureDated, due: datetime, *, succeeded: bool) -> AlertText | None:
    """The alert for an item that waited; None where it has none (codes 00CC, 00CD)."""
    code = SUCCEEDED if succeeded else FAILED
    match waited.item:
        case CosemItem(class_id, logical_name, member):
            parts = (
                waited.message_code.to_bytes(2, "big"),
                waited.counter.to_bytes(8, "big"),
                class_id.to_bytes(2, "big"),
                logical_name,
                bytes((member,)),
            )
            content = encode_data(Data(DataType.OCTET_STRING, b"".join(parts)))
            return AlertText(
                code=code,
                message_code=COSEM_EXECUTION,
                shape=Shape.DLMS,
                moment=due,
                content=content,
            )
        case ZclItem(cluster, frame_control, command):
            outcome = FutureDatedOutcome(
                waited.message_code, waited.counter, cluster, frame_control, command
            )
            octets = GbzAlert(code, 0, outcome, 1).encode()[_GBZ_HEAD:]
            return AlertText(
                code=code, message_code=ZCL_EXECUTION, shape=Shape.GBZ, moment=due, content=octets
            )
        case None:
            return None


_GBZ_HEAD: Final = 6
"""Octets of code and time before the content of a GBZ alert."""


def alert_recipients(code: int) -> tuple[RemotePartyRole, ...]:
    """The roles an alert is for: the first that stands in a cell of the device gets it.

    Logs, firmware of others and sub-GHz are the access control broker's; codes 80xx and supply
    outages the network operator's; all else the supplier's. Devices without a cell for that role
    tell the broker, which is unverified.
    """
    if code in _TO_BROKER:
        return (_BROKER,)
    if code >> 8 == _TO_OPERATOR or code == 0x8F36:
        return (_R.NETWORK_OPERATOR, _BROKER)
    return (_R.SUPPLIER, _BROKER)
