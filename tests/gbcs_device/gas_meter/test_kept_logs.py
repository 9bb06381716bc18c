"""Daily reads, profile data and network data are there to be read (GCS16a, GCS17, GCS18)."""

import pytest

from emulator.gbcs_device.gbz.own_snapshots import BlockTierDelivered, DebtAndCredit
from emulator.gbcs_device.gbz.state.moments import seconds_since_2000
from emulator.metering.quantities import DAY, HOUR
from emulator.testing.scenes.gbz_scene import answers, command, component, filled
from emulator.zcl.payloads.metering import (
    GetSampledData,
    GetSampledDataResponse,
    GetSnapshot,
    PublishSnapshot,
    StartSampling,
)
from tests.gbcs_device.gas_meter.scene import METERING, POUND, START, GasMeter, prepaid_meter

BEGIN = seconds_since_2000(START)
DAY_SECONDS = 86_400


def samples(meter: GasMeter, log: int, since: int, number: int) -> GetSampledDataResponse:
    request = filled(
        GetSampledData, sample_id=log, earliest_sample_time=since, number_of_samples=number
    )
    (answer,) = answers(
        meter.executor, command([component(METERING, request)], moment=meter.moment)
    )
    return GetSampledDataResponse.decode(answer.payload)


def test_half_hours_are_read_as_they_passed() -> None:
    meter = GasMeter()
    meter.live(HOUR)
    meter.burn(3_000)
    meter.live(HOUR)
    meter.burn(100)
    meter.live(HOUR)

    told = samples(meter, 0, BEGIN, 100)

    assert told.sample_start_time == BEGIN
    assert list(told.samples) == [0, 0, 1_500, 1_500, 50, 50]
    later = samples(meter, 0, BEGIN + 3_600, 2)
    assert (later.sample_start_time, list(later.samples)) == (BEGIN + 3_600, [1_500, 1_500])


def test_daily_reads_are_of_midnight_whenever_they_are_asked_for() -> None:
    meter = prepaid_meter(balance=100 * POUND)
    meter.burn(100)
    meter.live(3 * DAY + 5 * HOUR)

    request = filled(GetSnapshot, latest_end_time=0xFFFFFFFE, snapshot_offset=1, snapshot_cause=1)
    (answer,) = answers(meter.executor, command([component(METERING, request)]))
    told = PublishSnapshot.decode(answer.payload)
    assert told.snapshot_time == BEGIN + 2 * DAY_SECONDS
    assert BlockTierDelivered.decode(told.snapshot_sub_payload).summation == 4_800
    # SMETS2 4.6.5.14, GCS16b: 86.40 p a day
    days = [
        each for each in meter.executor.store.prepay_snapshots.snapshots if each.snapshot_cause == 1
    ]
    credit = [DebtAndCredit.decode(each.snapshot_sub_payload).credit for each in days]
    assert credit == [10_000_000 - 86_400 * day for day in (1, 2, 3)]


@pytest.mark.parametrize("mode", ["credit", "prepaid"])
def test_a_month_of_daily_reads_is_kept(mode: str) -> None:
    meter = GasMeter() if mode == "credit" else prepaid_meter()
    meter.live(40 * DAY)

    store = meter.executor.store
    general = [each for each in store.snapshots.snapshots if each.snapshot_cause == 1]
    prepay = [each for each in store.prepay_snapshots.snapshots if each.snapshot_cause == 1]
    assert len(general) == 31
    assert len(prepay) == (0 if mode == "credit" else 31)


def test_clock_that_is_set_over_a_midnight_writes_one_daily_read() -> None:
    meter = GasMeter()
    meter.live(12 * HOUR)

    meter.meter.synchronise(meter.now, 20 * HOUR)
    meter.live(HOUR)
    meter.meter.synchronise(meter.now, -HOUR)
    meter.live(15 * HOUR)

    times = [each.snapshot_time for each in meter.executor.store.snapshots.snapshots]
    assert times == [BEGIN + DAY_SECONDS, BEGIN + 2 * DAY_SECONDS][: len(times)]
    assert len(times) == 1


def test_network_data_is_sampled_until_the_log_is_full() -> None:
    meter = GasMeter()
    meter.burn(600)
    begin = filled(StartSampling, start_sampling_time=BEGIN + 3_600, sample_request_interval=360)
    assert meter.send(METERING, begin) == [-1]
    meter.live(10 * HOUR)

    told = samples(meter, 2, 0, 100)

    # GCS31: six minutes at ten litres a minute
    assert told.sample_start_time == BEGIN + 3_600
    assert list(told.samples) == [60] * 41
