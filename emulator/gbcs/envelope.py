"""The envelope of every message between a remote party and a device (GBCS 7.2).

From the outside in: a MAC header (DLMS general-ciphering, GBCS 7.2.5) when there is a MAC, then the
grouping header (general-signing, GBCS 7.2.6) with counter, parties and other information, then the
payload, and the signature. A pre-command has no MAC header and ends at its payload.
"""

from dataclasses import dataclass
from enum import IntEnum
from struct import Struct
from typing import Final, NoReturn, Self

from emulator.gbcs.lengths import encode_length, take_length
from emulator.gbcs.other_information import OtherInformation
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.identity import Eui64

GENERAL_CIPHERING: Final = 0xDD
GENERAL_SIGNING: Final = 0xDF
MAC_LENGTH: Final = 12
SIGNATURE_LENGTH: Final = 64
DATE_TIME_LENGTH: Final = 12
MAXIMUM_LENGTH: Final = 0x1_0000
"""Octets of the longest message that is decoded; 63 blocks of 1,149 octets hold 72,387."""

_MAC_HEADER: Final = bytes.fromhex("DD 00 00 00 00 00 00")
"""Tag, five empty elements and no key-info; the length of the ciphered service follows."""
_SECURITY_HEADER: Final = bytes.fromhex("11 00000000")
"""Security control 11 (authenticated, suite 1) and invocation counter 0."""
_GROUPING: Final = Struct(">BBBQBQBQ")
"""Tag, 09, CRA, counter, 08, originator, 08, recipient."""
_GROUPING_FIELDS: Final = (
    ("tag", 0, bytes((GENERAL_SIGNING,))),
    ("transaction_id", 1, b"\x09"),
    ("cra", 2, None),
    ("counter", 3, None),
    ("originator", 11, b"\x08"),
    ("recipient", 20, b"\x08"),
)


class Cra(IntEnum):
    """Whether a message commands, responds or alerts (GBCS 7.2.6)."""

    COMMAND = 1
    RESPONSE = 2
    ALERT = 3


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
            a pre-command, which ends at its payload.
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

    @classmethod
    def decode(cls, octets: bytes) -> Self:
        """The message that `octets` are.

        Raises:
            WireError: when the octets are no message, or more than one.
        """
        if len(octets) > MAXIMUM_LENGTH:
            raise WireError("Message", MAXIMUM_LENGTH, f"{len(octets)} octets, at most 65536")
        start, end = 0, len(octets)
        mac = None
        if octets[:1] == _MAC_HEADER[:1]:
            start, end = _maced_span(octets)
            mac = octets[end:]
        grouping_end = start + _GROUPING.size
        if end < grouping_end:
            _refuse_grouping(octets, start, end)
        tag, id_length, cra, counter, own, originator, other, recipient = _GROUPING.unpack_from(
            octets, start
        )
        if (tag, id_length, own, other) != (GENERAL_SIGNING, 9, 8, 8) or not 1 <= cra <= 3:
            _refuse_grouping(octets, start, end)
        date_time, at = _element(octets, grouping_end, end, "date_time")
        if len(date_time) not in (0, DATE_TIME_LENGTH):
            raise WireError(
                "Message.date_time", grouping_end, f"{len(date_time)} octets, expected 0 or 12"
            )
        other_start = at
        information, at = _element(octets, at, end, "other_information")
        if len(information) < 2:
            raise WireError("Message.other_information", other_start, "shorter than a message code")
        payload, at = _element(octets, at, end, "payload")
        return cls(
            Cra(cra),
            counter,
            Eui64(originator),
            Eui64(recipient),
            date_time,
            OtherInformation.decode(information, other_start + 1),
            payload,
            _signature(octets, at, end, mac),
            mac,
        )

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
        return self._open[1:]

    @property
    def maced_region(self) -> bytes:
        """What the MAC covers after its header: the grouped message with its signature."""
        return self.grouped

    @property
    def grouped(self) -> bytes:
        """The message without MAC header and MAC: general-signing (GBCS 7.2.6)."""
        if self.signature is None:
            return self._open
        if len(self.signature) not in (0, SIGNATURE_LENGTH):
            raise LocalError(f"signature of {len(self.signature)} octets, expected 0 or 64")
        return b"".join((self._open, encode_length(len(self.signature)), self.signature))

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

    @property
    def _open(self) -> bytes:
        """From the tag to the end of the payload."""
        if len(self.date_time) not in (0, DATE_TIME_LENGTH):
            raise LocalError(f"date-time of {len(self.date_time)} octets, expected 0 or 12")
        information = self.other_information.encode()
        return b"".join(
            (
                _GROUPING.pack(
                    GENERAL_SIGNING,
                    9,
                    self.cra,
                    self.counter,
                    8,
                    self.originator,
                    8,
                    self.recipient,
                ),
                encode_length(len(self.date_time)),
                self.date_time,
                encode_length(len(information)),
                information,
                encode_length(len(self.payload)),
                self.payload,
            )
        )


