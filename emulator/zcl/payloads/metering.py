"""What commands of the Metering cluster say, each declared once (ZSE 1.4 D.3).

Times are seconds since 2000-01-01 UTC.
"""

from typing import Annotated

from emulator.wire.codecs import U8, U16, U32, Many, Remaining, UInt
from emulator.wire.struct import Struct


class GetSnapshot(Struct):
    """Get Snapshot (ZSE 1.4 D.3)."""

    earliest_start_time: U32
    latest_end_time: U32
    snapshot_offset: U8
    snapshot_cause: U32


class StartSampling(Struct):
    """Start Sampling (ZSE 1.4 D.3)."""

    issuer_event_id: U32
    start_sampling_time: U32
    sample_type: U8
    sample_request_interval: U16
    max_number_of_samples: U16


class GetSampledData(Struct):
    """Get Sampled Data (ZSE 1.4 D.3)."""

    sample_id: U16
    earliest_sample_time: U32
    sample_type: U8
    number_of_samples: U16


class LocalChangeSupply(Struct):
    """Local Change Supply (ZSE 1.4 D.3)."""

    proposed_supply_status: U8


class ChangeSupply(Struct):
    """Change Supply (ZSE 1.4 D.3)."""

    provider_id: U32
    issuer_event_id: U32
    request_date_time: U32
    implementation_date_time: U32
    proposed_supply_status: U8
    supply_control_bits: U8


class SetSupplyStatus(Struct):
    """Set Supply Status (ZSE 1.4 D.3)."""

    issuer_event_id: U32
    supply_tamper_state: U8
    supply_depletion_state: U8
    supply_uncontrolled_flow_state: U8
    load_limit_supply_state: U8


class SetUncontrolledFlowThreshold(Struct):
    """Set Uncontrolled Flow Threshold (ZSE 1.4 D.3)."""

    provider_id: U32
    issuer_event_id: U32
    uncontrolled_flow_threshold: U16
    unit_of_measure: U8
    multiplier: U16
    divisor: U16
    stabilisation_period: U8
    measurement_period: U16


class PublishSnapshot(Struct):
    """Publish Snapshot (ZSE 1.4 D.3)."""

    snapshot_id: U32
    snapshot_time: U32
    total_snapshots_found: U8
    command_index: U8
    total_number_of_commands: U8
    snapshot_cause: U32
    snapshot_payload_type: U8
    snapshot_sub_payload: Remaining = b""


class GetSampledDataResponse(Struct):
    """Get Sampled Data Response (ZSE 1.4 D.3)."""

    sample_id: U16
    sample_start_time: U32
    sample_type: U8
    sample_request_interval: U16
    number_of_samples: U16
    samples: Annotated[tuple[int, ...], Many(UInt(3))]


class SupplyStatusResponse(Struct):
    """Supply Status Response (ZSE 1.4 D.3)."""

    provider_id: U32
    issuer_event_id: U32
    implementation_date_time: U32
    supply_status: U8


class StartSamplingResponse(Struct):
    """Start Sampling Response (ZSE 1.4 D.3)."""

    sample_id: U16
