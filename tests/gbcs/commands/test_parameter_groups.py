from datetime import UTC, datetime

import pytest

from emulator.gbcs.commands.parameter_groups import flat_parameters, grouped_values
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError


def test_nested_parameters_are_found_by_their_names() -> None:
    assert flat_parameters({"Outer": {"Inner": 5}}) == {"Outer": {"Inner": 5}, "Inner": 5}


def test_the_clock_is_set_within_the_tolerance_after_the_date() -> None:
    values = grouped_values(
        {"CurrentDateTime": "2014-12-31T23:30:00.00Z", "TolerancePeriod": "3600"}, use_case(0x007F)
    )

    assert values == {
        "start": datetime(2014, 12, 31, 23, 30, tzinfo=UTC),
        "end": datetime(2015, 1, 1, 0, 30, tzinfo=UTC),
    }


@pytest.mark.parametrize(
    ("code", "samples"),
    [(0x0078, 97), (0x00A0, 3)],
    ids=["every half hour", "every day"],
)
def test_a_period_of_a_log_may_have_to_be_counted(code: int, samples: int) -> None:
    period = {"StartDateTime": "2014-12-30T00:00:00Z", "EndDateTime": "2015-01-01T00:00:00Z"}

    assert grouped_values(period, use_case(code))["number_of_samples"] == samples


def test_both_mpans_of_a_twin_element_meter_stand_in_one_value() -> None:
    parameters = {"ImportMPAN": "1312345678111", "SecondaryImportMPAN": "1312345678222"}

    assert grouped_values(parameters, use_case(0x004C)) == {
        "import_mpan": "13123456781111312345678222"
    }


def test_each_phase_has_settings_of_its_own() -> None:
    settings = [
        {"Phase": "2", "PhaseVoltageSettings": {"AverageRMSOverVoltageThreshold": "264"}},
    ]

    values = grouped_values({"PolyPhaseVoltageSettings": settings}, use_case(0x00AE))

    assert values == {"phase_2_average_rms_over_voltage_threshold": "264"}


def test_periods_of_debt_recovery_are_seconds_for_electricity_and_words_for_gas() -> None:
    debt = {"DebtRecoveryRate": "15", "DebtRecoveryRatePeriod": "HOURLY"}

    electricity = grouped_values({"ElecDebtRecovery2": debt}, use_case(0x001E))
    gas = grouped_values({"GasDebtRecovery2": debt}, use_case(0x006E))

    assert electricity["debt_recovery_period_2"] == 3600
    assert gas == {"debt_recovery_rate_2": "15", "debt_recovery_frequency_2": "HOUR"}


@pytest.mark.parametrize(
    ("disabled", "emergency", "configuration"),
    [("true", "false", 0x0C97), ("false", "true", 0x0097), ("false", "false", 0x0897)],
)
def test_suspended_debt_is_two_bits_for_gas(
    disabled: str, emergency: str, configuration: int
) -> None:
    parameters = {"SuspendDebtDisabled": disabled, "SuspendDebtEmergency": emergency}

    values = grouped_values(parameters, use_case(0x006D))

    assert values["payment_control_configuration"] == configuration


def test_suspended_debt_is_told_charge_by_charge_for_electricity() -> None:
    single = {"SuspendDebtDisabled": "true", "SuspendDebtEmergency": "true"}
    twin = {"SuspendDebtDisabled": "false", "SuspendDebtEmergency": "false", "ESMEVariant": "B"}

    first = grouped_values(single, use_case(0x001B))["credit_charge_configuration"]
    second = grouped_values(twin, use_case(0x001B))["credit_charge_configuration"]

    assert isinstance(first, list)
    assert isinstance(second, list)
    assert (len(first), len(second)) == (13, 12)
    assert sum(each["collection"] == "110" for each in first) == 4
    assert all(each["collection"] == "111" for each in second)
    assert second[-1]["charge"] == "0000131405ff"


def test_credit_mode_has_a_charge_more_on_a_twin_element_meter() -> None:
    single = grouped_values({"Credit": ""}, use_case(0x001A))["credit_charge_configuration"]
    twin = grouped_values({"Credit": "", "ESMEVariant": "BD"}, use_case(0x001A))

    assert isinstance(single, list)
    assert twin["credit_charge_configuration"] == [
        *single,
        {"credit": "0000130a00ff", "charge": "0000131405ff", "collection": "111"},
    ]


@pytest.mark.parametrize(
    ("written", "dates"),
    [
        ({"Daily": ""}, ["*-*-*"]),
        ({"Monthly": "1"}, ["*-*-01"]),
        (
            {"DayOfMonth": "5", "BillingPeriodStartMonth": "11", "Quarterly": {}},
            ["*-02-05", "*-05-05", "*-08-05", "*-11-05"],
        ),
        (
            {"DayOfMonth": "5", "BillingPeriodStartMonth": "11", "SixMonthly": {}},
            ["*-05-05", "*-11-05"],
        ),
        ({"DayOfMonth": "5", "BillingPeriodStartMonth": "11", "Yearly": {}}, ["*-11-05"]),
    ],
    ids=["daily", "monthly", "quarterly", "six monthly", "yearly"],
)
def test_a_billing_calendar_is_its_dates(written: dict[str, object], dates: list[str]) -> None:
    values = grouped_values({"BillingTime": "12:00:00.00Z", **written}, use_case(0x00D7))

    assert values["billing_calendar"] == [{"time": "12:00:00", "date": date} for date in dates]


def test_block_counters_are_reset_daily_or_never() -> None:
    daily = grouped_values({"DailyTariffBlockCounterMatrixReset": "true"}, use_case(0x00DB))
    never = grouped_values({"DailyTariffBlockCounterMatrixReset": "false"}, use_case(0x00DB))

    assert daily == {"daily_reset": [{"time": "00:00:00", "date": "*-*-*"}]}
    assert never == {"daily_reset": []}


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"CurrentDateTime": "now", "TolerancePeriod": 5}, "CurrentDateTime is 'now'"),
        ({"CurrentDateTime": "2015-01-01T00:00:00Z"}, "TolerancePeriod is None"),
        (
            {"CurrentDateTime": "2015-01-01T00:00:00Z", "TolerancePeriod": 10**15},
            "TolerancePeriod: expected seconds",
        ),
        ({"StartDateTime": "2015-01-01T00:00:00Z"}, "EndDateTime is None"),
        ({"BillingTime": "00:00:00Z", "Weekly": "1"}, "no source"),
        ({"BillingTime": "00:00:00Z", "Monthly": "first"}, "Monthly is 'first'"),
    ],
)
def test_parameters_that_make_no_value_are_refused(
    parameters: dict[str, object], reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        grouped_values(parameters, use_case(0x0062))
