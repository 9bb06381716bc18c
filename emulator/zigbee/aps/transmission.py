"""How one message is on its way: states, events, and the table between them (R22 2.2.8.4)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from emulator.kernel.units import Instant
from emulator.zigbee.aps.primitives import ApsdeDataRequest


class TransmissionState(StrEnum):
    """What a message waits for."""

    WAITING_FOR_NWK = "waiting for the NWK confirm"
    """It asks for no acknowledgement."""
    WAITING_FOR_ACK = "waiting for the acknowledgement"
    PAUSING = "pausing before the next block"
    DONE = "done"


class TransmissionEvent(StrEnum):
    """What may happen to a message."""

    NWK_SENT = "NWK sent it"
    NWK_FAILED = "NWK could not send it"
    BLOCK_ACKNOWLEDGED = "a block, not the last, is acknowledged"
    LAST_ACKNOWLEDGED = "the last block, or the whole, is acknowledged"
    TIMED_OUT = "no acknowledgement came, retries are left"
    RETRIES_SPENT = "no acknowledgement came to the last retry"
    PAUSE_OVER = "the interframe delay has passed"


class TransmissionAction(StrEnum):
    """What is done on the way to the next state."""

    NOTHING = "nothing"
    SUCCEED = "confirm success"
    FAIL = "confirm that NWK failed"
    GIVE_UP = "confirm that no acknowledgement came"
    PAUSE = "wait the interframe delay"
    RESEND = "send the same block again"
    SEND_NEXT = "send the next block"


_S, _E, _A = TransmissionState, TransmissionEvent, TransmissionAction

TRANSITIONS: Final = {
    (_S.WAITING_FOR_NWK, _E.NWK_SENT): (_S.DONE, _A.SUCCEED),
    (_S.WAITING_FOR_NWK, _E.NWK_FAILED): (_S.DONE, _A.FAIL),
    (_S.WAITING_FOR_ACK, _E.NWK_SENT): (_S.WAITING_FOR_ACK, _A.NOTHING),
    (_S.WAITING_FOR_ACK, _E.NWK_FAILED): (_S.WAITING_FOR_ACK, _A.NOTHING),
    (_S.WAITING_FOR_ACK, _E.BLOCK_ACKNOWLEDGED): (_S.PAUSING, _A.PAUSE),
    (_S.WAITING_FOR_ACK, _E.LAST_ACKNOWLEDGED): (_S.DONE, _A.SUCCEED),
    (_S.WAITING_FOR_ACK, _E.TIMED_OUT): (_S.WAITING_FOR_ACK, _A.RESEND),
    (_S.WAITING_FOR_ACK, _E.RETRIES_SPENT): (_S.DONE, _A.GIVE_UP),
    (_S.PAUSING, _E.NWK_SENT): (_S.PAUSING, _A.NOTHING),
    (_S.PAUSING, _E.NWK_FAILED): (_S.PAUSING, _A.NOTHING),
    (_S.PAUSING, _E.PAUSE_OVER): (_S.WAITING_FOR_ACK, _A.SEND_NEXT),
}
"""Every pair that may happen. A failure that NWK reports leaves an acknowledged message to its
timer: the retry may find another route or a child that polls again."""


@dataclass(slots=True)
class Transmission:
    """A message on its way.

    Args:
        request: what was asked for.
        counter: its APS counter.
        blocks: its ASDU, whole or cut.
        state: what it waits for.
        block: the block under way.
        retries: how often this block went out again.
        nlde_handle: of the frame given to NWK last.
        sent: when that was.
        due: when something is to be done about it, if ever.
    """

    request: ApsdeDataRequest
    counter: int
    blocks: tuple[bytes, ...]
    state: TransmissionState
    block: int = 0
    retries: int = 0
    nlde_handle: int = -1
    sent: Instant = Instant(0)  # noqa: RUF009 - an int by another name
    due: Instant | None = None
