"""The envelope of every message between a remote party and a device (GBCS 7.2).

From the outside in: a MAC header (DLMS general-ciphering, GBCS 7.2.5) when there is a MAC, then the
grouping header (general-signing, GBCS 7.2.6) with counter, parties and other information, then the
payload, and the signature. A pre-command has no MAC header and ends at its payload.
"""

import struct
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from typing import Final, NoReturn, Self

from emulator.dlms.lengths import encode_length, take_length
from emulator.gbcs.other_information import OtherInformation, message_code_alone
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64

GENERAL_CIPHERING: Final = 0xDD
GENERAL_SIGNING: Final = 0xDF
MAC_LENGTH: Final = 12
SIGNATURE_LENGTH: Final = 64
DATE_TIME_LENGTH: Final = 12
MAXIMUM_LENGTH: Final = 0x1_0000
"""Octets of the longest message that is decoded; 63 blocks of 1,149 octets hold 72,387."""

_CIPHERED: Final = bytes((GENERAL_CIPHERING,))
_MAC_HEADER: Final = bytes.fromhex("DD 00 00 00 00 00 00")
"""Tag, five empty elements and no key-info; the length of the ciphered service follows."""
_SECURITY_HEADER: Final = bytes.fromhex("11 00000000")
"""Security control 11 (authenticated, suite 1) and invocation counter 0."""
_NO_DATE_TIME: Final = b"\x00"
_GROUPING: Final = struct.Struct(">BBBQBQBQ")
"""Tag, 09, CRA, counter, 08, originator, 08, recipient."""
_USUAL: Final = struct.Struct(">BBBQBQBQBBHB")
"""As nearly every message goes on: no date-time, a message code alone, length of the payload."""
_USUAL_CONSTANTS: Final = (GENERAL_SIGNING, 9, 8, 8, 0, 2)
_SIGNED_END: Final = 1 + SIGNATURE_LENGTH
_GROUPING_FIELDS: Final = (
    ("tag", 0, GENERAL_SIGNING),
    ("transaction_id", 1, 9),
    ("cra", 2, None),
    ("counter", 3, None),
    ("originator", 11, 8),
    ("recipient", 20, 8),
)


class Cra(IntEnum):
    """Whether a message commands, responds or alerts (GBCS 7.2.6)."""

    COMMAND = 1
    RESPONSE = 2
    ALERT = 3


_CRAS: Final = {int(cra): cra for cra in Cra}


@dataclass(frozen=True, slots=True)
class Message:
    """One message, its payload still in octets.

    Args:
        cra: command, response or alert.
        counter: originator counter, 64 bits; a response carries that of its command.
        originator: who made it.
        recipient: whom it is for.
        date_time: COSEM date-time of 12 octets, or nothing.
        other_information: message code and supplementary parties.
        payload: DLMS, GBZ or ASN.1.
        signature: r and s of 32 octets each, nothing when the message is unsigned, None when it is
            a pre-command: a command without MAC that ends at its payload.
        mac: 12 octets, None when there is no MAC header.
    """

    cra: Cra
    counter: int
    originator: Eui64
    recipient: Eui64
    date_time: bytes
    other_information: OtherInformation
    payload: bytes
    signature: bytes | None = b""
    mac: bytes | None = None
    _wire: bytes | None = field(default=None, init=False, repr=False, compare=False)
    """The grouped message as it was received, which is also what it encodes to."""

    @classmethod
    def decode(cls, octets: bytes) -> Self:
        """The message that `octets` are.

        Raises:
            WireError: when the octets are no message, or more than one.
        """
        start, mac_start = 0, len(octets)
        if mac_start > MAXIMUM_LENGTH:
            raise WireError("Message", MAXIMUM_LENGTH, f"{mac_start} octets, at most 65536")
        mac = None
        if octets.startswith(_CIPHERED):
            start, mac_start = _maced_span(octets)
            mac = octets[mac_start:]
        grouped = octets[start:mac_start]
        fields = _usual_fields(grouped) or _fields(grouped, start, maced=mac is not None)
        message = cls(*fields, mac)
        object.__setattr__(message, "_wire", grouped)
        return message

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when a field does not fit, or a pre-command has a MAC.
        """
        if self.mac is None:
            return self.grouped
        if self.signature is None or len(self.mac) != MAC_LENGTH:
            raise LocalError("a MAC has 12 octets and covers a message with a signature element")
        body = self.grouped
        length = encode_length(len(_SECURITY_HEADER) + len(body) + MAC_LENGTH)
        return b"".join((_MAC_HEADER, length, _SECURITY_HEADER, body, self.mac))

    @property
    def signed_region(self) -> bytes:
        """What the signature covers: from the length of the transaction id to the payload's end."""
        grouped = self.grouped
        if self.signature is None:
            return grouped[1:]
        return grouped[1 : len(grouped) - 1 - len(self.signature)]

    @property
    def maced_region(self) -> bytes:
        """What the MAC covers after its header: the grouped message with its signature."""
        return self.grouped

    @property
    def grouped(self) -> bytes:
        """The message without MAC header and MAC: general-signing (GBCS 7.2.6)."""
        return self._encode_grouped() if self._wire is None else self._wire

    def offset_of(self, name: str) -> int:
        """Where a field of the encoded message starts; elements start at their length octet.

        Args:
            name: of the field, as in this class.
        """
        whole = len(self.encode())
        mac_length = 0 if self.mac is None else MAC_LENGTH
        start = whole - mac_length - len(self.grouped)
        fixed = {"cra": 2, "counter": 3, "originator": 11, "recipient": 20}
        if name in fixed:
            return start + fixed[name]
        if name == "mac":
            return whole - mac_length
        at = start + _GROUPING.size
        elements = (
            ("date_time", self.date_time),
            ("other_information", self.other_information.encode()),
            ("payload", self.payload),
        )
        for element, octets in elements:
            if element == name:
                return at
            at += len(encode_length(len(octets))) + len(octets)
        return at

    def _encode_grouped(self) -> bytes:
        """The grouped message from its fields."""
        if len(self.date_time) not in (0, DATE_TIME_LENGTH):
            raise LocalError(f"date-time of {len(self.date_time)} octets, expected 0 or 12")
        information = self.other_information.encode()
        signature = self.signature
        if signature is None and self.cra is not Cra.COMMAND:
            raise LocalError("only a command may end at its payload")
        if signature and len(signature) != SIGNATURE_LENGTH:
            raise LocalError(f"signature of {len(signature)} octets, expected 0 or 64")
        try:
            header = _GROUPING.pack(
                GENERAL_SIGNING, 9, self.cra, self.counter, 8, self.originator, 8, self.recipient
            )
        except struct.error as fault:
            raise LocalError(f"counter and parties: expected 64 bits each: {fault}") from fault
        return b"".join(
            (
                header,
                encode_length(len(self.date_time)),
                self.date_time,
                encode_length(len(information)),
                information,
                encode_length(len(self.payload)),
                self.payload,
                b"" if signature is None else encode_length(len(signature)),
                signature or b"",
            )
        )


