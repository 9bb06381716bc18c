"""What the execution of one ZCL command gives: a status, or commands in answer."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from emulator.wire.struct import Struct
from emulator.zcl.primitives import ZclStatus

HARDWARE_FAILURE: Final = ZclStatus(0xC0)
"""What GBCS devices answer to what failed first (ZCL6 Table 2-11, RTDS 4.5.0)."""
NOT_ATTEMPTED: Final = ZclStatus.FAILURE
"""What every component after a failed one is answered with (RTDS 4.5.0)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A command in answer, sent the other way.

    Args:
        command: its identifier.
        payload: what follows the ZCL header.
        failed: whether it says that the command failed.
    """

    command: int
    payload: Struct
    failed: bool = False


Answer: TypeAlias = ZclStatus | tuple[Reply, ...]


def failed(answer: Answer) -> bool:
    """Whether what follows the command is not attempted; an empty log is no failure."""
    if isinstance(answer, ZclStatus):
        return answer not in (ZclStatus.SUCCESS, ZclStatus.NOT_FOUND)
    return any(reply.failed for reply in answer)
