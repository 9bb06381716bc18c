"""What waits to be sent to one partner: one TransferData under way, the others behind it."""

from collections import deque
from collections.abc import Sequence
from enum import Enum, auto

from emulator.kernel.errors import WireError
from emulator.kernel.identity import Eui64
from emulator.smart_energy.tunnel.facts import MessageTunnelled
from emulator.smart_energy.tunnel.primitives import (
    TunnelDataConfirm,
    TunnelDataRequest,
    Undeliverable,
)
from emulator.zcl.clusters.tunneling import TransferDataError, TransferDataStatus
from emulator.zcl.foundation.general_commands import DefaultResponse
from emulator.zcl.primitives import Outcome, ZclCommandConfirm, ZclStatus


class Transfer(Enum):
    """How one TransferData ended (ZSE 1.4 D.6.2.4)."""

    TAKEN = auto()
    NO_TUNNEL = auto()
    """The far end knows no such tunnel."""
    TOO_LONG = auto()
    LOST = auto()


def transfer_of(confirm: ZclCommandConfirm) -> Transfer:
    """How the TransferData ended that is so confirmed.

    The far end answers by a default response, or by TransferDataError.
    """
    answer = confirm.answer
    if confirm.outcome is not Outcome.ANSWERED or answer is None:
        return Transfer.LOST
    try:
        if answer.general:
            taken = DefaultResponse.decode(answer.payload).status == ZclStatus.SUCCESS
            return Transfer.TAKEN if taken else Transfer.LOST
        status = TransferDataError.decode(answer.payload).status
    except WireError:
        return Transfer.LOST
    return Transfer.TOO_LONG if status == TransferDataStatus.DATA_OVERFLOW else Transfer.NO_TUNNEL


class Outbox:
    """The messages for one partner, in order.

    Args:
        partner: who they are for.
        tries: transfers of one message.
    """

    def __init__(self, partner: Eui64, tries: int) -> None:
        self._partner = partner
        self._limit = tries
        self._tries = 0
        self._waiting: deque[TunnelDataRequest] = deque()
        self._sending: TunnelDataRequest | None = None
        self._handle = 0

    def __len__(self) -> int:
        return len(self._waiting) + (self._sending is not None)

    def put(self, request: TunnelDataRequest) -> None:
        """Send it after the others."""
        self._waiting.append(request)

    def take(self, handle: int) -> TunnelDataRequest | None:
        """The message to send now, under this handle; None where one is under way or none is."""
        if self._sending is not None or not self._waiting:
            return None
        self._sending = self._waiting.popleft()
        self._handle = handle
        self._tries += 1
        return self._sending

    def sends(self, handle: int) -> bool:
        """Whether this is the handle of the message under way."""
        return self._sending is not None and self._handle == handle

    def ended(self, transfer: Transfer) -> Sequence[TunnelDataConfirm | MessageTunnelled]:
        """The message under way ended so; it waits again, first of all, while tries are left."""
        sent, self._sending = self._sending, None
        if sent is None:
            return ()
        if transfer in (Transfer.NO_TUNNEL, Transfer.LOST) and self._tries < self._limit:
            self._waiting.appendleft(sent)
            return ()
        self._tries = 0
        if transfer is Transfer.TAKEN:
            fact = MessageTunnelled(self._partner, len(sent.octets), "to")
            return (fact, TunnelDataConfirm(sent.handle, self._partner))
        too_long = transfer is Transfer.TOO_LONG
        why = Undeliverable.TOO_LONG if too_long else Undeliverable.NOT_DELIVERED
        return (TunnelDataConfirm(sent.handle, self._partner, why),)

    def drop(self, why: Undeliverable) -> Sequence[TunnelDataConfirm]:
        """Give up every message."""
        gone = [*self._waiting] if self._sending is None else [self._sending, *self._waiting]
        self._waiting.clear()
        self._sending = None
        self._tries = 0
        return [TunnelDataConfirm(each.handle, self._partner, why) for each in gone]
