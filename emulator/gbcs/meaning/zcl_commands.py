"""Fields of the Smart Energy commands that GBZ payloads carry (ZSE 1.4 Annex D).

A field is `name:type`; the fields after `*` repeat to the end. Those with `?` may be left out at
the end. Every command that a reference message holds takes exactly the octets it has.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from emulator.zcl.primitives import Side

_ISSUER: Final = "provider_id:u32 issuer_event_id:u32"
_CALENDAR: Final = f"{_ISSUER} issuer_calendar_id:u32"
_PARTS: Final = "command_index:u8 total_number_of_commands:u8"
_PERIOD: Final = "earliest_start_time:utc latest_end_time:utc"
_SNAPSHOT: Final = (
    "snapshot_id:u32 snapshot_time:utc total_snapshots_found:u8 command_index:u8 "
    "total_number_of_commands:u8 snapshot_cause:map32 snapshot_payload_type:u8 "
    "snapshot_sub_payload:rest"
)
_DEVICE: Final = "originating_device:u8"

_PRICE_SERVER: Final = {
    0x00: "command_options:u8",
    0x0B: "earliest_start_time:utc min_issuer_event_id:u32 number_of_commands:u8 tariff_type:u8?",
}
_PRICE_CLIENT: Final = {
    0x00: "provider_id:u32 rate_label:octstr issuer_event_id:u32 current_time:utc "
    "unit_of_measure:u8 currency:u16 price_trailing_digit_and_price_tier:u8 "
    "number_of_price_tiers_and_register_tier:u8 start_time:utc duration:u16 price:u32 "
    "price_ratio:u8? generation_price:u32? generation_price_ratio:u8? "
    "alternate_cost_delivered:u32? alternate_cost_unit:u8? alternate_cost_trailing_digit:u8? "
    "number_of_block_thresholds:u8? price_control:u8? number_of_generation_tiers:u8? "
    "generation_tier:u8? extended_number_of_price_tiers:u8? extended_price_tier:u8? "
    "extended_register_tier:u8?",
    0x01: f"{_ISSUER} block_period_start_time:utc block_period_duration:u24 "
    "block_period_control:map8 block_period_duration_type:u8 tariff_type:u8 "
    "tariff_resolution_period:u8",
    0x02: "issuer_event_id:u32 start_time:utc conversion_factor:u32 "
    "conversion_factor_trailing_digit:map8",
    0x03: "issuer_event_id:u32 start_time:utc calorific_value:u32 calorific_value_unit:u8 "
    "calorific_value_trailing_digit:map8",
    0x04: f"{_ISSUER} issuer_tariff_id:u32 start_time:utc tariff_type_charging_scheme:map8 "
    "tariff_label:octstr number_of_price_tiers_in_use:u8 number_of_block_thresholds_in_use:u8 "
    "unit_of_measure:u8 currency:u16 price_trailing_digit:map8 standing_charge:u32 "
    "tier_block_mode:u8 block_threshold_multiplier:u24 block_threshold_divisor:u24",
    0x05: f"{_ISSUER} start_time:utc issuer_tariff_id:u32 {_PARTS} sub_payload_control:map8 "
    "* tier_block_id:u8 price:u32",
    0x06: f"{_ISSUER} start_time:utc issuer_tariff_id:u32 {_PARTS} sub_payload_control:map8 "
    "block_thresholds:rest",
    0x09: f"{_ISSUER} billing_period_start_time:utc billing_period_duration:u24 "
    "billing_period_duration_type:u8 tariff_type:u8",
}
_METERING_SERVER: Final = {
    0x06: f"{_PERIOD} snapshot_offset:u8 snapshot_cause:map32",
    0x07: "issuer_event_id:u32 start_sampling_time:utc sample_type:u8 "
    "sample_request_interval:u16 max_number_of_samples:u16",
    0x08: "sample_id:u16 earliest_sample_time:utc sample_type:u8 number_of_samples:u16",
    0x0B: f"{_ISSUER} request_date_time:utc implementation_date_time:utc "
    "proposed_supply_status:u8 supply_control_bits:map8",
    0x0D: "issuer_event_id:u32 supply_tamper_state:u8 supply_depletion_state:u8 "
    "supply_uncontrolled_flow_state:u8 load_limit_supply_state:u8",
    0x0E: f"{_ISSUER} uncontrolled_flow_threshold:u16 unit_of_measure:u8 multiplier:u16 "
    "divisor:u16 stabilisation_period:u8 measurement_period:u16",
}
_METERING_CLIENT: Final = {
    0x06: _SNAPSHOT,
    0x07: "sample_id:u16 sample_start_time:utc sample_type:u8 sample_request_interval:u16 "
    "number_of_samples:u16 * sample:u24",
    0x0C: f"{_ISSUER} implementation_date_time:utc supply_status:u8",
    0x0D: "sample_id:u16",
}
_MESSAGING_CLIENT: Final = {
    0x00: "message_id:u32 message_control:map8 start_time:utc duration_in_minutes:u16 "
    "message:octstr extended_message_control:map8?",
}
_PREPAYMENT_SERVER: Final = {
    0x00: f"command_issue_date_time:utc {_DEVICE} site_id:octstr? meter_serial_number:octstr?",
    0x02: "issuer_event_id:u32 debt_label:octstr debt_amount:i32 debt_recovery_method:u8 "
    "debt_amount_type:u8 debt_recovery_start_time:utc debt_recovery_collection_time:u16 "
    "debt_recovery_frequency:u8 debt_recovery_amount:i32 debt_recovery_balance_percentage:u16",
    0x03: "issuer_event_id:u32 start_time:utc emergency_credit_limit:u32 "
    "emergency_credit_threshold:u32",
    0x04: f"{_DEVICE} top_up_code:octstr",
    0x05: "issuer_event_id:u32 start_time:utc credit_adjustment_type:u8 "
    "credit_adjustment_value:i32",
    0x06: f"{_ISSUER} implementation_date_time:utc proposed_payment_control_configuration:map16 "
    "cut_off_value:i32",
    0x07: f"{_PERIOD} snapshot_offset:u8 snapshot_cause:map32",
    0x08: "latest_end_time:utc number_of_records:u8",
    0x09: "low_credit_warning_level:u32",
    0x0A: "latest_end_time:utc number_of_debts:u8 debt_type:u8",
    0x0B: f"{_ISSUER} implementation_date_time:utc maximum_credit_level:u32 "
    "maximum_credit_per_top_up:u32",
    0x0C: f"{_ISSUER} implementation_date_time:utc overall_debt_cap:i32",
}
_PREPAYMENT_CLIENT: Final = {
    0x01: _SNAPSHOT,
    0x02: "friendly_credit:map8 friendly_credit_calendar_id:u32 emergency_credit_limit:u32 "
    "emergency_credit_threshold:u32",
    0x03: "result_type:u8 top_up_value:i32 source_of_top_up:u8 credit_remaining:i32",
    0x05: f"{_PARTS} * top_up_code:octstr top_up_amount:i32 top_up_time:utc",
    0x06: f"{_PARTS} * collection_time:utc amount_collected:u32 debt_type:u8 outstanding_debt:u32",
}
_CALENDAR_SERVER: Final = {
    0x01: "provider_id:u32 issuer_calendar_id:u32 start_day_id:u8 number_of_days:u8",
    0x02: "provider_id:u32 issuer_calendar_id:u32 start_week_id:u8 number_of_weeks:u8",
    0x03: "provider_id:u32 issuer_calendar_id:u32",
    0x04: "start_time:utc number_of_events:u8 calendar_type:u8 provider_id:u32 "
    "issuer_calendar_id:u32",
}
_CALENDAR_CLIENT: Final = {
    0x00: f"{_CALENDAR} start_time:utc calendar_type:u8 calendar_time_reference:u8 "
    "calendar_name:octstr number_of_seasons:u8 number_of_week_profiles:u8 "
    "number_of_day_profiles:u8",
    0x01: f"{_CALENDAR} day_id:u8 total_number_of_schedule_entries:u8 {_PARTS} "
    "calendar_type:u8 * start_minute:u16 entry:u8",
    0x02: f"{_CALENDAR} week_id:u8 monday:u8 tuesday:u8 wednesday:u8 thursday:u8 friday:u8 "
    "saturday:u8 sunday:u8",
    0x03: f"{_CALENDAR} {_PARTS} * season_start_date:date week_id:u8",
    0x04: f"{_CALENDAR} start_time:utc calendar_type:u8 total_number_of_special_days:u8 {_PARTS} "
    "* special_day_date:date day_id:u8",
}
_DEVICE_MANAGEMENT_CLIENT: Final = {
    0x00: f"{_ISSUER} tariff_type:u8 implementation_date_time:utc "
    "proposed_tenancy_change_control:map32",
    0x01: "current_provider_id:u32 issuer_event_id:u32 tariff_type:u8 proposed_provider_id:u32 "
    "provider_change_implementation_time:utc provider_change_control:map32 "
    "proposed_provider_name:octstr proposed_provider_contact_details:octstr",
    0x02: "issuer_event_id:u32 implementation_date_time:utc duration_in_minutes:u16 "
    "password_type:u8 password:octstr",
    0x03: "issuer_event_id:u32 site_id_time:utc provider_id:u32 site_id:octstr",
    0x04: "issuer_event_id:u32 start_date_time:utc event_configuration:map8 "
    "configuration_control:u8 event_configuration_payload:rest",
    0x05: "event_id:u16",
    0x06: "issuer_event_id:u32 cin_implementation_time:utc provider_id:u32 "
    "customer_id_number:octstr",
}
_DEVICE_MANAGEMENT_SERVER: Final = {
    0x04: f"{_PARTS} * event_id:u16 event_configuration:map8",
}
_EVENTS_SERVER: Final = {
    0x00: "event_control_and_log_id:map8 event_id:u16 start_time:utc end_time:utc "
    "number_of_events:u8 event_offset:u16",
    0x01: "log_id:map8",
}
_EVENTS_CLIENT: Final = {
    0x01: "total_number_of_matching_events:u16 command_index:u8 total_commands:u8 "
    "log_payload_control:map8 * log_id:u8 event_id:u16 event_time:utc event_data:octstr",
    0x02: "cleared_event_logs:map8",
}

_CLUSTERS: Final = (
    (0x0700, Side.SERVER, _PRICE_SERVER),
    (0x0700, Side.CLIENT, _PRICE_CLIENT),
    (0x0702, Side.SERVER, _METERING_SERVER),
    (0x0702, Side.CLIENT, _METERING_CLIENT),
    (0x0703, Side.CLIENT, _MESSAGING_CLIENT),
    (0x0705, Side.SERVER, _PREPAYMENT_SERVER),
    (0x0705, Side.CLIENT, _PREPAYMENT_CLIENT),
    (0x0707, Side.SERVER, _CALENDAR_SERVER),
    (0x0707, Side.CLIENT, _CALENDAR_CLIENT),
    (0x0708, Side.SERVER, _DEVICE_MANAGEMENT_SERVER),
    (0x0708, Side.CLIENT, _DEVICE_MANAGEMENT_CLIENT),
    (0x0709, Side.SERVER, _EVENTS_SERVER),
    (0x0709, Side.CLIENT, _EVENTS_CLIENT),
)

COMMAND_FIELDS: Final[Mapping[tuple[int, Side, int], str]] = MappingProxyType(
    {
        (cluster, side, command): fields
        for cluster, side, commands in _CLUSTERS
        for command, fields in commands.items()
    }
)
"""Fields by cluster, side that the command is for, and command."""
