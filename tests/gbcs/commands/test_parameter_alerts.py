"""Settings of alerts, as bits and as octets."""

import pytest

from emulator.gbcs.commands.parameter_alerts import GAS, electricity_alerts, gas_alerts
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError

ELECTRICITY = use_case(0x00AC)
GAS_METER = use_case(0x00AD)


def _octets(*bits: int) -> str:
    return sum(1 << bit for bit in bits).to_bytes(32, "big").hex()


def test_a_bit_says_that_an_alert_is_told_of_and_another_that_it_is_enabled() -> None:
    made = electricity_alerts(
        {
            "ElectricitySupplierAlerts": {
                "SupplierESMECommon": {"x810D": "Enable", "x810E": "Disable"},
                "SupplierESMEPolyPhase": {"x81B7": "Enable"},
            }
        },
        ELECTRICITY,
    )

    assert made == {"alert_settings": _octets(0x0D, 0x0E, 0xB7) + _octets(0x0D, 0xB7)}


@pytest.mark.parametrize(
    ("element", "name"),
    [
        ("ElectricitySupplierHANAlertSettings", "han_alert_settings"),
        ("ElectricitySupplierAlarmSettings", "alarm_settings"),
        ("ElectricitySupplierLoggingSettings", "logging_settings"),
        ("ElectricityNetworkOperatorAlerts", "alert_settings"),
        ("ElectricityNetworkOperatorLoggingSettings", "logging_settings"),
    ],
)
def test_each_group_is_a_string_of_its_own(element: str, name: str) -> None:
    made = electricity_alerts({element: {"Common": {"x8000": "Enable"}}}, ELECTRICITY)

    assert made == {name: _octets(0) + _octets(0)}


def _settings(wan: str, han: str, log: str, alarm: str) -> dict[str, str]:
    return {"WANAlert": wan, "HANAlert": han, "EventLog": log, "Alarm": alarm}


def test_alerts_of_a_gas_meter_that_are_treated_alike_go_together() -> None:
    on, off = "Enable", "Disable"
    made = gas_alerts(
        {
            GAS: {
                "x810E": _settings(on, off, off, off),
                "x81AA": _settings(on, on, on, on),
                "x81AB": _settings(on, on, on, on),
                "x8161": _settings(off, off, on, on),
            }
        },
        GAS_METER,
    )

    assert made == {
        "settings": [
            {"event_configuration": 0x08, "events": [0x810E]},
            {"event_configuration": 0x5B, "events": [0x81AA, 0x81AB]},
            {"event_configuration": 0x43, "events": [0x8161]},
        ]
    }


def test_what_is_no_alert_or_no_setting_is_refused() -> None:
    for content, saying in (
        ({"xylophone": "Enable"}, "xylophone: expected an alert"),
        ({"x810D": "Maybe"}, "'Maybe': expected Enable or Disable"),
    ):
        with pytest.raises(UsageError, match=saying):
            electricity_alerts({"ElectricitySupplierAlerts": content}, ELECTRICITY)
    with pytest.raises(UsageError, match="x810D: expected EventLog, WANAlert"):
        gas_alerts({GAS: {"x810D": "Enable"}}, GAS_METER)
    with pytest.raises(UsageError, match="None: expected Enable"):
        gas_alerts({GAS: {"x810D": {"WANAlert": "Enable"}}}, GAS_METER)
