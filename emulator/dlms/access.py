"""Access requests and responses: many gets, sets and actions at once (IEC 62056-5-3 8)."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple, Self

from emulator.dlms.data import Data
from emulator.dlms.data_coding import encode_data, take_parts
from emulator.dlms.descriptors import AccessKind, Descriptor, descriptor_octets, take_descriptor
from emulator.dlms.invocation import header_octets, take_header
from emulator.dlms.lengths import encode_length, take_length
from emulator.kernel.errors import LocalError, WireError

REQUEST_TAG: Final = 0xD9
RESPONSE_TAG: Final = 0xDA


class AccessResult(IntEnum):
    """Why an item of a request failed (IEC 62056-5-3, data-access-result and action-result)."""

    SUCCESS = 0
    HARDWARE_FAULT = 1
    TEMPORARY_FAILURE = 2
    READ_WRITE_DENIED = 3
    OBJECT_UNDEFINED = 4
    OBJECT_CLASS_INCONSISTENT = 9
    OBJECT_UNAVAILABLE = 11
    TYPE_UNMATCHED = 12
    SCOPE_OF_ACCESS_VIOLATED = 13
    DATA_BLOCK_UNAVAILABLE = 14
    LONG_GET_ABORTED = 15
    NO_LONG_GET_IN_PROGRESS = 16
    LONG_SET_ABORTED = 17
    NO_LONG_SET_IN_PROGRESS = 18
    DATA_BLOCK_NUMBER_INVALID = 19
    OTHER_REASON = 250


class Outcome(NamedTuple):
    """How one item of a request went.

    Args:
        kind: get, set or action, without selection.
        result: an `AccessResult`, or a code that has no name.
    """

    kind: AccessKind
    result: int


@dataclass(frozen=True, slots=True)
class AccessRequest:
    """What to read, write and do; one value for each item, null where none is needed."""

    invoke_id: int
    descriptors: tuple[Descriptor, ...]
    data: tuple[Data, ...]
    date_time: bytes = b""

    @classmethod
    def decode(cls, octets: bytes) -> Self:
        """The request that `octets` are.

        Raises:
            WireError: when they are no access request, or more than one.
        """
        invoke_id, date_time, at = take_header(octets, REQUEST_TAG, "AccessRequest")
        descriptors, at = _take_descriptors(octets, at, "AccessRequest")
        data, at = _take_data_list(octets, at, "AccessRequest")
        if len(data) != len(descriptors):
            raise WireError(
                "AccessRequest.data", at, f"{len(data)} values for {len(descriptors)} descriptors"
            )
        _refuse_rest(octets, at, "AccessRequest")
        return cls(invoke_id, descriptors, data, date_time)

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when a value does not fit its type, or values and descriptors differ.
        """
        if len(self.data) != len(self.descriptors):
            raise LocalError(f"{len(self.data)} values for {len(self.descriptors)} descriptors")
        return b"".join(
            (
                header_octets(REQUEST_TAG, self.invoke_id, self.date_time),
                _descriptors_octets(self.descriptors),
                _data_list_octets(self.data),
            )
        )


