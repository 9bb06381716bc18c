"""What the cluster library tells the trace."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from emulator.zcl.primitives import Side, ZclStatus
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress


@dataclass(frozen=True, slots=True)
class CommandRefused:
    """We answered a command with an error."""

    kind: ClassVar[str] = "zcl_command_refused"
    source: NwkAddress
    cluster: ClusterId
    command: int
    general: bool
    status: ZclStatus


@dataclass(frozen=True, slots=True)
class AnswerUnexpected:
    """An answer came that no exchange of ours waits for."""

    kind: ClassVar[str] = "zcl_answer_unexpected"
    source: NwkAddress
    cluster: ClusterId
    command: int
    sequence: int


@dataclass(frozen=True, slots=True)
class MessageWithheld:
    """A message was not sent, or not looked at, because its peer is suspended."""

    kind: ClassVar[str] = "zcl_message_withheld"
    peer: NwkAddress
    cluster: ClusterId
    direction: Literal["to", "from"]


@dataclass(frozen=True, slots=True)
class ExchangeTimedOut:
    """No answer came in time to a command of ours."""

    kind: ClassVar[str] = "zcl_exchange_timed_out"
    peer: NwkAddress
    cluster: ClusterId
    sequence: int


@dataclass(frozen=True, slots=True)
class AttributeWritten:
    """The far end wrote an attribute of ours."""

    kind: ClassVar[str] = "zcl_attribute_written"
    source: NwkAddress
    endpoint: Endpoint
    cluster: ClusterId
    side: Side
    attribute: int


@dataclass(frozen=True, slots=True)
class FactoryReset:
    """The attributes of an endpoint went back to their first values (ZCL8 3.2)."""

    kind: ClassVar[str] = "zcl_factory_reset"
    endpoint: Endpoint


@dataclass(frozen=True, slots=True)
class Identifying:
    """The device identifies itself for so many seconds; 0 means it stops (ZCL8 3.5)."""

    kind: ClassVar[str] = "zcl_identifying"
    endpoint: Endpoint
    seconds: int
