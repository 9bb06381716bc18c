"""Receiving fragments with window 1: each block in turn, acknowledged at once (R22 2.2.8.4.5)."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from emulator.kernel.construction import quick
from emulator.kernel.units import Instant, later
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.facts import ApsReassemblyAbandoned
from emulator.zigbee.aps.frames import ApsHeader, Fragmentation
from emulator.zigbee.aps.primitives import ApsSecurity
from emulator.zigbee.aps.settings import ApsSettings


class ReassemblyState(StrEnum):
    """How far a fragmented reception is."""

    UNKNOWN = "nothing of it has come"
    RECEIVING = "blocks are missing"
    COMPLETE = "every block has come"


class BlockPlace(StrEnum):
    """Where a block stands among those that came."""

    FIRST = "the first"
    NEXT = "the one that is due"
    REPEATED = "one that came before"
    AHEAD = "one that is not due yet"


class BlockAction(StrEnum):
    """What is done with a block; all but REFUSE acknowledge it."""

    OPEN = "begin to receive"
    KEEP = "keep it"
    REPEAT = "acknowledge it again"
    REFUSE = "drop it without acknowledgement"


_S, _P, _A = ReassemblyState, BlockPlace, BlockAction

ACTIONS: Final = {
    (_S.UNKNOWN, _P.FIRST): _A.OPEN,
    (_S.UNKNOWN, _P.AHEAD): _A.REFUSE,
    (_S.RECEIVING, _P.NEXT): _A.KEEP,
    (_S.RECEIVING, _P.REPEATED): _A.REPEAT,
    (_S.RECEIVING, _P.AHEAD): _A.REFUSE,
    (_S.COMPLETE, _P.REPEATED): _A.REPEAT,
    (_S.COMPLETE, _P.AHEAD): _A.REFUSE,
}
"""Every pair there is: UNKNOWN knows no due or repeated block, COMPLETE none that is due."""


@dataclass(slots=True)
class Reassembly:
    """A fragmented reception; `alike` is what all its blocks have in common."""

    alike: tuple[object, ...]
    total: int
    deadline: Instant
    blocks: list[bytes] = field(default_factory=list)

    @property
    def state(self) -> ReassemblyState:
        """How far it is."""
        complete = len(self.blocks) == self.total
        return ReassemblyState.COMPLETE if complete else ReassemblyState.RECEIVING


@quick
@dataclass(frozen=True, slots=True)
class BlockResult:
    """What came of a block: acknowledge it or not, and the ASDU when it was the last missing."""

    action: BlockAction
    asdu: bytes | None = None


class Reassembler:
    """Every fragmented reception, by source and APS counter."""

    def __init__(self, settings: ApsSettings) -> None:
        self._settings = settings
        self._receptions: dict[tuple[NwkAddress, int], Reassembly] = {}
        self.deadline: Instant | None = None
        """When the next reception is given up or forgotten."""

    def clear(self) -> None:
        """Forget every reception."""
        self._receptions.clear()
        self.deadline = None

    def accept(
        self,
        source: NwkAddress,
        header: ApsHeader,
        block: bytes,
        security: ApsSecurity,
        now: Instant,
    ) -> BlockResult:
        """Take a block in; `header` has an extended header with a block number."""
        key = (source, header.counter)
        alike = (security, header.cluster, header.profile, header.source_endpoint)
        reception = self._receptions.get(key)
        number, total = _numbers(header)
        if reception is not None and not _belongs(reception, alike, number, total):
            return BlockResult(BlockAction.REFUSE)
        state = ReassemblyState.UNKNOWN if reception is None else reception.state
        action = ACTIONS[state, _place(reception, number)]
        if action is BlockAction.OPEN:
            if not total or self._under_way() >= self._settings.max_reassemblies:
                return BlockResult(BlockAction.REFUSE)
            reception = self._receptions[key] = Reassembly(alike, total, now)
        if reception is None or action in (BlockAction.REFUSE, BlockAction.REPEAT):
            return BlockResult(action)
        reception.blocks.append(block)
        if reception.state is ReassemblyState.COMPLETE:
            reception.deadline = later(now, self._settings.duplicate_timeout)
            self._plan()
            return BlockResult(action, b"".join(reception.blocks))
        reception.deadline = later(now, self._settings.reassembly_timeout)
        self._plan()
        return BlockResult(action)

    def wake(self, now: Instant) -> list[ApsReassemblyAbandoned]:
        """Give up receptions that got no block in time, forget complete ones."""
        over = [key for key, each in self._receptions.items() if each.deadline <= now]
        abandoned: list[ApsReassemblyAbandoned] = []
        for key in over:
            each = self._receptions.pop(key)
            if each.state is ReassemblyState.RECEIVING:
                abandoned.append(ApsReassemblyAbandoned(*key, len(each.blocks), each.total))
        self._plan()
        return abandoned

    def _under_way(self) -> int:
        """Receptions that lack blocks; complete ones are kept only to know repetitions by."""
        return sum(each.state is ReassemblyState.RECEIVING for each in self._receptions.values())

    def _plan(self) -> None:
        """Be woken for the reception that is due first."""
        due = [each.deadline for each in self._receptions.values()]
        self.deadline = min(due, default=None)


def _numbers(header: ApsHeader) -> tuple[int, int | None]:
    """The number of a block, and with the first one the number of blocks."""
    fragment = header.fragment
    block = 0 if fragment is None or fragment.block is None else fragment.block
    if fragment is not None and fragment.fragmentation == Fragmentation.FIRST:
        return 0, block
    return block, None


def _belongs(
    reception: Reassembly, alike: tuple[object, ...], number: int, total: int | None
) -> bool:
    """Whether a block is of the same message: same addresses, keys and block count."""
    if total is None and number == 0:
        return False
    return reception.alike == alike and total in (None, reception.total)


def _place(reception: Reassembly | None, number: int) -> BlockPlace:
    if reception is None:
        return BlockPlace.FIRST if number == 0 else BlockPlace.AHEAD
    due = len(reception.blocks)
    if number < due:
        return BlockPlace.REPEATED
    if number == due and due < reception.total:
        return BlockPlace.NEXT
    return BlockPlace.AHEAD