_Fields = tuple[Cra, int, Eui64, Eui64, bytes, OtherInformation, bytes, bytes | None]
"""The fields of a message in their order, without the MAC."""


def _usual_fields(grouped: bytes) -> _Fields | None:
    """The fields of a grouped message of the usual layout, None when it has another one."""
    if len(grouped) < _USUAL.size:
        return None
    tag, transaction, cra, counter, own, originator, other, recipient, time, size, code, count = (
        _USUAL.unpack_from(grouped)
    )
    if (tag, transaction, own, other, time, size) != _USUAL_CONSTANTS or cra not in _CRAS:
        return None
    start = _USUAL.size
    if count >= 0x80:
        try:
            count, start = take_length(grouped, start - 1, "")
        except WireError:
            return None
    end = start + count
    rest = len(grouped) - end
    if rest == _SIGNED_END and grouped[end] == SIGNATURE_LENGTH:
        signature = grouped[end + 1 :]
    elif rest == 1 and grouped[end] == 0:
        signature = b""
    else:
        return None
    information = message_code_alone(code)
    parties = originator, recipient
    return _CRAS[cra], counter, *parties, b"", information, grouped[start:end], signature


def _fields(grouped: bytes, start: int, *, maced: bool) -> _Fields:
    """The fields of any grouped message, which starts `start` octets into the whole.

    Raises:
        WireError: when the octets are no grouped message.
    """
    if len(grouped) < _GROUPING.size:
        _refuse_grouping(grouped, start)
    tag, id_length, cra, counter, own, originator, other, recipient = _GROUPING.unpack_from(grouped)
    if tag != GENERAL_SIGNING or id_length != 9 or own != 8 or other != 8 or cra not in _CRAS:
        _refuse_grouping(grouped, start)
    at = _GROUPING.size
    if grouped.startswith(_NO_DATE_TIME, at):
        date_time, at = b"", at + 1
    else:
        date_time, at = _date_time(grouped, start)
    information_start = start + at + 1
    octets_of_information, at = _element(grouped, at, start, "other_information")
    information = OtherInformation.decode(octets_of_information, information_start)
    payload, at = _element(grouped, at, start, "payload")
    signature = _signature(grouped, at, start, pre_command=cra == 1 and not maced)
    parties = Eui64(originator), Eui64(recipient)
    return _CRAS[cra], counter, *parties, date_time, information, payload, signature


