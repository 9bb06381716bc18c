"""The state of the gas proxy function kept in step with its meter (GBCS 10.4.2).

Registers and balances are what the meter reported last. Logs of half hours and days are the
differences of reported registers; daily reads, billing data, top-ups, repayments and the events
of the meter's logs are pushed.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, NamedTuple

from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.event_logs import (
    GENERAL_LOG,
    METER_GENERAL_LOG,
    METER_SECURITY_LOG,
    SECURITY_LOG,
)
from emulator.gbcs_device.gbz.state.moments import seconds_since_2000
from emulator.gbcs_device.gbz.state.samples import DAILY, SampleId
from emulator.kernel.errors import LocalError, WireError
from emulator.kernel.units import Instant
from emulator.smart_energy.mirror.primitives import MeterReported, MirrorChanged
from emulator.wire.struct import Struct
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.payloads.events import LoggedEvent, PublishEvent
from emulator.zcl.payloads.metering import PublishSnapshot
from emulator.zcl.payloads.prepayment import (
    PublishDebtLog,
    PublishPrepaySnapshot,
    PublishTopUpLog,
)
from emulator.zcl.primitives import SetAttributeRequest, Side, ZclCommandIndication
from emulator.zigbee.addresses import Endpoint

if TYPE_CHECKING:
    from emulator.kernel.identity import Eui64

SUMMATION: Final = (METERING.id, 0x0000)
_HALF_HOUR: Final = 1800
_DAY: Final = 86_400


class _Log(NamedTuple):
    """A log of differences.

    Args:
        seconds: of an interval.
        interval: as the log writes it (RTDS 4.5.0, GCS61).
    """

    identifier: SampleId
    seconds: int
    interval: int


_LOGS: Final = (
    _Log(SampleId.PROFILE_DATA, _HALF_HOUR, _HALF_HOUR),
    _Log(SampleId.DAILY_CONSUMPTION, _DAY, DAILY),
)
_MIRRORED: Final = (METERING.id, PREPAYMENT.id)
_DELIVERED: Final = 0
_PUSHED: Final[Mapping[tuple[int, int], type[Struct]]] = MappingProxyType(
    {
        (EVENTS.id, 0x00): PublishEvent,
        **{
            (cluster, command): each
            for (cluster, side, command), each in PAYLOADS.items()
            if side is Side.CLIENT
        },
    }
)
"""What may come, by cluster and command."""
_COPIES: Final[Mapping[int, int]] = {
    GENERAL_LOG: METER_GENERAL_LOG,
    SECURITY_LOG: METER_SECURITY_LOG,
}
"""The proxy's copies, by the meter's logs (use-case annex of GBCS, CS10a, CS10b)."""


class MirroredState:
    """Hears what the mirror hears, and writes it into the state of the proxy.

    Args:
        executor: of the gas proxy function.
        mirror: the endpoint that a meter reports and pushes to.
        clock: of the gas proxy function.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        SetAttributeRequest,
        MeterReported,
        MirrorChanged,
        ZclCommandIndication,
    )
    deadline: Instant | None = None

    def __init__(self, executor: GbzExecutor, mirror: Endpoint, clock: DeviceClock) -> None:
        self._executor = executor
        self._mirror = mirror
        self._clock = clock
        self._begun: dict[int, list[int]] = {}
        """By log: the interval that is open, and the register when it began."""
        self._told = False
        self._meter: Eui64 | None = None

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Keep what is for the mirror; nothing follows from it."""
        match event:
            case SetAttributeRequest():
                self._attribute(event)
            case MeterReported():
                if self._told:
                    self._reported(seconds_since_2000(self._clock.moment(now)))
            case MirrorChanged():
                self._meter = event.meter if event.endpoint == self._mirror else None
            case ZclCommandIndication():
                self._pushed(event)
            case _:
                raise LocalError(f"{type(event).__name__}: none of {self.accepts}")
        return ()

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due: the meter says when."""
        return ()

    def snapshot(self) -> dict[str, Any]:
        """The intervals that are open, as JSON knows it."""
        return {"told": self._told, "begun": {str(log): each for log, each in self._begun.items()}}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self._told = state["told"]
        self._begun = {int(log): list(each) for log, each in state["begun"].items()}

    def _attribute(self, event: SetAttributeRequest) -> None:
        if (event.endpoint, event.side) != (self._mirror, Side.SERVER):
            return
        if event.cluster not in _MIRRORED:
            return
        try:
            self._executor.store.attributes.set(event.cluster, event.attribute, event.value)
        except LocalError:
            return
        self._told = self._told or (event.cluster, event.attribute) == SUMMATION

    def _reported(self, moment: int) -> None:
        """Write down the intervals that ended since the last report.

        What passed meanwhile belongs to the interval before the one that is open now; those that
        the meter did not report are zero.
        """
        register = self._executor.store.attributes.number(*SUMMATION)
        for each in _LOGS:
            current = moment // each.seconds
            begun = self._begun.get(each.identifier)
            if begun is not None and current > begun[0]:
                self._write(each, begun, current - begun[0] - 1, register)
            if begun is None or current > begun[0]:
                self._begun[each.identifier] = [current, register]

    def _write(self, log: _Log, begun: list[int], missed: int, register: int) -> None:
        store = self._executor.store
        if log.identifier not in store.samples.series:
            begin = begun[0] * log.seconds
            store.samples.start(log.identifier, begin, _DELIVERED, log.interval)
        for _ in range(min(missed, store.settings.samples[log.identifier])):
            store.samples.add(log.identifier, 0)
        store.samples.add(log.identifier, max(0, register - begun[1]))

    def _pushed(self, event: ZclCommandIndication) -> None:
        mine = event.endpoint == self._mirror and event.to_side is Side.CLIENT
        if not mine or self._meter is None or event.source_eui64 != self._meter:
            return
        declared = _PUSHED.get((event.cluster, event.command))
        try:
            told = None if declared is None else declared.decode(event.payload)
        except WireError:
            return
        if isinstance(told, PublishEvent):
            self._keep_event(told)
        else:
            self._keep(told)

    def _keep(self, told: Struct | None) -> None:
        """Hold a pushed entry or log; one that came before is held already."""
        store = self._executor.store
        match told:
            case PublishSnapshot() if told not in store.snapshots.snapshots:
                store.snapshots.add(told)
            case PublishPrepaySnapshot() if told not in store.prepay_snapshots.snapshots:
                store.prepay_snapshots.add(told)
            case PublishTopUpLog():
                store.top_ups.top_ups = told.top_ups
            case PublishDebtLog():
                for repayment in told.repayments:
                    if repayment not in store.repayments.repayments:
                        store.repayments.add(repayment)
            case _:
                return

    def _keep_event(self, told: PublishEvent) -> None:
        """Hold a copy of an event of the meter; one that came before is held already."""
        log = _COPIES.get(told.log_id)
        if log is None:
            return
        copy = LoggedEvent(
            log_id=log,
            event_id=told.event_id,
            event_time=told.event_time,
            event_data=told.event_data,
        )
        events = self._executor.store.events
        if copy not in events.events:
            events.add(copy)
