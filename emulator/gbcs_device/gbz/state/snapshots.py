"""Daily reads and billing data: snapshots of registers that the device keeps (ZSE 1.4 D.3, D.7)."""

from collections.abc import Callable
from dataclasses import replace
from enum import IntFlag
from typing import Final, Generic, TypeVar

from emulator.gbcs_device.gbz.state.document import structs, written
from emulator.zcl.payloads.metering import GetSnapshot, PublishSnapshot
from emulator.zcl.payloads.prepayment import GetPrepaySnapshot, PublishPrepaySnapshot

AnySnapshot = TypeVar("AnySnapshot", bound=PublishSnapshot | PublishPrepaySnapshot)
MOST_FOUND: Final = 0xFF
"""A number of snapshots has one octet."""


class SnapshotCause(IntFlag):
    """Why a snapshot was taken (use-case annex of GBCS, GCS15b, GCS15c, GCS16a)."""

    GENERAL = 0x0001
    END_OF_BILLING_PERIOD = 0x0002
    CHANGE_OF_TARIFF = 0x0008
    CHANGE_OF_SUPPLIER = 0x2000
    CHANGE_OF_MODE = 0x4000


_GENERAL: Final = int(SnapshotCause.GENERAL)
"""As a plain number: every snapshot that is kept is asked for its cause whenever one is added."""


class SnapshotLog(Generic[AnySnapshot]):
    """The snapshots of one cluster, oldest first; the oldest of a kind makes room for a new one.

    Args:
        daily_reads: most snapshots of general cause; also how many it says it found of them.
        others: most snapshots of other causes.
    """

    def __init__(self, daily_reads: int, others: int) -> None:
        self._daily_reads = daily_reads
        self._others = others
        self.snapshots: tuple[AnySnapshot, ...] = ()

    def add(self, snapshot: AnySnapshot) -> None:
        """Keep one more."""
        general = _is_general(snapshot)
        limit = self._daily_reads if general else self._others
        surplus = sum(_is_general(each) == general for each in self.snapshots) + 1 - limit
        kept: list[AnySnapshot] = []
        for each in self.snapshots:
            if surplus > 0 and _is_general(each) == general:
                surplus -= 1
            else:
                kept.append(each)
        self.snapshots = (*kept, snapshot)

    def complete(self, request: GetSnapshot | GetPrepaySnapshot, told: AnySnapshot) -> None:
        """Have as many snapshots for a request as one that was told says there are.

        Those that were not told hold no registers. Daily reads are not counted like that.
        """
        if _is_general(told):
            return
        matching = matches(request)
        missing = told.total_snapshots_found - sum(map(matching, self.snapshots))
        for _ in range(missing):
            self.add(
                replace(
                    told,
                    snapshot_id=self.next_identifier(),
                    snapshot_time=request.latest_end_time,
                    snapshot_sub_payload=b"",
                )
            )

    def next_identifier(self) -> int:
        """An identifier that no snapshot of this log has."""
        return max((each.snapshot_id + 1 for each in self.snapshots), default=0) & 0xFFFFFFFF

    def find(self, request: GetSnapshot | GetPrepaySnapshot) -> AnySnapshot | None:
        """The snapshot at the offset asked for among those of the period and the causes."""
        found = tuple(filter(matches(request), self.snapshots))
        if request.snapshot_offset >= len(found):
            return None
        general = request.snapshot_cause & SnapshotCause.GENERAL
        total = self._daily_reads if general else len(found)
        chosen = found[request.snapshot_offset]
        return replace(chosen, total_snapshots_found=min(total, MOST_FOUND))

    def forget(self, request: GetSnapshot | GetPrepaySnapshot) -> None:
        """Drop the snapshots that a request could find."""
        matching = matches(request)
        self.snapshots = tuple(each for each in self.snapshots if not matching(each))

    def snapshot(self) -> list[str]:
        """All snapshots as octets."""
        return written(self.snapshots)

    def restore(self, document: object, name: str, cls: type[AnySnapshot]) -> None:
        """Hold what a saved log says, and nothing else.

        Raises:
            LocalError: when it is none.
        """
        self.snapshots = structs(document, name, cls)


def matches(
    request: GetSnapshot | GetPrepaySnapshot,
) -> Callable[[PublishSnapshot | PublishPrepaySnapshot], bool]:
    """Whether a snapshot is of the period and of one of the causes that a request names."""
    return lambda each: bool(
        request.earliest_start_time <= each.snapshot_time <= request.latest_end_time
        and each.snapshot_cause & request.snapshot_cause
    )


def _is_general(snapshot: PublishSnapshot | PublishPrepaySnapshot) -> bool:
    return bool(int(snapshot.snapshot_cause) & _GENERAL)