def _maced_span(octets: bytes) -> tuple[int, int]:
    """Where the grouped message starts and ends inside a MAC header and its MAC."""
    header_end = len(_MAC_HEADER)
    for at, expected in enumerate(_MAC_HEADER):
        if octets[at : at + 1] != bytes((expected,)):
            raise WireError("Message.mac_header", at, _differs(octets, at, expected))
    count, at = take_length(octets, header_end, "Message.mac_header")
    if at + count != len(octets):
        raise WireError(
            "Message.mac_header", header_end, f"length {count}, found {len(octets) - at} octets"
        )
    start = at + len(_SECURITY_HEADER)
    for index, expected in enumerate(_SECURITY_HEADER):
        if octets[at + index : at + index + 1] != bytes((expected,)):
            raise WireError(
                "Message.security_header", at + index, _differs(octets, at + index, expected)
            )
    end = len(octets) - MAC_LENGTH
    if end <= start:
        raise WireError("Message.mac", start, "no message between header and MAC")
    return start, end


def _differs(octets: bytes, at: int, expected: int) -> str:
    found = f"{octets[at]:02X}" if at < len(octets) else "the end"
    return f"expected {expected:02X}, found {found}"


def _refuse_grouping(octets: bytes, start: int, end: int) -> NoReturn:
    """Raise for the first field of the grouping header that is wrong."""
    header = octets[start:end]
    for name, at, expected in _GROUPING_FIELDS:
        path = f"Message.{name}"
        if at >= len(header):
            raise WireError(path, start + at, "the message ends before it")
        if expected is not None and header[at : at + 1] != expected:
            raise WireError(path, start + at, _differs(header, at, expected[0]))
        if name == "cra" and header[at] not in tuple(Cra):
            raise WireError(path, start + at, f"{header[at]:02X}, expected 01, 02 or 03")
    raise WireError("Message.recipient", end, "the message ends inside the grouping header")


def _element(octets: bytes, at: int, end: int, name: str) -> tuple[bytes, int]:
    """The octets of a length-prefixed element that must end by `end`, and the offset after it."""
    if at < end and octets[at] < 0x80:
        start = at + 1
        stop = start + octets[at]
    else:
        count, start = take_length(octets[:end], at, f"Message.{name}")
        stop = start + count
    if stop > end:
        raise WireError(f"Message.{name}", at, f"length {stop - start}, found {end - start} octets")
    return octets[start:stop], stop


def _signature(octets: bytes, at: int, end: int, mac: bytes | None) -> bytes | None:
    """The signature, nothing when its length is zero, None when a pre-command ends before it."""
    if at == end and mac is None:
        return None
    signature, stop = _element(octets, at, end, "signature")
    if len(signature) not in (0, SIGNATURE_LENGTH):
        raise WireError("Message.signature", at, f"{len(signature)} octets, expected 0 or 64")
    if stop != end:
        raise WireError("Message", stop, f"{end - stop} octets after the signature")
    return signature
