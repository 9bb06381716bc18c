"""Parameters of service requests that make values together (DUIS 5.4; GBCS use cases)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from emulator.gbcs.commands.moments import moment
from emulator.gbcs.commands.parameter_alerts import (
    ELECTRICITY,
    GAS,
    electricity_alerts,
    gas_alerts,
)
from emulator.gbcs.commands.parameter_controllers import (
    boost_button,
    commanded_state,
    descriptions,
    switched,
)
from emulator.gbcs.commands.parameter_prepayment import electricity_calendar, gas_calendar
from emulator.gbcs.commands.parameter_schedules import level_calendar, switch_calendar
from emulator.gbcs.commands.parameter_sub_ghz import HUNDREDTHS, MASKS, channel_masks, hundredths
from emulator.gbcs.commands.parameter_tariffs import (
    price_elements,
    special_days,
    switching_table,
    threshold_matrix,
)
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

Parameters = Mapping[str, object]
_GroupMaker = Callable[[Parameters, UseCase], Mapping[str, object]]

_CAPITAL: Final = re.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SAMPLE_PERIODS: Final = MappingProxyType(
    {0x0078: timedelta(minutes=30), 0x00A0: timedelta(days=1)}
)
"""What lies between two samples of the logs that are asked for by their number (GCS17, GCS61)."""
_GAS_DEBT: Final = 0x006E
"""GCS04, which names periods of debt recovery where ECS07 counts seconds."""
_FREQUENCIES: Final = MappingProxyType({"HOURLY": "HOUR", "DAILY": "DAY"})
_PERIODS: Final = MappingProxyType({"HOURLY": 3600, "DAILY": 86400})
_PREPAYMENT: Final = 0x0097
"""Payment control configuration of GCS03 (use-case annex of GBCS)."""
_DEBT_IN_EMERGENCY: Final = 0x0800
_SUSPENDED_WHEN_DISABLED: Final = 0x0400
_METER_BALANCE: Final = "0000130a00ff"
_EMERGENCY_CREDIT: Final = "0000130a01ff"
_ACCUMULATED_DEBT: Final = "0000130a02ff"
_CALENDARS: Final = MappingProxyType({"Quarterly": 3, "SixMonthly": 6, "Yearly": 12})
_VOLTAGES: Final = (
    "AverageRMSOverVoltageThreshold",
    "AverageRMSUnderVoltageThreshold",
    "AverageRMSVoltageMeasurementPeriod",
)


def flat_parameters(parameters: Parameters) -> dict[str, object]:
    """The parameters by name without regard to what they are nested in, and what holds them too."""
    return dict(_flat(parameters))


def _flat(parameters: Parameters) -> Iterator[tuple[str, object]]:
    for name, value in parameters.items():
        yield name, value
        if isinstance(value, Mapping) and name not in _WHOLE:
            yield from _flat(value)


def grouped_values(flat: Parameters, use_case: UseCase) -> dict[str, object]:
    """The values that several parameters make together.

    Raises:
        UsageError: when one of them is missing, or is not what it has to be.
    """
    made: dict[str, object] = {}
    for names, make in _MAKERS:
        if not flat.keys().isdisjoint(names):
            made.update(make(flat, use_case))
    return made


def moment_of(flat: Parameters, name: str) -> datetime:
    """A parameter that is a date and time.

    Raises:
        UsageError: when it is missing, or is none.
    """
    try:
        return moment(flat.get(name))
    except ValueError as fault:
        raise UsageError(f"parameter {name} is {flat.get(name)!r}: {fault}") from None


def _whole(flat: Parameters, name: str) -> int:
    try:
        return int(str(flat.get(name)))
    except ValueError:
        raise UsageError(
            f"parameter {name} is {flat.get(name)!r}: expected a whole number"
        ) from None


def _clock(flat: Parameters, _: UseCase) -> Mapping[str, object]:
    """The clock has to be between the date given and the tolerance after it (ECS70, GCS28)."""
    start = moment_of(flat, "CurrentDateTime")
    try:
        return {"start": start, "end": start + timedelta(seconds=_whole(flat, "TolerancePeriod"))}
    except OverflowError:
        raise UsageError("parameter TolerancePeriod: expected seconds") from None


def _log_period(flat: Parameters, use_case: UseCase) -> Mapping[str, object]:
    """A period, or where the command wants their number, the samples that lie in it."""
    if "CommandedStateLevel" in flat:
        return {}
    start, end = moment_of(flat, "StartDateTime"), moment_of(flat, "EndDateTime")
    period = _SAMPLE_PERIODS.get(use_case.code)
    if period is None:
        return {"start": start, "end": end}
    return {"start": start, "number_of_samples": max(0, (end - start) // period) + 1}


def _mpans(flat: Parameters, _: UseCase) -> Mapping[str, object]:
    """The import MPAN, with that of the secondary element behind it (ECS39a)."""
    return {"import_mpan": f"{flat.get('ImportMPAN')}{flat.get('SecondaryImportMPAN', '')}"}


def _phases(flat: Parameters, _: UseCase) -> Mapping[str, object]:
    """The voltage settings of each phase (ECS29b, ECS29d)."""
    written = flat["PolyPhaseVoltageSettings"]
    made: dict[str, object] = {}
    for each in written if isinstance(written, Sequence) else ():
        inner = flat_parameters(each) if isinstance(each, Mapping) else {}
        for name in _VOLTAGES:
            if name in inner:
                made[f"phase_{inner.get('Phase')}_{_CAPITAL.sub('_', name).lower()}"] = inner[name]
    return made


def _debts(flat: Parameters, use_case: UseCase) -> Mapping[str, object]:
    """The rates at which time-based debt is recovered (ECS07, GCS04)."""
    made: dict[str, object] = {}
    for number in (1, 2):
        written = flat.get(f"ElecDebtRecovery{number}", flat.get(f"GasDebtRecovery{number}"))
        if not isinstance(written, Mapping):
            continue
        period = str(written.get("DebtRecoveryRatePeriod", "DAILY"))
        made[f"debt_recovery_rate_{number}"] = written.get("DebtRecoveryRate")
        if use_case.code == _GAS_DEBT:
            made[f"debt_recovery_frequency_{number}"] = _FREQUENCIES.get(period, period)
        else:
            made[f"debt_recovery_period_{number}"] = _PERIODS.get(period, period)
            made[f"debt_recovery_rate_{number}_scale"] = written.get(
                "DebtRecoveryRatePriceScale", -1
            )
    return made


def _payment_mode(flat: Parameters, _: UseCase) -> Mapping[str, object]:
    """What is collected while supply is disabled or emergency credit is in use (ECS03, GCS03)."""
    disabled = str(flat.get("SuspendDebtDisabled", "")).lower() == "true"
    emergency = str(flat.get("SuspendDebtEmergency", "")).lower() == "true"
    bits = (0 if emergency else _DEBT_IN_EMERGENCY) | (_SUSPENDED_WHEN_DISABLED if disabled else 0)
    return {
        "payment_control_configuration": _PREPAYMENT | bits,
        "credit_charge_configuration": _collections(flat, disabled=disabled, emergency=emergency),
    }


def _collections(flat: Parameters, *, disabled: bool, emergency: bool) -> list[dict[str, str]]:
    """Which charge is taken from which credit, as reference commands have it (ECS03).

    Charges are numbered 0 tariff, 1 and 2 time-based debt, 3 payment-based debt, 4 standing
    charge, 5 tariff of the secondary element, which only meters of variant B have.
    """
    debt = "110" if disabled else "111"
    orders = {_METER_BALANCE: (0, 4, 1, 2, 3), _EMERGENCY_CREDIT: (3, 0, 4, 1, 2)}
    rows = [
        (credit, charge, debt if charge in (1, 2) else "111")
        for credit, charges in orders.items()
        for charge in charges
    ]
    if emergency:
        rows += [(_ACCUMULATED_DEBT, charge, "111") for charge in (4, 1, 2)]
    if str(flat.get("ESMEVariant", "")).startswith("B"):
        rows += [(credit, 5, "111") for credit in (_METER_BALANCE, _EMERGENCY_CREDIT)]
    return [
        {"credit": credit, "charge": f"000013140{charge}ff", "collection": collection}
        for credit, charge, collection in rows
    ]


def _credit_mode(flat: Parameters, _: UseCase) -> Mapping[str, object]:
    """The charges of credit mode; one more for the secondary element of variant B (ECS02)."""
    charges = (0, 4, 5) if str(flat.get("ESMEVariant", "")).startswith("B") else (0, 4)
    return {
        "credit_charge_configuration": [
            {"credit": _METER_BALANCE, "charge": f"000013140{charge}ff", "collection": "111"}
            for charge in charges
        ]
    }


def _billing_calendar(flat: Parameters, _: UseCase) -> Mapping[str, object]:
    """When bills are drawn up: every day, month, quarter, half or whole year (ECS30, ECS30a)."""
    time = str(flat["BillingTime"])[:8]
    dates = [f"*-*-{_whole(flat, 'Monthly'):02}" if "Monthly" in flat else "*-*-*"]
    if "Weekly" in flat:
        raise UsageError("parameter Weekly: no source tells how a weekly calendar is written")
    for name, months in _CALENDARS.items():
        if name in flat:
            day, first = _whole(flat, "DayOfMonth"), _whole(flat, "BillingPeriodStartMonth")
            starts = sorted((first - 1 + offset) % 12 + 1 for offset in range(0, 12, months))
            dates = [f"*-{month:02}-{day:02}" for month in starts]
    return {"billing_calendar": [{"time": time, "date": date} for date in dates]}


def _daily_reset(flat: Parameters, _: UseCase) -> Mapping[str, object]:
    """Block counters are reset every midnight, or never: no time then, unverified (ECS48)."""
    daily = str(flat["DailyTariffBlockCounterMatrixReset"]).lower() == "true"
    return {"daily_reset": [{"time": "00:00:00", "date": "*-*-*"}] if daily else []}


_ALONE: Final[Mapping[str, _GroupMaker]] = MappingProxyType(
    {
        "ALCSHCALCSDescription": descriptions,
        "AddToBoostButton": boost_button,
        "RemoveFromBoostButton": boost_button,
        "ActivateALCSHCALCS": switched,
        "DeactivateALCSHCALCS": switched,
        "ResetALCSHCALCS": switched,
        "CommandedStateLevel": commanded_state,
        "DailyTariffBlockCounterMatrixReset": _daily_reset,
        "ElectricityNonDisablementCalendar": electricity_calendar,
        "GasNonDisablementCalendar": gas_calendar,
        "SwitchingTable": switching_table,
        "SpecialDays": special_days,
        "ThresholdMatrix": threshold_matrix,
        "PriceElements": price_elements,
        GAS: gas_alerts,
    }
)
_SWITCH_CALENDAR: Final = (
    "ALCSHCALCSConnectionSchedule",
    "ALCSHCALCSSpecialDays",
    "SwitchTypeAndId",
)
_LEVEL_CALENDAR: Final = (
    "AuxiliaryControllerSchedule",
    "AuxiliaryControllerSpecialDayDefinitions",
)
_WHOLE: Final = frozenset((*_ALONE, *_SWITCH_CALENDAR, *_LEVEL_CALENDAR, *ELECTRICITY, *MASKS))
"""Elements whose inner ones are told apart by where they stand."""
_MAKERS: Final[tuple[tuple[tuple[str, ...], _GroupMaker], ...]] = (
    (("CurrentDateTime", "TolerancePeriod"), _clock),
    (("StartDateTime", "EndDateTime"), _log_period),
    (("ImportMPAN", "SecondaryImportMPAN"), _mpans),
    (("PolyPhaseVoltageSettings",), _phases),
    (("ElecDebtRecovery1", "ElecDebtRecovery2"), _debts),
    (("GasDebtRecovery1", "GasDebtRecovery2"), _debts),
    (("SuspendDebtDisabled", "SuspendDebtEmergency"), _payment_mode),
    (("Credit",), _credit_mode),
    (("BillingTime",), _billing_calendar),
    (_SWITCH_CALENDAR, switch_calendar),
    (_LEVEL_CALENDAR, level_calendar),
    (tuple(ELECTRICITY), electricity_alerts),
    (tuple(MASKS), channel_masks),
    (tuple(HUNDREDTHS), hundredths),
    *(((name,), make) for name, make in _ALONE.items()),
)
"""What makes values, by the parameters of which any is there."""
GROUPED: Final = frozenset(name for names, _ in _MAKERS for name in names) | frozenset(
    (
        "BillingPeriodStartMonth",
        "Daily",
        "DayOfMonth",
        "DebtRecoveryRate",
        "DebtRecoveryRatePeriod",
        "DebtRecoveryRatePriceScale",
        "InputFromControlledLoad",
        "Monthly",
        "auxiliaryControllerN",
        *_CALENDARS,
    )
)
"""Parameters that are read here, alone or inside others."""
