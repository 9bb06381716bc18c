"""What follows profile and count in the GBZ payload of an alert (GBCS 7.2.10).

Alert code and time, both big-endian, then what the alert is about: the outcome of a command that
waited for its time, the hash of a received image, a ZCL command, or octets that are only kept.
"""

import struct
from dataclasses import dataclass
from typing import Final

from emulator.gbcs.gbz_component import GbzComponent, take_component
from emulator.kernel.errors import LocalError, WireError

FUTURE_DATED_SUCCESS: Final = 0x8F66
FUTURE_DATED_FAILURE: Final = 0x8F67
IMAGE_CODES: Final = (0x8F72, 0x8F1C)
"""Firmware distribution receipts: the image was received, or its hash is wrong (GBCS 11.2.6)."""
BILLING_DATA_READY: Final = 0x8F0A
"""The alert of GCS53, which carries one component."""

_HEAD: Final = struct.Struct(">HI")
_OUTCOME: Final = struct.Struct(">BHQHBB")
_OUTCOME_LENGTH: Final = 0x0E
_HASH_PREFIX: Final = bytes.fromhex("09 20")
"""Octet-string of 32 octets, as DLMS writes it."""
_HASH_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class FutureDatedOutcome:
    """Which ZCL command of which message took effect, or failed to.

    Args:
        message_code: of the command message.
        counter: originator counter of the command message.
        cluster: identifier of the cluster.
        frame_control: frame control octet of the ZCL command.
        command: identifier of the ZCL command.
    """

    message_code: int
    counter: int
    cluster: int
    frame_control: int
    command: int


@dataclass(frozen=True, slots=True)
class ImageHash:
    """The SHA-256 hash that a device calculated over a manufacturer image: 32 octets."""

    digest: bytes


AlertContent = FutureDatedOutcome | ImageHash | GbzComponent | bytes


@dataclass(frozen=True, slots=True)
class GbzAlert:
    """An alert.

    Args:
        code: alert or event code.
        time: seconds since 2000-01-01 UTC.
        content: what it is about; octets where nothing tells what they mean.
        count: the number of components as the alert gives it, 0 or 1.
    """

    code: int
    time: int
    content: AlertContent = b""
    count: int = 0

    def encode(self) -> bytes:
        """The octets after profile and count.

        Raises:
            LocalError: when a number does not fit its field.
        """
        if not (0 <= self.code <= 0xFFFF and 0 <= self.time <= 0xFFFFFFFF):
            raise LocalError(f"alert {self.code:#x} at {self.time}: expected 16 and 32 bits")
        return _HEAD.pack(self.code, self.time) + _content_octets(self.content)


def decode_alert(octets: bytes, at: int, count: int) -> GbzAlert:
    """The alert that starts at `at` and goes to the end of `octets`.

    Raises:
        WireError: when the octets end early, or are not what the alert code calls for.
    """
    start = at + _HEAD.size
    if start > len(octets):
        raise WireError("GbzPayload.alert", at, "expected alert code and time, 6 octets")
    code, time = _HEAD.unpack_from(octets, at)
    return GbzAlert(code, time, _content(code, octets, start, count), count)


def _content(code: int, octets: bytes, at: int, count: int) -> AlertContent:
    if code in (FUTURE_DATED_SUCCESS, FUTURE_DATED_FAILURE):
        return _outcome(octets, at)
    rest = octets[at:]
    if code in IMAGE_CODES:
        if not rest.startswith(_HASH_PREFIX) or len(rest) != len(_HASH_PREFIX) + _HASH_LENGTH:
            raise WireError("GbzPayload.alert.hash", at, "expected 09 20 and 32 octets")
        return ImageHash(rest[len(_HASH_PREFIX) :])
    if code == BILLING_DATA_READY and count:
        component, after = take_component(octets, at, "GbzPayload.components[0]")
        if after != len(octets):
            raise WireError("GbzPayload", after, f"{len(octets) - after} octets after the end")
        return component
    return rest


def _outcome(octets: bytes, at: int) -> FutureDatedOutcome:
    path = "GbzPayload.alert.outcome"
    if len(octets) - at != _OUTCOME.size:
        raise WireError(path, at, f"{len(octets) - at} octets, expected {_OUTCOME.size}")
    length, message_code, counter, cluster, control, command = _OUTCOME.unpack_from(octets, at)
    if length != _OUTCOME_LENGTH:
        raise WireError(path, at, f"length {length}, expected {_OUTCOME_LENGTH}")
    return FutureDatedOutcome(message_code, counter, cluster, control, command)


def _content_octets(content: AlertContent) -> bytes:
    match content:
        case FutureDatedOutcome():
            return _outcome_octets(content)
        case ImageHash():
            if len(content.digest) != _HASH_LENGTH:
                raise LocalError(f"hash of {len(content.digest)} octets, expected 32")
            return _HASH_PREFIX + content.digest
        case GbzComponent():
            return content.encode()
        case bytes():
            return content


def _outcome_octets(outcome: FutureDatedOutcome) -> bytes:
    try:
        return _OUTCOME.pack(
            _OUTCOME_LENGTH,
            outcome.message_code,
            outcome.counter,
            outcome.cluster,
            outcome.frame_control,
            outcome.command,
        )
    except struct.error as error:
        raise LocalError(f"{outcome}: {error}") from error
