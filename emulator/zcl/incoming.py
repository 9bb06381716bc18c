"""A command that came in, with everything needed to answer it, and what an answer may be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from emulator.kernel.construction import quick
from emulator.kernel.units import Instant
from emulator.wire.struct import Struct
from emulator.zcl.attribute_store import ClusterInstance
from emulator.zcl.endpoint import EndpointDefinition
from emulator.zcl.foundation.header import FrameType, ZclHeader
from emulator.zcl.primitives import ZclAddress, ZclStatus
from emulator.zigbee.addresses import is_broadcast
from emulator.zigbee.aps.primitives import ApsdeDataIndication


@quick
@dataclass(frozen=True, slots=True)
class Incoming:
    """One command at one endpoint."""

    indication: ApsdeDataIndication
    header: ZclHeader
    payload: bytes
    definition: EndpointDefinition
    instance: ClusterInstance

    @property
    def source(self) -> ZclAddress:
        """Who sent it."""
        return ZclAddress(self.indication.source, self.indication.source_endpoint)

    @property
    def general(self) -> bool:
        """Whether it is a general command."""
        return self.header.frame_type is FrameType.GENERAL

    @property
    def unicast(self) -> bool:
        """Whether it came to this node alone."""
        return not is_broadcast(self.indication.destination)


@quick
@dataclass(frozen=True, slots=True)
class Reaction:
    """What a command leads to.

    Args:
        command: the answer's command, of the same frame type; None for a default response.
        payload: the answer.
        status: the default response where there is no other answer; None for no answer at all.
        effects: what is told to applications and the trace.
    """

    command: int | None = None
    payload: Struct | None = None
    status: ZclStatus | None = None
    effects: Sequence[Any] = field(default=())


Handler = Callable[[Incoming, Any, Instant], Reaction]
"""What answers one general command, its payload decoded."""


def answer(command: int, payload: Struct, effects: Sequence[Any] = ()) -> Reaction:
    """A reaction that answers with a command."""
    return Reaction(command=command, payload=payload, effects=effects)


def status(value: ZclStatus, effects: Sequence[Any] = ()) -> Reaction:
    """A reaction that answers by a default response."""
    return Reaction(status=value, effects=effects)
