"""Supply, leak detection and logs of samples, as remote parties set and read them."""

import pytest

from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.own_snapshots import take_snapshot
from emulator.gbcs_device.gbz.state.samples import SampleId
from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause
from emulator.testing.scenes.gbz_scene import (
    answers,
    attribute,
    command,
    component,
    filled,
    meter,
    statuses,
)
from emulator.zcl.payloads.metering import (
    ChangeSupply,
    GetSampledData,
    GetSampledDataResponse,
    GetSnapshot,
    PublishSnapshot,
    SetSupplyStatus,
    SetUncontrolledFlowThreshold,
    StartSampling,
    StartSamplingResponse,
    SupplyStatusResponse,
)

METERING = 0x0702
NOW = 473_385_600


@pytest.mark.parametrize("status", [0, 1])
def test_the_valve_is_closed_and_armed(status: int) -> None:
    executor = meter()
    request = filled(
        ChangeSupply,
        provider_id=4,
        issuer_event_id=5,
        proposed_supply_status=status,
        supply_control_bits=1,
    )

    (answer,) = answers(executor, command([component(METERING, request)]))

    assert attribute(executor, METERING, 0x0014) == status
    assert answer.header.command == 0x0C
    assert SupplyStatusResponse.decode(answer.payload) == SupplyStatusResponse(
        provider_id=4, issuer_event_id=5, implementation_date_time=0, supply_status=status
    )


def test_no_status_is_sent_where_none_is_wanted() -> None:
    assert statuses(meter(), component(METERING, filled(ChangeSupply))) == [(0x0B, 0)]


def test_supply_after_tampering_is_held() -> None:
    executor = meter()
    request = SetSupplyStatus(
        issuer_event_id=0,
        supply_tamper_state=1,
        supply_depletion_state=2,
        supply_uncontrolled_flow_state=4,
        load_limit_supply_state=5,
    )

    statuses(executor, component(METERING, request))

    found = [attribute(executor, METERING, each) for each in (0x0607, 0x0608, 0x0609, 0x0605)]
    assert found == [1, 2, 4, 5]


def test_the_flow_that_is_a_leak_is_held() -> None:
    executor = meter()
    request = SetUncontrolledFlowThreshold(
        provider_id=0,
        issuer_event_id=0,
        uncontrolled_flow_threshold=10,
        unit_of_measure=1,
        multiplier=2,
        divisor=3,
        stabilisation_period=4,
        measurement_period=5,
    )

    statuses(executor, component(METERING, request))

    found = [attribute(executor, METERING, each) for each in range(0x0B10, 0x0B16)]
    assert found == [10, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(("asked", "begun"), [(0, NOW), (NOW + 60, NOW + 60)])
def test_network_data_begins_when_asked_for(asked: int, begun: int) -> None:
    executor = meter()
    request = filled(StartSampling, start_sampling_time=asked, sample_request_interval=360)

    (answer,) = answers(executor, command([component(METERING, request)]))

    assert StartSamplingResponse.decode(answer.payload).sample_id == SampleId.NETWORK_DATA
    series = executor.store.samples.series[SampleId.NETWORK_DATA]
    assert (series.sample_start_time, series.sample_request_interval) == (begun, 360)


def test_sampling_that_fails_tells_no_series_and_begins_none() -> None:
    executor = meter()
    components = [
        component(METERING, filled(each), at) for at, each in enumerate((StartSampling,) * 2)
    ]

    first, second = answers(executor, command(components, faults=[InjectedFault(0, 0xC0)]))

    assert StartSamplingResponse.decode(first.payload).sample_id == 0xFFFF
    assert second.payload == bytes.fromhex("FF 01")
    assert executor.store.samples.series == {}


def test_samples_are_read_back() -> None:
    executor = meter()
    request = filled(GetSampledData, number_of_samples=5)
    executor.store.samples.start(0, NOW, 0, 1800)
    executor.store.samples.add(0, 12)

    (answer,) = answers(executor, command([component(METERING, request)]))

    assert GetSampledDataResponse.decode(answer.payload).samples == (12,)
    executor.store.samples.series.clear()
    assert statuses(executor, component(METERING, request)) == [(0x08, 0x8B)]


def test_snapshots_are_read_back() -> None:
    executor = meter()
    asked = filled(
        GetSnapshot, latest_end_time=NOW, snapshot_cause=SnapshotCause.END_OF_BILLING_PERIOD
    )
    assert statuses(executor, component(METERING, asked)) == [(0x06, 0x8B)]
    taken = take_snapshot(executor.store, SnapshotCause.END_OF_BILLING_PERIOD, NOW)

    (answer,) = answers(executor, command([component(METERING, asked)]))

    assert PublishSnapshot.decode(answer.payload) == taken
