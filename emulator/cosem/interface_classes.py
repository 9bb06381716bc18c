"""Interface classes: their attributes and methods by number (IEC 62056-6-2 4.3 to 4.6).

Names are the specification's. GBCS Extended Data (9000) is GBCS's own class; of its
members, those that the use-case annex does not name are `unverified` here: 3, 5 and the methods.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from emulator.cosem.layouts import Layout, layout


@dataclass(frozen=True, slots=True)
class InterfaceClass:
    """A class of objects.

    Args:
        id: number on the wire.
        name: as the specification calls it.
        attributes: names by number; 1 is the logical name in every class.
        methods: names by number.
        layouts: of the attributes and methods whose parts have names, by their names; what a
            method answers with is laid out under its name and `:result`.
        selections: of the parameters of selective access, by selector.
    """

    id: int
    name: str
    attributes: Mapping[int, str]
    methods: Mapping[int, str] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    selections: Mapping[int, Layout] = field(default_factory=dict)


def _class(
    identifier: int, name: str, attributes: str, methods: str = "", **layouts: str
) -> InterfaceClass:
    """A class whose attributes follow the logical name in order, and whose methods start at 1."""
    return InterfaceClass(
        identifier,
        name,
        {1: "logical_name", **dict(enumerate(attributes.split(), 2))},
        dict(enumerate(methods.split(), 1)),
        {member: layout(text) for member, text in layouts.items()},
    )


_SEASONS: Final = "season_profile_name season_start week_name"
_WEEKS: Final = "week_profile_name monday tuesday wednesday thursday friday saturday sunday"
_DAYS: Final = "day_id day_schedule(start_time script_logical_name script_selector)"
_CHARGE: Final = (
    "charge_per_unit_scaling(commodity_scale price_scale) "
    "commodity_reference(class_id logical_name attribute_index) "
    "charge_table(index charge_per_unit)"
)
_PARAMETERS: Final = (
    "protection_type protection_options(transaction_id originator_system_title "
    "recipient_system_title other_information key_info(key_info_type "
    "key_info_options(key_parameters key_ciphered_data)))"
)
_RANGE: Final = (
    "restricting_object(class_id logical_name attribute_index data_index) from_value to_value "
    "selected_values"
)
_ENTRIES: Final = "from_entry to_entry from_selected_value to_selected_value"

_CLASSES: Final = (
    _class(1, "Data", "value"),
    _class(3, "Register", "value scaler_unit", "reset", scaler_unit="scaler unit"),
    _class(
        4,
        "Extended Register",
        "value scaler_unit status capture_time",
        "reset",
        scaler_unit="scaler unit",
    ),
    replace(
        _class(
            7,
            "Profile Generic",
            "buffer capture_objects capture_period sort_method sort_object entries_in_use "
            "profile_entries",
            "reset capture",
            capture_objects="class_id logical_name attribute_index data_index",
        ),
        selections={1: layout(_RANGE), 2: layout(_ENTRIES)},
    ),
    _class(
        8,
        "Clock",
        "time time_zone status daylight_savings_begin daylight_savings_end "
        "daylight_savings_deviation daylight_savings_enabled clock_base",
        "adjust_to_quarter adjust_to_measuring_period adjust_to_minute adjust_to_preset_time "
        "preset_adjusting_time shift_time",
        preset_adjusting_time="preset_time validity_interval_start validity_interval_end",
    ),
    _class(9, "Script Table", "scripts", "execute"),
    _class(
        10,
        "Schedule",
        "entries",
        "enable_disable insert delete",
        entries="index enable script_logical_name script_selector switch_time validity_window "
        "exec_weekdays exec_specdays begin_date end_date",
    ),
    _class(
        11,
        "Special Days Table",
        "entries",
        "insert delete",
        entries="index specialday_date day_id",
    ),
    _class(
        20,
        "Activity Calendar",
        "calendar_name_active season_profile_active week_profile_table_active "
        "day_profile_table_active calendar_name_passive season_profile_passive "
        "week_profile_table_passive day_profile_table_passive activate_passive_calendar_time",
        "activate_passive_calendar",
        season_profile_active=_SEASONS,
        season_profile_passive=_SEASONS,
        week_profile_table_active=_WEEKS,
        week_profile_table_passive=_WEEKS,
        day_profile_table_active=_DAYS,
        day_profile_table_passive=_DAYS,
    ),
    _class(21, "Register Monitor", "thresholds monitored_value actions"),
    _class(
        22,
        "Single Action Schedule",
        "executed_script type execution_time",
        execution_time="time date",
    ),
    _class(
        30,
        "COSEM Data Protection",
        "protection_buffer protection_object_list protection_parameters_get "
        "protection_parameters_set required_protection",
        "get_protected_attributes set_protected_attributes invoke_protected_method",
        get_protected_attributes="object_list(class_id logical_name attribute_index data_index "
        "restriction(restriction_type restriction_value)) "
        f"protection_parameters({_PARAMETERS})",
        **{
            "get_protected_attributes:result": (
                f"protection_parameters({_PARAMETERS}) protected_attributes"
            )
        },
    ),
    _class(
        70,
        "Disconnect Control",
        "output_state control_state control_mode",
        "remote_disconnect remote_reconnect",
    ),
    _class(
        71,
        "Limiter",
        "monitored_value threshold_active threshold_normal threshold_emergency "
        "min_over_threshold_duration min_under_threshold_duration emergency_profile "
        "emergency_profile_group_id_list emergency_profile_active actions",
    ),
    _class(
        104,
        "ZigBee Network Control",
        "enable_disable_joining join_timeout active_devices",
        "register_device unregister_device unregister_all_devices backup_PAN restore_PAN "
        "identify_device remove_mirror update_network_key update_link_key create_PAN remove_PAN",
        register_device="ieee_address key_type key device_type",
        restore_PAN="extended_PAN_ID devices_to_restore(MAC_address hashed_TC_link_key)",
    ),
    _class(
        111,
        "Account",
        "account_mode_and_status current_credit_in_use current_credit_status available_credit "
        "amount_to_clear clearance_threshold aggregated_debt credit_reference_list "
        "charge_reference_list credit_charge_configuration token_gateway_configuration "
        "account_activation_time account_closure_time currency low_credit_threshold "
        "next_credit_available_threshold max_provision max_provision_period",
        "activate_account close_account reset_account",
        account_mode_and_status="account_mode account_status",
        credit_charge_configuration="credit_reference charge_reference collection_configuration",
    ),
    _class(
        112,
        "Credit",
        "current_credit_amount credit_type priority warning_threshold limit credit_configuration "
        "credit_status preset_credit_amount credit_available_threshold period",
        "update_amount set_amount_to_value invoke_credit",
    ),
    _class(
        113,
        "Charge",
        "total_amount_paid charge_type priority unit_charge_active unit_charge_passive "
        "unit_charge_activation_time period charge_configuration last_collection_time "
        "last_collection_amount total_amount_remaining proportion",
        "update_unit_charge activate_passive_unit_charge collect update_total_amount_remaining "
        "set_total_amount_remaining",
        unit_charge_active=_CHARGE,
        unit_charge_passive=_CHARGE,
    ),
    _class(
        115,
        "Token Gateway",
        "token token_time token_description token_delivery_method token_status",
        "enter",
    ),
    _class(
        9000,
        "GBCS Extended Data",
        "value_active scaler_unit_active value_passive scaler_unit_passive "
        "activate_passive_value_time",
        "reset activate_passive_value",
        scaler_unit_active="scaler unit",
        scaler_unit_passive="scaler unit",
    ),
)

INTERFACE_CLASSES: Final[Mapping[int, InterfaceClass]] = MappingProxyType(
    {each.id: each for each in _CLASSES}
)
"""The classes that GBCS messages name, by number."""
