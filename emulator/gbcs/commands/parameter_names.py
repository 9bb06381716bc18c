"""What DUIS calls the values of commands, and how it writes them (DUIS 5.4)."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from emulator.gbcs.commands.parameter_groups import GROUPED

_CAPITAL: Final = re.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

CHOOSING: Final = frozenset(
    (
        "Credit",
        "DeviceType",
        "ESMEEventLogType",
        "ESMEVariant",
        "ExecutionDateTime",
        "ImportMPxN",
        "KAPublicSecurityCredentials",
        "LogToRead",
        "OldCHFID",
        "OldGPFID",
        "OtherDeviceType",
        "RMSVoltageCountersNotReset",
        "ReadSecurityDetails",
        "RequestType",
        "ResetMeterBalance",
        "UserRole",
    )
)
"""Parameters that choose the use case, or concern only the DCC."""
_CHOOSING_OR_VALUES: Final = {"RemotePartyRole": "roles", "LogToRead": "log"}
"""Parameters that are values of some commands, by the name of the value."""
_RENAMED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "DeviceID": ("device",),
        "OtherDeviceID": ("device",),
        "JoinTimePeriod": ("join_timeout",),
        "UTRN": ("utrn",),
        "ExportMPAN": ("export_mpan",),
        "ImportMPRN": ("import_mprn",),
        "SupplierMessage": ("message",),
        "RestrictionDateTime": ("restrict_data_date_time",),
        "AdjustMeterBalance": ("adjustment",),
        "TimeDebtRegister1": ("time_debt_adjustment_1",),
        "TimeDebtRegister2": ("time_debt_adjustment_2",),
        "PaymentDebtRegister": ("payment_debt_adjustment",),
        "DebtRecoveryRateCap": ("debt_recovery_rate_cap", "debt_recovery_rate_cap_amount"),
        "MaxMeterBalance": ("maximum_meter_balance", "prepayment_credit_max_meter_balance"),
        "MaxCreditThreshold": (
            "maximum_credit_threshold",
            "prepayment_credit_max_credit_threshold",
        ),
        "DisablementThreshold": ("disablement_threshold", "disablement_threshold_meter_balance"),
        "UncontrolledGasFlowRateDecimal": ("uncontrolled_gas_flow_rate",),
        "MaxDemandActivePowerImportValue": ("reset_maximum_demand_active_energy_import_value",),
        "MaxDemandActivePowerExportValue": ("reset_maximum_demand_active_power_export_value",),
        "MaxDemandConfigTimeActivePowerImportValue": (
            "reset_maximum_demand_configurable_time_active_power_import_value",
        ),
        "BillingPeriodStart": ("start",),
        "StartTime": ("maximum_demand_start",),
        "EndTime": ("maximum_demand_end",),
        "Periodicity": ("months",),
        "MaximumSubGHzChannelChangesPerWeek": ("maximum_sub_ghz_channel_changes_per_week",),
        "NonGSMEPoorCommsMeasurementPeriods": (
            "non_gsme_poor_communications_thirty_minute_periods_measurement_period",
        ),
        "FirmwareHash": ("image_hash",),
        "LogToRead": ("log",),
        "CredentialType": ("key_usage",),
        "DeviceCertificate": ("certificate",),
        "RemotePartyRole": ("roles",),
        "RemotePartyFloorSeqNumber": ("floor",),
        "SupplierFloorSeqNumber": ("floor",),
        "ACBFloorSeqNumber": ("floor",),
        "RemotePartyPrepaymentTopUpFloorSeqNumber": ("top_up_floor",),
        "SupplierPrepaymentTopUpFloorSeqNumber": ("top_up_floor",),
        "Certificate": ("path_certificates",),
        "ApplyTimeBasedCPVChecks": ("cpv_checks",),
        "CurrencyUnits": ("currency_unit", "currency"),
        "AverageRMSOverVoltageThreshold": ("phase_1_average_rms_over_voltage_threshold",),
        "AverageRMSUnderVoltageThreshold": ("phase_1_average_rms_under_voltage_threshold",),
        "AverageRMSVoltageMeasurementPeriod": ("phase_1_average_rms_voltage_measurement_period",),
    }
)
"""Names of values by DUIS name, where they differ by more than capital letters."""


def value_name(parameter: str, holes: frozenset[str]) -> str | None:
    """The name that a command has for the value of a parameter; None where it has none."""
    candidates = (*_RENAMED.get(parameter, ()), _CAPITAL.sub("_", parameter).lower())
    return next((each for each in candidates if each in holes), None)


def chooses(parameter: str, holes: frozenset[str]) -> bool:
    """Whether a parameter has done its work when the use case is chosen and groups are made."""
    if parameter in _CHOOSING_OR_VALUES:
        return _CHOOSING_OR_VALUES[parameter] not in holes
    return parameter in CHOOSING or parameter in GROUPED


def value_written(parameter: str, value: object) -> object:
    """A value as commands write it."""
    write = _WRITTEN.get(parameter)
    return value if write is None else write(value)


def _roles(value: object) -> object:
    roles = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    return [_CAPITAL.sub("_", str(role)).upper() for role in roles]


def _log(value: object) -> object:
    """Logs of a gas meter, and their copies at the gas proxy function."""
    return {"GSMEEvent": "GSME_EVENT", "GSMESecurity": "GSME_SECURITY"}.get(
        str(value), str(value).upper()
    )


def _asked(value: object) -> object:
    """An element that says all by being there."""
    return True if value in ("", None) else value


def _listed(value: object) -> object:
    return value if isinstance(value, Sequence) and not isinstance(value, str | bytes) else [value]


def _time(value: object) -> object:
    """A time of day without its fraction and zone, which is always UTC."""
    return str(value)[:8]


def _upper(value: object) -> object:
    return str(value).upper().replace(" ", "_")


def _checks(value: object) -> object:
    return {"true": "APPLY", "false": "DISAPPLY"}.get(str(value).lower(), value)


def _months(value: object) -> object:
    """Billing periods of gas are counted in months; other periods have no source."""
    return {"Monthly": 1, "Quarterly": 3, "SixMonthly": 6, "Yearly": 12}.get(str(value), value)


_WRITTEN: Final[Mapping[str, Callable[[object], object]]] = MappingProxyType(
    {
        "RemotePartyRole": _roles,
        "LogToRead": _log,
        "Certificate": _listed,
        "MaxDemandActivePowerImportValue": _asked,
        "MaxDemandActivePowerExportValue": _asked,
        "MaxDemandConfigTimeActivePowerImportValue": _asked,
        "StartTime": _time,
        "EndTime": _time,
        "CredentialType": _upper,
        "SupplyTamperState": _upper,
        "SupplyDepletionState": _upper,
        "LoadLimitSupplyState": _upper,
        "ApplyTimeBasedCPVChecks": _checks,
        "Periodicity": _months,
    }
)
"""What DUIS writes otherwise than commands do."""