@lru_cache(maxsize=1024)
def _maced_prefix(length: int) -> bytes:
    """What a message of so many octets starts with when it has a MAC: its length tells it all.

    A message too short for a MAC gets something longer than itself, which it cannot start with.
    """
    body = length - len(_MAC_HEADER)
    for size in (1, 2, 3):
        count = body - size
        if count > MAC_LENGTH + len(_SECURITY_HEADER) and len(encode_length(count)) == size:
            return _MAC_HEADER + encode_length(count) + _SECURITY_HEADER
    return _MAC_HEADER + b"\x00" * length


def _maced_span(octets: bytes) -> tuple[int, int]:
    """Where the grouped message starts and ends inside a MAC header and its MAC."""
    prefix = _maced_prefix(len(octets))
    if not octets.startswith(prefix):
        _refuse_mac_header(octets)
    return len(prefix), len(octets) - MAC_LENGTH


def _refuse_mac_header(octets: bytes) -> NoReturn:
    """Raise for the first octet of a MAC header that is not what the message's length calls for."""
    header_end = len(_MAC_HEADER)
    if not octets.startswith(_MAC_HEADER):
        _refuse_constant(octets, 0, _MAC_HEADER, "mac_header")
    count, at = take_length(octets, header_end, "Message.mac_header")
    if at + count != len(octets):
        raise WireError(
            "Message.mac_header", header_end, f"length {count}, found {len(octets) - at} octets"
        )
    if not octets.startswith(_SECURITY_HEADER, at):
        _refuse_constant(octets, at, _SECURITY_HEADER, "security_header")
    start = at + len(_SECURITY_HEADER)
    raise WireError("Message.mac", start, "no message between header and MAC")


def _refuse_constant(octets: bytes, start: int, constant: bytes, name: str) -> NoReturn:
    """Raise for the first octet that is not that of a constant header."""
    found = octets[start : start + len(constant)]
    same = next(
        (index for index, octet in enumerate(found) if octet != constant[index]), len(found)
    )
    raise WireError(f"Message.{name}", start + same, _differs(found, same, constant[same]))


def _differs(octets: bytes, at: int, expected: int) -> str:
    found = f"{octets[at]:02X}" if at < len(octets) else "the end"
    return f"expected {expected:02X}, found {found}"


def _refuse_grouping(header: bytes, start: int) -> NoReturn:
    """Raise for the first field of the grouping header that is wrong."""
    for name, at, expected in _GROUPING_FIELDS:
        path = f"Message.{name}"
        if at >= len(header):
            raise WireError(path, start + at, "the message ends before it")
        if expected is not None and header[at] != expected:
            raise WireError(path, start + at, _differs(header, at, expected))
        if name == "cra" and header[at] not in _CRAS:
            raise WireError(path, start + at, f"{header[at]:02X}, expected 01, 02 or 03")
    raise WireError(
        "Message.recipient", start + len(header), "the message ends inside the grouping header"
    )


def _date_time(grouped: bytes, start: int) -> tuple[bytes, int]:
    """The date-time, and the offset after it in the grouped message."""
    date_time, at = _element(grouped, _GROUPING.size, start, "date_time")
    if len(date_time) not in (0, DATE_TIME_LENGTH):
        raise WireError(
            "Message.date_time",
            start + _GROUPING.size,
            f"{len(date_time)} octets, expected 0 or 12",
        )
    return date_time, at


def _element(grouped: bytes, at: int, start: int, name: str) -> tuple[bytes, int]:
    """The octets of a length-prefixed element, and the offset after it in the grouped message."""
    if at < len(grouped) and grouped[at] < 0x80:
        first = at + 1
        stop = first + grouped[at]
    else:
        count, first = _long_length(grouped, at, start, name)
        stop = first + count
    if stop > len(grouped):
        raise WireError(
            f"Message.{name}",
            start + at,
            f"length {stop - first}, found {len(grouped) - first} octets",
        )
    return grouped[first:stop], stop


def _long_length(grouped: bytes, at: int, start: int, name: str) -> tuple[int, int]:
    try:
        return take_length(grouped, at, f"Message.{name}")
    except WireError as fault:
        raise WireError(fault.path, start + fault.offset, fault.reason) from None


def _signature(grouped: bytes, at: int, start: int, *, pre_command: bool) -> bytes | None:
    """The signature, nothing when its length is zero, None when a pre-command ends before it."""
    if pre_command and at == len(grouped):
        return None
    signature, stop = _element(grouped, at, start, "signature")
    if len(signature) not in (0, SIGNATURE_LENGTH):
        raise WireError(
            "Message.signature", start + at, f"{len(signature)} octets, expected 0 or 64"
        )
    if stop != len(grouped):
        raise WireError(
            "Message", start + stop, f"{len(grouped) - stop} octets after the signature"
        )
    return signature
