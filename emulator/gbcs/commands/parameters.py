"""From the parameters of a service request to the values of its command (DUIS 5.4).

Parameters are those of the request's body by their DUIS names, nested as there or flat; a value of
the command may also be given by its own name. What a request leaves to the DCC, such as types of
devices, is not filled in here.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from emulator.gbcs.commands.build import value_names
from emulator.gbcs.commands.heading import Activation, Execution
from emulator.gbcs.commands.moments import moment
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

_CANCELLATION_YEAR: Final = 3000
"""Execution dates of this year cancel (published DUIS request templates)."""
_HALF_HOUR: Final = timedelta(minutes=30)
_SAMPLE_PERIODS: Final = MappingProxyType({0x0078: _HALF_HOUR, 0x00A0: timedelta(days=1)})
"""What lies between two samples of the logs that are asked for by their number (GCS17, GCS61)."""
_CAPITAL: Final = re.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


@dataclass(frozen=True, slots=True)
class ParameterValues:
    """What a request says of its command.

    Args:
        values: by the names of the command's values.
        execution: when what can wait is to be done.
    """

    values: Mapping[str, object]
    execution: Execution = Activation.NOW


def parameter_values(use_case: UseCase, parameters: Mapping[str, object]) -> ParameterValues:
    """The values of a command of this use case, from the parameters of a service request.

    Raises:
        UsageError: when a parameter has no place in the command, or is not what it has to be.
    """
    holes = {hole.name for hole in value_names(use_case)}
    flat = dict(_flat(parameters, holes))
    made: dict[str, object] = {}
    for name, value in flat.items():
        if name in holes:
            made[name] = value
        elif name in _ALTOGETHER:
            made.update(_ALTOGETHER[name](flat, use_case))
        elif name not in _CHOOSING and (name, "roles" in holes) != ("RemotePartyRole", False):
            hole = _hole(name, holes)
            if hole is not None:
                made[hole] = _TRANSLATED.get(name, _as_is)(value)
            elif not isinstance(value, Mapping):
                raise UsageError(f"{use_case}: parameter {name} has no place in the command")
    known = {name: value for name, value in made.items() if name in holes}
    return ParameterValues(known, _execution(flat))


def flat_parameters(parameters: Mapping[str, object]) -> Mapping[str, object]:
    """The parameters without the elements of DUIS that only hold others; those are kept as well."""
    return dict(_flat(parameters, frozenset()))


def _flat(
    parameters: Mapping[str, object], kept: "set[str] | frozenset[str]"
) -> Iterator[tuple[str, object]]:
    for name, value in parameters.items():
        yield name, value
        if isinstance(value, Mapping) and name not in kept:
            yield from _flat(value, kept)


def _hole(name: str, holes: set[str]) -> str | None:
    """The name of the command's value for the DUIS name of a parameter."""
    candidates = (*_RENAMED.get(name, ()), _CAPITAL.sub("_", name).lower())
    return next((each for each in candidates if each in holes), None)


def _as_is(value: object) -> object:
    return value


def _execution(flat: Mapping[str, object]) -> Execution:
    written = flat.get("ExecutionDateTime")
    if written is None:
        return Activation.NOW
    at = _moment("ExecutionDateTime", written)
    return Activation.NEVER if at.year >= _CANCELLATION_YEAR else at


def _moment(name: str, written: object) -> datetime:
    try:
        return moment(written)
    except ValueError as fault:
        raise UsageError(f"parameter {name} is {written!r}: {fault}") from None


def _seconds(name: str, written: object) -> timedelta:
    try:
        return timedelta(seconds=int(str(written)))
    except (ValueError, OverflowError):
        raise UsageError(f"parameter {name} is {written!r}: expected seconds") from None


def _clock(flat: Mapping[str, object], use_case: UseCase) -> Mapping[str, object]:
    """The clock has to be between the date given and the tolerance after it (ECS70, GCS28)."""
    del use_case
    start = _moment("CurrentDateTime", flat.get("CurrentDateTime"))
    return {"start": start, "end": start + _seconds("TolerancePeriod", flat.get("TolerancePeriod"))}


