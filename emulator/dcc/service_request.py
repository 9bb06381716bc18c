"""Service requests, and everything the DCC sends to a user (DUIS 5.4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Final, Self

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64, parse_eui64

_CANCELLATION_YEAR: Final = 3000
"""Dates from this year on cancel what waits on a device (published DUIS request templates)."""
_EUI64: Final = "[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){7}"
_REQUEST_ID: Final = re.compile(f"({_EUI64}):({_EUI64}):([0-9]{{1,19}})")


@dataclass(frozen=True, slots=True, order=True)
class RequestId:
    """The name of a request (DUIS 5.4 RequestIDType).

    Args:
        originator: the user.
        target: the device, or the DCC in requests that are for no device.
        counter: never used before by the user; also that of the GBCS command.
    """

    originator: Eui64
    target: Eui64
    counter: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The name that people and DUIS write `originator:target:counter`.

        Raises:
            UsageError: when it is none.
        """
        match = _REQUEST_ID.fullmatch(text)
        if match is None:
            raise UsageError(f"request id {text!r}: expected EUI-64:EUI-64:number")
        return cls(parse_eui64(match[1]), parse_eui64(match[2]), int(match[3]))

    def __str__(self) -> str:
        return f"{format_eui64(self.originator)}:{format_eui64(self.target)}:{self.counter}"


class CommandVariant(IntEnum):
    """What a user wants made of a request, and where it is to go (DUIS 5.4 CommandVariant)."""

    SEND = 1
    RETURN_LOCAL = 2
    SEND_AND_RETURN_LOCAL = 3
    TRANSFORM = 4
    SEND_SIGNED = 5
    RETURN_LOCAL_SIGNED = 6
    SEND_AND_RETURN_LOCAL_SIGNED = 7
    DCC_ONLY = 8
    INTERNAL = 9


NON_CRITICAL_VARIANTS: Final = frozenset((1, 2, 3))
CRITICAL_VARIANTS: Final = frozenset((4, 5, 6, 7))
LOCAL_VARIANTS: Final = frozenset((2, 3, 6, 7))
"""Those that give the command back to the user, who takes it to the device."""
SENT_VARIANTS: Final = frozenset((1, 3, 5, 7))
"""Those that go over the SM WAN."""


class Endpoint(Enum):
    """Which of the services of the DCC a request was brought to (DUIS 5.4)."""

    TRANSFORM = "Transform Service"
    SEND_COMMAND = "Send Command Service"
    DCC_ONLY = "DCC Only Service"


ENDPOINTS: Final[Mapping[int, Endpoint]] = MappingProxyType(
    {
        CommandVariant.SEND: Endpoint.SEND_COMMAND,
        CommandVariant.RETURN_LOCAL: Endpoint.DCC_ONLY,
        CommandVariant.SEND_AND_RETURN_LOCAL: Endpoint.SEND_COMMAND,
        CommandVariant.TRANSFORM: Endpoint.TRANSFORM,
        CommandVariant.SEND_SIGNED: Endpoint.SEND_COMMAND,
        CommandVariant.RETURN_LOCAL_SIGNED: Endpoint.DCC_ONLY,
        CommandVariant.SEND_AND_RETURN_LOCAL_SIGNED: Endpoint.SEND_COMMAND,
        CommandVariant.DCC_ONLY: Endpoint.DCC_ONLY,
    }
)
"""Where each variant belongs (DUIS 5.4 CommandVariant)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequest:
    """What a user asks the DCC for.

    Args:
        request_id: its name.
        srv: service reference variant, like `8.1.1`.
        variant: a `CommandVariant`; any other number is refused.
        parameters: by the names of DUIS or of the command's values.
        execution: when it is to be carried out; None for at once.
        first_in_sequence: whether others follow that wait for it.
        preceding: the request it waits for.
        pre_command: in variants 5 to 7, the command as the user signed it.
        endpoint: where the user brought it; None for where it belongs.
    """

    request_id: RequestId
    srv: str
    variant: int
    parameters: Mapping[str, object] = field(default_factory=dict)
    execution: datetime | None = None
    first_in_sequence: bool = False
    preceding: RequestId | None = None
    pre_command: bytes | None = None
    endpoint: Endpoint | None = None

    @property
    def target(self) -> Eui64:
        """The device it is for, or the DCC."""
        return self.request_id.target

    @property
    def dated(self) -> "ServiceRequest":
        """The request with an execution date that stands in its parameters, in its place."""
        written = self.parameters.get("ExecutionDateTime")
        if self.execution is not None or not isinstance(written, str | datetime):
            return self
        try:
            date = datetime.fromisoformat(written) if isinstance(written, str) else written
        except ValueError:
            return self
        return self if date.year >= _CANCELLATION_YEAR else replace(self, execution=date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement:
    """The DCC's answer at once.

    Args:
        request_id: of the request it answers.
        code: response code.
        reason: our words for a refusal, empty otherwise.
        clause: what a refusal is founded on, empty otherwise.
        pre_command: in variant 4, what the user has to sign.
        command: in the local variants, what the user takes to the device.
        body: what the DCC itself answers, in requests for no device.
    """

    request_id: RequestId
    code: str
    reason: str = ""
    clause: str = ""
    pre_command: bytes | None = None
    command: bytes | None = None
    body: object = None

    @property
    def accepted(self) -> bool:
        """Whether the request was not refused."""
        return not self.code.startswith("E")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceResponse:
    """What came of a request that went on.

    Args:
        request_id: of the request it answers.
        srv: of the request.
        code: response code: I0 when the device answered, E20, E21 or E30 when it did not.
        message: the device's answer as it came, None without one.
        successful: whether the device did all it was asked.
        reason: our words for what went wrong, empty otherwise.
        schedule: number of the schedule whose request it answers.
        customer_number: the one that the device was told, in answers to 9.1; empty otherwise.
    """

    request_id: RequestId
    srv: str
    code: str
    message: bytes | None = None
    successful: bool = False
    reason: str = ""
    schedule: int | None = None
    customer_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceAlert:
    """An alert of a device, passed on to a user.

    Args:
        user: to whom.
        device: whose.
        code: alert code, like 0x8F12.
        message: the alert as it came.
        sequence_id: of a consolidation, None for an alert by itself.
        count: of the alerts that this one stands for, None for an alert by itself.
        request_id: of the request whose command waited on the device for its date, None otherwise.
        instruction: number of the item of that command, counted as alerts come.
    """

    user: Eui64
    device: Eui64
    code: int
    message: bytes
    sequence_id: int | None = None
    count: int | None = None
    request_id: RequestId | None = None
    instruction: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DccAlert:
    """What the DCC tells a user unasked.

    Args:
        user: to whom.
        code: DCC alert code, like `N24`.
        family: which kind of payload, as DUIS names it.
        payload: by the names of DUIS.
    """

    user: Eui64
    code: str
    family: str
    payload: Mapping[str, object] = field(default_factory=dict)
