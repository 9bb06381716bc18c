"""Registers, supply and logs of samples: the commands of the Metering cluster (ZSE 1.4 D.3)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs_device.gbz.commands.answers import Answer, Reply
from emulator.gbcs_device.gbz.commands.handling import Circumstances, CommandKey, Handling
from emulator.gbcs_device.gbz.state.samples import SampleId
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.zcl.payloads.metering import (
    ChangeSupply,
    GetSampledData,
    GetSnapshot,
    SetSupplyStatus,
    SetUncontrolledFlowThreshold,
    StartSampling,
    StartSamplingResponse,
    SupplyStatusResponse,
)
from emulator.zcl.primitives import Side, ZclStatus

METERING: Final = 0x0702
_NO_SAMPLE: Final = 0xFFFF
_ANSWER_WANTED: Final = 0x01
"""Bit of the supply control bits (RTDS 4.5.0, GCS32)."""


def get_snapshot(store: MeterStore, request: GetSnapshot, _: Circumstances) -> Answer:
    """Answer with the snapshot at the offset asked for."""
    found = store.snapshots.find(request)
    return ZclStatus.NOT_FOUND if found is None else (Reply(0x06, found),)


def start_sampling(
    store: MeterStore, request: StartSampling, circumstances: Circumstances
) -> Answer:
    """Begin the network data log anew."""
    store.samples.start(
        SampleId.NETWORK_DATA,
        request.start_sampling_time or circumstances.moment,
        request.sample_type,
        request.sample_request_interval,
    )
    return (Reply(0x0D, StartSamplingResponse(sample_id=SampleId.NETWORK_DATA)),)


def refuse_sampling(_: StartSampling) -> Answer:
    """Answer that no sampling was begun."""
    return (Reply(0x0D, StartSamplingResponse(sample_id=_NO_SAMPLE), failed=True),)


def get_sampled_data(
    store: MeterStore, request: GetSampledData, circumstances: Circumstances
) -> Answer:
    """Answer with samples of a log."""
    circumstances.mechanism.show_samples(store)
    found = store.samples.find(request)
    return ZclStatus.NOT_FOUND if found is None else (Reply(0x07, found),)


def change_supply(store: MeterStore, request: ChangeSupply, circumstances: Circumstances) -> Answer:
    """Close or arm the valve."""
    circumstances.mechanism.change_supply(store, request.proposed_supply_status)
    if not request.supply_control_bits & _ANSWER_WANTED:
        return ZclStatus.SUCCESS
    status = SupplyStatusResponse(
        provider_id=request.provider_id,
        issuer_event_id=request.issuer_event_id,
        implementation_date_time=request.implementation_date_time,
        supply_status=request.proposed_supply_status,
    )
    return (Reply(0x0C, status),)


def set_supply_status(store: MeterStore, request: SetSupplyStatus, _: Circumstances) -> Answer:
    """Hold what becomes of the supply after tampering, without credit, and so on."""
    store.attributes.set(METERING, 0x0605, request.load_limit_supply_state)
    store.attributes.set(METERING, 0x0607, request.supply_tamper_state)
    store.attributes.set(METERING, 0x0608, request.supply_depletion_state)
    store.attributes.set(METERING, 0x0609, request.supply_uncontrolled_flow_state)
    return ZclStatus.SUCCESS


def set_uncontrolled_flow_threshold(
    store: MeterStore, request: SetUncontrolledFlowThreshold, _: Circumstances
) -> Answer:
    """Hold from which flow on, and after how long, a leak is assumed."""
    values = (
        request.uncontrolled_flow_threshold,
        request.unit_of_measure,
        request.multiplier,
        request.divisor,
        request.stabilisation_period,
        request.measurement_period,
    )
    for attribute, value in enumerate(values, 0x0B10):
        store.attributes.set(METERING, attribute, value)
    return ZclStatus.SUCCESS


def _handlings() -> Iterator[tuple[CommandKey, Handling[Any]]]:
    server = Side.SERVER
    yield (METERING, server, 0x06), Handling(GetSnapshot, get_snapshot)
    yield (
        (METERING, server, 0x07),
        Handling(StartSampling, start_sampling, refuse=refuse_sampling),
    )
    yield (METERING, server, 0x08), Handling(GetSampledData, get_sampled_data)
    yield (METERING, server, 0x0B), Handling(ChangeSupply, change_supply)
    yield (METERING, server, 0x0D), Handling(SetSupplyStatus, set_supply_status)
    yield (
        (METERING, server, 0x0E),
        Handling(SetUncontrolledFlowThreshold, set_uncontrolled_flow_threshold),
    )


HANDLINGS: Final[Mapping[CommandKey, Handling[Any]]] = MappingProxyType(dict(_handlings()))
"""The commands that a device takes."""
