"""EZSP frames: header and parameters (Silicon Labs UG100 3)."""

from dataclasses import dataclass
from typing import Annotated, Final

from emulator.kernel.errors import WireError
from emulator.wire.codecs import U8, U16, Fixed, Remaining
from emulator.wire.struct import Struct

EZSP_VERSION: Final = 13
_VERSION: Final = 0x00
"""The command that every version of the header has."""
_EXTENDED: Final = 0x01
"""The high octet of frame control from EZSP 8 on: frame format version 1."""
_RESPONSE: Final = 0x80
_ASYNCHRONOUS: Final = 0x10
"""Frame control of responses: that they are one, and that they are a callback nobody asked for."""


class ExtendedHeader(Struct):
    """Header from EZSP 8 on, and the parameters."""

    sequence: U8
    control: U8
    format: U8
    command: U16
    parameters: Remaining = b""


class LegacyHeader(Struct):
    """Header of EZSP 4, which the first `version` command still has, and the parameters."""

    sequence: U8
    control: U8
    command: U8
    parameters: Remaining = b""


class Nothing(Struct):
    """No parameters; octets that follow are left alone, as firmware leaves them (EZSP 13)."""

    rest: Annotated[bytes, Fixed(0)] = b""


@dataclass(frozen=True, slots=True)
class EzspRequest:
    """A command of the host.

    Args:
        legacy: whether it has the header of EZSP 4, which its response then has too.
    """

    sequence: int
    command: int
    parameters: bytes
    legacy: bool


def read_request(octets: bytes) -> EzspRequest:
    """The command that a frame of the host is.

    Raises:
        WireError: when it is too short to be one.
    """
    if len(octets) > 2 and octets[2] & 0x03 == _EXTENDED:
        frame = ExtendedHeader.decode(octets)
        return EzspRequest(frame.sequence, frame.command, frame.parameters, legacy=False)
    legacy = LegacyHeader.decode(octets)
    if legacy.control & _RESPONSE:
        raise WireError("LegacyHeader.control", 1, "a response from a host")
    return EzspRequest(legacy.sequence, legacy.command, legacy.parameters, legacy=True)


def response(request: EzspRequest, command: int, parameters: bytes) -> bytes:
    """The frame that answers a command; `command` differs from the request's for a refusal."""
    if request.legacy:
        return LegacyHeader(request.sequence, _RESPONSE, command, parameters).encode()
    return ExtendedHeader(request.sequence, _RESPONSE, _EXTENDED, command, parameters).encode()


def callback(sequence: int, command: int, parameters: bytes) -> bytes:
    """A frame that nobody asked for; `sequence` is that of the last response (UG100 3.1)."""
    control = _RESPONSE | _ASYNCHRONOUS
    return ExtendedHeader(sequence, control, _EXTENDED, command, parameters).encode()


@dataclass(frozen=True, slots=True)
class EzspAnswer:
    """What a co-processor says.

    Args:
        sequence: of the command that it answers; of a callback, of the last one.
        asynchronous: whether it is a callback that nobody asked for.
    """

    sequence: int
    command: int
    parameters: bytes
    asynchronous: bool


def ask_version(sequence: int, version: int) -> bytes:
    """The first command, in the format that every firmware understands."""
    return LegacyHeader(sequence, 0, _VERSION, bytes((version,))).encode()


def ask(sequence: int, command: int, parameters: bytes = b"") -> bytes:
    """A command of EZSP 8 or later."""
    return ExtendedHeader(sequence, 0, _EXTENDED, command, parameters).encode()


def read_answer(octets: bytes) -> EzspAnswer:
    """What a frame of the co-processor says.

    Raises:
        WireError: when it is too short to say anything.
    """
    if len(octets) > 2 and octets[2] & 0x03 == _EXTENDED:
        frame = ExtendedHeader.decode(octets)
        unasked = bool(frame.control & _ASYNCHRONOUS)
        return EzspAnswer(frame.sequence, frame.command, frame.parameters, unasked)
    legacy = LegacyHeader.decode(octets)
    return EzspAnswer(legacy.sequence, legacy.command, legacy.parameters, asynchronous=False)
