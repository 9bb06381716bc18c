"""What a gas meter pushes to its mirror while it is awake, besides its registers (GBCS 10.4.2).

Daily reads and billing data go out at the next wake after they were written down, the log of
top-ups after each of them, that of repayments likewise, and each event by itself. What was pushed
is not pushed again, unless the meter lost its power in between. That events go out as Publish
Event is unverified; the proxy has copies of both logs (use-case annex of GBCS, CS10a, CS10b).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.kernel.units import Instant
from emulator.smart_energy.mirror.primitives import MirrorFlagsIndication
from emulator.wire.struct import Struct
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.payloads.events import LoggedEvent, PublishEvent
from emulator.zcl.payloads.prepayment import PublishDebtLog, PublishTopUpLog
from emulator.zcl.primitives import Side, ZclAddress, ZclCommandRequest
from emulator.zigbee.addresses import COORDINATOR, ClusterId, Endpoint

PUBLISH_SNAPSHOT: Final = 0x06
"""Of the Metering cluster (ZSE 1.4 D.3)."""
PUBLISH_PREPAY_SNAPSHOT: Final = 0x01
PUBLISH_TOP_UP_LOG: Final = 0x05
PUBLISH_DEBT_LOG: Final = 0x06
"""Of the Prepayment cluster (ZSE 1.4 D.7)."""
PUBLISH_EVENT: Final = 0x00
"""Of the Events cluster (ZSE 1.4 Annex D)."""
_TOLD_NOBODY: Final = 0x00
"""Event control: nothing more is to be done about it."""
_Command = tuple[ClusterId, int, Struct]


class GasPush:
    """Pushes what is new of the logs of one meter.

    Args:
        executor: what the meter holds.
        endpoint: of the meter.
        handles: for what is sent.
    """

    accepts: ClassVar[tuple[type, ...]] = (MirrorFlagsIndication,)
    deadline: Instant | None = None

    def __init__(self, executor: GbzExecutor, endpoint: Endpoint, handles: Iterator[int]) -> None:
        self._executor = executor
        self._endpoint = endpoint
        self._handles = handles
        self._pushed: Mapping[tuple[ClusterId, int, int], bytes] = {}
        self._events: tuple[LoggedEvent, ...] = ()

    def handle(self, event: MirrorFlagsIndication, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """What is new goes to the mirror, which listens."""
        if event.mirror is None:
            return ()
        told = self._executor.settle()
        held = {
            (cluster, command, place): (cluster, command, payload)
            for place, (cluster, command, payload) in self._held()
        }
        octets = {key: payload.encode() for key, (_, _, payload) in held.items()}
        new = [key for key, told in octets.items() if self._pushed.get(key) != told]
        self._pushed = octets
        commands = (self._command(event.mirror, key[0], key[1], octets[key]) for key in new)
        return (*told, *commands, *self._new_events(event.mirror))

    def _new_events(self, mirror: Endpoint) -> Iterator[ZclCommandRequest]:
        """What stands in a log now that did not at the last wake."""
        known, self._events = self._events, self._executor.store.events.events
        for each in self._events:
            if each not in known:
                told = PublishEvent(
                    log_id=each.log_id,
                    event_id=each.event_id,
                    event_time=each.event_time,
                    event_control=_TOLD_NOBODY,
                    event_data=each.event_data,
                )
                yield self._command(mirror, EVENTS.id, PUBLISH_EVENT, told.encode())

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due: the mirror says when it listens."""
        return ()

    def _held(self) -> Iterator[tuple[int, _Command]]:
        """All that is pushed, each with a number of its own among its kind."""
        store = self._executor.store
        for read in store.snapshots.snapshots:
            yield read.snapshot_id, (METERING.id, PUBLISH_SNAPSHOT, read)
        for balances in store.prepay_snapshots.snapshots:
            yield balances.snapshot_id, (PREPAYMENT.id, PUBLISH_PREPAY_SNAPSHOT, balances)
        if store.top_ups.top_ups:
            top_ups = PublishTopUpLog(
                command_index=0, total_number_of_commands=1, top_ups=store.top_ups.top_ups
            )
            yield 0, (PREPAYMENT.id, PUBLISH_TOP_UP_LOG, top_ups)
        if store.repayments.repayments:
            latest = store.repayments.repayments[-1:]
            repaid = PublishDebtLog(command_index=0, total_number_of_commands=1, repayments=latest)
            yield 0, (PREPAYMENT.id, PUBLISH_DEBT_LOG, repaid)

    def _command(
        self, mirror: Endpoint, cluster: ClusterId, command: int, payload: bytes
    ) -> ZclCommandRequest:
        return ZclCommandRequest(
            next(self._handles),
            ZclAddress(COORDINATOR, mirror),
            self._endpoint,
            cluster,
            command,
            payload,
            to_side=Side.CLIENT,
            disable_default_response=True,
        )
