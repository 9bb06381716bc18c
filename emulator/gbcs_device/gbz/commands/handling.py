"""How a device handles one ZCL command: what it does, when, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from emulator.gbcs_device.gbz.commands.answers import HARDWARE_FAILURE, Answer
from emulator.gbcs_device.gbz.state.mechanism import STILL, Mechanism
from emulator.gbcs_device.gbz.state.moments import NOW
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.gbz.state.tokens import TokenJudge
from emulator.kernel.identity import Eui64
from emulator.wire.struct import Struct
from emulator.zcl.primitives import Side, ZclStatus

Request = TypeVar("Request", bound=Struct)
CommandKey = tuple[int, Side, int]
"""Cluster, the side that receives, and command identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a command says outside its ZCL payload, and what surrounds its execution.

    Args:
        moment: seconds since 2000, by the device's own clock.
        originator: who sent the message.
        from_date_time: what the extended header says; None where it says nothing.
        tokens: who judges top-up codes.
        mechanism: what is behind the state.
        supplier: whose tokens are taken, whoever brings them; None where that is not known.
    """

    moment: int
    originator: Eui64
    from_date_time: int | None
    tokens: TokenJudge
    mechanism: Mechanism = STILL
    supplier: Eui64 | None = None


def _accepted(_: MeterStore, __: object) -> Answer:
    return ZclStatus.SUCCESS


def _refused(_: object) -> Answer:
    return HARDWARE_FAILURE


def _kept_nowhere(_: MeterStore, __: object) -> None:
    """Nothing is kept beside the waiting command itself."""


def _only_topic(_: object) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Handling(Generic[Request]):
    """One command.

    Args:
        payload: its format.
        carry_out: does it, and answers.
        start: the date from which it holds; None where it has none that it could wait for.
        topic: what it is about, among commands of its kind: a later one replaces what waits.
        accept: answers when it waits, or when what waits is cancelled.
        expect: keeps what has to be kept while it waits.
        refuse: answers when it fails.
    """

    payload: type[Request]
    carry_out: Callable[[MeterStore, Request, Circumstances], Answer]
    start: Callable[[Request, Circumstances], int] | None = None
    topic: Callable[[Request], int] = _only_topic
    accept: Callable[[MeterStore, Request], Answer] = _accepted
    expect: Callable[[MeterStore, Request], None] = _kept_nowhere
    refuse: Callable[[Request], Answer] = _refused

    def starts(self, request: Request, circumstances: Circumstances) -> int:
        """The date from which a command holds."""
        return NOW if self.start is None else self.start(request, circumstances)