def _log_period(flat: Mapping[str, object], use_case: UseCase) -> Mapping[str, object]:
    """A period, or where the command wants their number, the samples that lie in it."""
    start = _moment("StartDateTime", flat.get("StartDateTime"))
    end = _moment("EndDateTime", flat.get("EndDateTime"))
    period = _SAMPLE_PERIODS.get(use_case.code)
    if period is None:
        return {"start": start, "end": end}
    return {"start": start, "number_of_samples": max(0, (end - start) // period) + 1}


def _mpans(flat: Mapping[str, object], use_case: UseCase) -> Mapping[str, object]:
    """The import MPAN, with that of the secondary element behind it (ECS39a)."""
    del use_case
    return {"import_mpan": f"{flat['ImportMPAN']}{flat.get('SecondaryImportMPAN', '')}"}


def _phases(flat: Mapping[str, object], use_case: UseCase) -> Mapping[str, object]:
    """The voltage settings of each phase (ECS29b, ECS29d)."""
    del use_case
    written = flat["PolyPhaseVoltageSettings"]
    listed = written if isinstance(written, Sequence) else ()
    made: dict[str, object] = {}
    for each in listed:
        inner = flat_parameters(each) if isinstance(each, Mapping) else {}
        for name in _VOLTAGES:
            if name in inner:
                made[f"phase_{inner.get('Phase')}_{_CAPITAL.sub('_', name).lower()}"] = inner[name]
    return made


def _debts(flat: Mapping[str, object], use_case: UseCase) -> Mapping[str, object]:
    """The rates at which time-based debt is recovered (ECS07, GCS04)."""
    gas = any(hole.name == "debt_recovery_frequency_1" for hole in value_names(use_case))
    made: dict[str, object] = {}
    for number, name in ((1, "ElecDebtRecovery1"), (2, "ElecDebtRecovery2"), *_GAS_DEBTS):
        written = flat.get(name)
        if not isinstance(written, Mapping):
            continue
        period = str(written.get("DebtRecoveryRatePeriod", "DAILY"))
        made[f"debt_recovery_rate_{number}"] = written.get("DebtRecoveryRate")
        if gas:
            made[f"debt_recovery_frequency_{number}"] = _FREQUENCIES.get(period, period)
        else:
            made[f"debt_recovery_period_{number}"] = _PERIODS.get(period, period)
            scale = written.get("DebtRecoveryRatePriceScale")
            if scale is not None:
                made[f"debt_recovery_rate_{number}_scale"] = scale
    return made


def _suspended(flat: Mapping[str, object], use_case: UseCase) -> Mapping[str, object]:
    """Whether debt is collected while supply is disabled, or emergency credit is in use.

    For gas in two bits of the payment control configuration (GCS03). For electricity in the
    collection configurations, which `credit_charge_configuration` holds (ECS03).
    """
    del use_case
    disabled = str(flat.get("SuspendDebtDisabled", "")).lower() == "true"
    emergency = str(flat.get("SuspendDebtEmergency", "")).lower() == "true"
    bits = (0 if emergency else _DEBT_IN_EMERGENCY) | (_DEBT_WHEN_DISABLED if disabled else 0)
    return {"payment_control_configuration": _PREPAYMENT | bits}


def _elec_calendar(flat: Mapping[str, object], use_case: UseCase) -> Mapping[str, object]:
    """When bills are drawn up: every day, month, quarter, half or whole year (ECS30, ECS30a)."""
    del use_case
    time = str(flat["BillingTime"])[:8]
    for name, months in _CALENDARS.items():
        written = flat.get(name)
        if isinstance(written, Mapping):
            day, first = (
                int(str(written[key])) for key in ("DayOfMonth", "BillingPeriodStartMonth")
            )
            starts = sorted((first - 1 + offset) % 12 + 1 for offset in range(0, 12, months))
            dates = [f"*-{month:02}-{day:02}" for month in starts]
            return {"billing_calendar": [{"time": time, "date": date} for date in dates]}
    day_of_month = flat.get("Monthly")
    date = "*-*-*" if day_of_month is None else f"*-*-{int(str(day_of_month)):02}"
    return {"billing_calendar": [{"time": time, "date": date}]}


def _roles(value: object) -> object:
    roles = value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)
    return [_CAPITAL.sub("_", str(role)).upper() for role in roles]


def _asked(value: object) -> object:
    """An element that says all by being there."""
    return True if value in ("", None) else value


def _listed(value: object) -> object:
    return value if isinstance(value, Sequence) and not isinstance(value, str | bytes) else [value]


def _upper(value: object) -> object:
    return str(value).upper().replace(" ", "_")


def _checks(value: object) -> object:
    return {"true": "APPLY", "false": "DISAPPLY"}.get(str(value).lower(), value)


def _choice(**numbers: object) -> Callable[[object], object]:
    return lambda value: numbers.get(str(value), value)


_GAS_DEBTS: Final = ((1, "GasDebtRecovery1"), (2, "GasDebtRecovery2"))
_FREQUENCIES: Final = MappingProxyType({"HOURLY": "HOUR", "DAILY": "DAY"})
_PERIODS: Final = MappingProxyType({"HOURLY": 3600, "DAILY": 86400})
_PREPAYMENT: Final = 0x0097
_DEBT_IN_EMERGENCY: Final = 0x0800
_DEBT_WHEN_DISABLED: Final = 0x0400
_CALENDARS: Final = MappingProxyType({"Quarterly": 3, "SixMonthly": 6, "Yearly": 12})
_VOLTAGES: Final = (
    "AverageRMSOverVoltageThreshold",
    "AverageRMSUnderVoltageThreshold",
    "AverageRMSVoltageMeasurementPeriod",
)
_ALTOGETHER: Final[
    Mapping[str, Callable[[Mapping[str, object], UseCase], Mapping[str, object]]]
] = MappingProxyType(
    {
        "CurrentDateTime": _clock,
        "ReadLogPeriod": _log_period,
        "StartDateTime": _log_period,
        "ImportMPAN": _mpans,
        "PolyPhaseVoltageSettings": _phases,
        **dict.fromkeys(("ElecDebtRecovery1", "ElecDebtRecovery2"), _debts),
        **dict.fromkeys(("GasDebtRecovery1", "GasDebtRecovery2"), _debts),
        **dict.fromkeys(("SuspendDebtDisabled", "SuspendDebtEmergency"), _suspended),
        "BillingTime": _elec_calendar,
    }
)
"""Parameters that make values together with others."""
_INSIDE: Final = frozenset(
    """DebtRecoveryRate DebtRecoveryRatePriceScale DebtRecoveryRatePeriod Monthly Daily DayOfMonth
    BillingPeriodStartMonth""".split()
)
"""Parameters that the makers of values above read inside others."""
_CHOOSING: Final = (
    frozenset(
        """Credit DeviceType ESMEEventLogType ESMEVariant EndDateTime ExecutionDateTime ImportMPxN
    KAPublicSecurityCredentials LogToRead OldCHFID OldGPFID OtherDeviceType RMSVoltageCountersNotReset
    ReadSecurityDetails RequestType ResetMeterBalance SecondaryImportMPAN TolerancePeriod
    UserRole""".split()
    )
    | _INSIDE
)
"""Parameters that choose the use case, or concern only the DCC."""
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
        "RandomisedOffsetLimit": ("randomised_offset_limit",),
        "MaxDemandActivePowerImportValue": ("reset_maximum_demand_active_energy_import_value",),
        "MaxDemandActivePowerExportValue": ("reset_maximum_demand_active_power_export_value",),
        "MaxDemandConfigTimeActivePowerImportValue": (
            "reset_maximum_demand_configurable_time_active_power_import_value",
        ),
        "BillingPeriodStart": ("start",),
        "Periodicity": ("months",),
        "FirmwareHash": ("image_hash",),
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
_TRANSLATED: Final[Mapping[str, Callable[[object], object]]] = MappingProxyType(
    {
        "RemotePartyRole": _roles,
        "Certificate": _listed,
        "MaxDemandActivePowerImportValue": _asked,
        "MaxDemandActivePowerExportValue": _asked,
        "MaxDemandConfigTimeActivePowerImportValue": _asked,
        "CredentialType": _upper,
        "SupplyTamperState": _upper,
        "SupplyDepletionState": _upper,
        "LoadLimitSupplyState": _upper,
        "ApplyTimeBasedCPVChecks": _checks,
        "Periodicity": _choice(Monthly=1, Quarterly=3, SixMonthly=6, Yearly=12),
    }
)
"""What DUIS writes otherwise than commands do."""
