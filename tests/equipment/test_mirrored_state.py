"""The state of the gas proxy is kept in step with the reports and pushes of its meter."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from emulator.equipment.mirrored_state import MirroredState
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.as_shipped import GPF
from emulator.gbcs_device.gbz.state.moments import seconds_since_2000
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Calendar, Instant
from emulator.metering.quantities import DAY, HALF_HOUR
from emulator.smart_energy.mirror.primitives import MeterReported, MirrorChanged
from emulator.testing.scenes.gbz_scene import filled
from emulator.wire.struct import Struct
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.payloads.events import PublishEvent
from emulator.zcl.payloads.metering import PublishSnapshot
from emulator.zcl.payloads.prepayment import (
    LoggedRepayment,
    LoggedTopUp,
    PublishDebtLog,
    PublishPrepaySnapshot,
    PublishTopUpLog,
)
from emulator.zcl.primitives import (
    SetAttributeRequest,
    Side,
    ZclAddress,
    ZclCommandIndication,
)
from emulator.zigbee.addresses import COORDINATOR, ClusterId, Endpoint
from emulator.zigbee.aps.primitives import ApsSecurity

MIRROR, METER, OTHER = Endpoint(2), Eui64(0xA1), Eui64(0xB2)
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)


@dataclass
class Scene:
    """A proxy whose mirror a meter has."""

    executor: GbzExecutor = field(default_factory=lambda: GbzExecutor(MeterStore(GPF)))

    def __post_init__(self) -> None:
        self.state = MirroredState(self.executor, MIRROR, DeviceClock(Calendar(BEGIN)))
        self.state.handle(MirrorChanged(METER, MIRROR), START)

    def report(self, register: int, at: int) -> None:
        self.set(METERING.id, 0x0000, register)
        self.state.handle(MeterReported(METER), Instant(at))

    def set(
        self, cluster: ClusterId, attribute: int, value: object, endpoint: Endpoint = MIRROR
    ) -> None:
        request = SetAttributeRequest(endpoint, cluster, Side.SERVER, attribute, value)
        assert self.state.handle(request, START) == ()

    def push(
        self, cluster: ClusterId, command: int, told: Struct | bytes, meter: Eui64 = METER
    ) -> None:
        self.state.handle(
            ZclCommandIndication(
                source=ZclAddress(COORDINATOR, Endpoint(1)),
                source_eui64=meter,
                endpoint=MIRROR,
                cluster=cluster,
                command=command,
                payload=told if isinstance(told, bytes) else told.encode(),
                to_side=Side.CLIENT,
                sequence=0,
                disable_default_response=True,
                security=next(iter(ApsSecurity)),
                key_origin=None,
                aps_counter=0,
            ),
            START,
        )

    def samples(self, log: int) -> list[int]:
        series = self.executor.store.samples.series.get(log)
        return [] if series is None else list(series.samples)


def test_half_hours_and_days_are_differences_of_reports() -> None:
    scene = Scene()
    for half_hour in range(97):
        scene.report(half_hour * 10, half_hour * HALF_HOUR + 60_000_000)

    assert scene.samples(0) == [10] * 96
    assert scene.samples(1) == [480, 480]
    series = scene.executor.store.samples.series
    assert series[0].sample_start_time == seconds_since_2000(BEGIN)


def test_half_hours_without_report_are_zero_and_nothing_is_lost() -> None:
    scene = Scene()
    scene.report(0, 0)
    scene.report(70, 3 * HALF_HOUR)

    assert scene.samples(0) == [0, 0, 70]


def test_report_before_any_register_counts_nothing() -> None:
    scene = Scene()
    scene.state.handle(MeterReported(METER), Instant(DAY))
    scene.report(5_000, 2 * DAY)

    assert scene.samples(0) == []


def test_only_the_mirror_and_what_the_proxy_has_is_kept() -> None:
    scene = Scene()
    before = scene.executor.store.attributes.snapshot()

    scene.set(METERING.id, 0x0000, 7, endpoint=Endpoint(1))
    scene.set(BASIC.id, 0x0004, b"x")
    scene.set(METERING.id, 0x0000, "no number")

    assert scene.executor.store.attributes.snapshot() == before


def test_what_is_pushed_is_held_once() -> None:
    scene = Scene()
    top_up = LoggedTopUp(b"1" * 20, 5, 6)
    repaid = LoggedRepayment(1, 2, 2, 3)
    for _ in range(2):
        scene.push(METERING.id, 0x06, filled(PublishSnapshot, snapshot_id=1))
        scene.push(PREPAYMENT.id, 0x01, filled(PublishPrepaySnapshot, snapshot_id=2))
        scene.push(PREPAYMENT.id, 0x05, filled(PublishTopUpLog, top_ups=(top_up,)))
        scene.push(PREPAYMENT.id, 0x06, filled(PublishDebtLog, repayments=(repaid,)))

    store = scene.executor.store
    assert [each.snapshot_id for each in store.snapshots.snapshots] == [1]
    assert [each.snapshot_id for each in store.prepay_snapshots.snapshots] == [2]
    assert store.top_ups.top_ups == (top_up,)
    assert store.repayments.repayments == (repaid,)


@pytest.mark.parametrize(
    ("cluster", "command", "told", "meter"),
    [
        (METERING.id, 0x06, filled(PublishSnapshot), OTHER),
        (METERING.id, 0x06, b"\x01", METER),
        (BASIC.id, 0x77, b"", METER),
    ],
)
def test_what_others_push_or_nobody_reads_is_left_alone(
    cluster: ClusterId, command: int, told: Struct | bytes, meter: Eui64
) -> None:
    scene = Scene()

    scene.push(cluster, command, told, meter)

    assert scene.executor.store.snapshots.snapshots == ()


def test_open_intervals_survive_a_loss_of_power() -> None:
    scene = Scene()
    scene.report(100, 0)
    again = Scene(scene.executor)

    again.state.restore(scene.state.snapshot())
    again.report(130, HALF_HOUR)

    assert again.samples(0) == [30]
    assert again.state.deadline is None
    assert list(again.state.wake(START)) == []


def test_what_it_does_not_accept_is_its_callers_mistake() -> None:
    with pytest.raises(LocalError):
        Scene().state.handle("event", START)


@pytest.mark.parametrize(("log", "copy"), [(3, 6), (4, 7)])
def test_events_of_the_meter_stand_in_the_copy_of_their_log_once(log: int, copy: int) -> None:
    # use-case annex of GBCS, CS10a and CS10b
    scene = Scene()
    event = PublishEvent(log, 0x8F3F, 1_000, 0, b"")

    scene.push(EVENTS.id, 0x00, event)
    scene.push(EVENTS.id, 0x00, event)

    events = scene.executor.store.events.events
    assert [(each.log_id, each.event_id, each.event_time) for each in events] == [
        (copy, 0x8F3F, 1_000)
    ]


def test_events_of_other_logs_and_other_meters_are_not_copied() -> None:
    scene = Scene()

    scene.push(EVENTS.id, 0x00, PublishEvent(1, 0x8F3F, 1_000, 0, b""))
    scene.push(EVENTS.id, 0x00, PublishEvent(3, 0x8F3F, 1_000, 0, b""), OTHER)

    assert not scene.executor.store.events.events