@dataclass(frozen=True, slots=True)
class AccessResponse:
    """What came of each item of a request.

    Args:
        data: one value for each item, null where there is nothing to tell.
        outcomes: one for each item.
        request: the items of the request, where the device repeats them; GBCS devices do not.
    """

    invoke_id: int
    data: tuple[Data, ...]
    outcomes: tuple[Outcome, ...]
    date_time: bytes = b""
    request: tuple[Descriptor, ...] | None = None

    @classmethod
    def decode(cls, octets: bytes) -> Self:
        """The response that `octets` are.

        Raises:
            WireError: when they are no access response, or more than one.
        """
        invoke_id, date_time, at = take_header(octets, RESPONSE_TAG, "AccessResponse")
        presence = octets[at : at + 1]
        if presence not in (b"\x00", b"\x01"):
            raise WireError("AccessResponse.request", at, "expected 00 or 01")
        at += 1
        request = None
        if presence == b"\x01":
            request, at = _take_descriptors(octets, at, "AccessResponse")
        data, at = _take_data_list(octets, at, "AccessResponse")
        outcomes, at = _take_outcomes(octets, at)
        if len(data) != len(outcomes):
            raise WireError(
                "AccessResponse.outcomes", at, f"{len(data)} values, {len(outcomes)} outcomes"
            )
        _refuse_rest(octets, at, "AccessResponse")
        return cls(invoke_id, data, outcomes, date_time, request)

    def encode(self) -> bytes:
        """The octets on the wire.

        Raises:
            LocalError: when a value does not fit its type, or values and outcomes differ.
        """
        if len(self.data) != len(self.outcomes):
            raise LocalError(f"{len(self.data)} values for {len(self.outcomes)} outcomes")
        request = b"\x00" if self.request is None else b"\x01" + _descriptors_octets(self.request)
        return b"".join(
            (
                header_octets(RESPONSE_TAG, self.invoke_id, self.date_time),
                request,
                _data_list_octets(self.data),
                _outcomes_octets(self.outcomes),
            )
        )


_OUTCOMES: Final = {
    (kind, int(result)): Outcome(AccessKind(kind), AccessResult(result))
    for kind in (1, 2, 3)
    for result in AccessResult
}


def _take_descriptors(octets: bytes, at: int, path: str) -> tuple[tuple[Descriptor, ...], int]:
    count, at = take_length(octets, at, f"{path}.descriptors")
    taken: list[Descriptor] = []
    try:
        for _ in range(count):
            descriptor, at = take_descriptor(octets, at)
            taken.append(descriptor)
    except WireError as error:
        raise _within(f"{path}.descriptors[{len(taken)}]", error) from None
    return tuple(taken), at


def _take_data_list(octets: bytes, at: int, path: str) -> tuple[tuple[Data, ...], int]:
    count, at = take_length(octets, at, f"{path}.data")
    try:
        return take_parts(octets, at, count)
    except WireError as error:
        raise WireError(f"{path}.data{error.path}", error.offset, error.reason) from None


def _take_outcomes(octets: bytes, at: int) -> tuple[tuple[Outcome, ...], int]:
    count, at = take_length(octets, at, "AccessResponse.outcomes")
    end = at + 2 * count
    if end > len(octets):
        raise WireError("AccessResponse.outcomes", at, f"{count} outcomes need {2 * count} octets")
    taken = []
    for start in range(at, end, 2):
        kind, result = octets[start], octets[start + 1]
        if not 1 <= kind <= 3:
            raise WireError("AccessResponse.outcomes", start, f"{kind:02X}, expected 01 to 03")
        known = _OUTCOMES.get((kind, result))
        taken.append(Outcome(AccessKind(kind), result) if known is None else known)
    return tuple(taken), end


def _refuse_rest(octets: bytes, at: int, path: str) -> None:
    if at != len(octets):
        raise WireError(path, at, f"{len(octets) - at} octets after the end")


def _within(path: str, error: WireError) -> WireError:
    return WireError(f"{path}.{error.path}", error.offset, error.reason)


def _descriptors_octets(descriptors: tuple[Descriptor, ...]) -> bytes:
    return encode_length(len(descriptors)) + b"".join(map(descriptor_octets, descriptors))


def _data_list_octets(data: tuple[Data, ...]) -> bytes:
    return encode_length(len(data)) + b"".join(map(encode_data, data))


def _outcomes_octets(outcomes: tuple[Outcome, ...]) -> bytes:
    for kind, result in outcomes:
        if kind.selective or not 0 <= result <= 0xFF:
            raise LocalError(f"outcome {kind.name} {result}: expected get, set or action, 0 to 255")
    return encode_length(len(outcomes)) + bytes(octet for outcome in outcomes for octet in outcome)
