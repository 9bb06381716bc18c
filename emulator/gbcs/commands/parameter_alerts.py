"""Settings of alerts and events in service request 6.22 (DUIS 5.4).

An element is named for its alert: `x810D`. Electricity meters take two strings of 256 bits, counted
from the end: which alerts are told of, and which of those are enabled; bit n is alert 80nn of a
network operator or 81nn of a supplier (reference commands of ECS25a to ECS25b3). Gas meters take
one octet for each alert (ZSE 1.4 D.9.2.3.5; reference command of GCS20).
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

Parameters = Mapping[str, object]
Values = dict[str, object]

ELECTRICITY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ElectricitySupplierAlerts": "alert_settings",
        "ElectricitySupplierHANAlertSettings": "han_alert_settings",
        "ElectricitySupplierAlarmSettings": "alarm_settings",
        "ElectricitySupplierLoggingSettings": "logging_settings",
        "ElectricityNetworkOperatorAlerts": "alert_settings",
        "ElectricityNetworkOperatorLoggingSettings": "logging_settings",
    }
)
"""What the values of a command are called, by the element that has them."""
GAS: Final = "GasSupplierAlertEventSettings"
_OCTETS: Final = 32
"""Of a string of bits."""
_ENABLING: Final = MappingProxyType({"Enable": True, "Disable": False})
_GAS_BITS: Final = MappingProxyType(
    {"EventLog": 0x03, "WANAlert": 0x08, "HANAlert": 0x10, "Alarm": 0x40}
)
"""Logged in the general event log, pushed to the WAN, pushed to the HAN, sounded."""


def electricity_alerts(flat: Parameters, _: UseCase) -> Values:
    """The alerts that are told of, and those of them that are enabled.

    Raises:
        UsageError: when an alert or its setting is none.
    """
    made: Values = {}
    for element, name in ELECTRICITY.items():
        if element not in flat:
            continue
        told = enabled = 0
        for alert, word in _alerts(flat[element]):
            bit = 1 << (alert & 0xFF)
            told |= bit
            enabled |= bit if _enabled(word) else 0
        made[name] = (told.to_bytes(_OCTETS, "big") + enabled.to_bytes(_OCTETS, "big")).hex()
    return made


def gas_alerts(flat: Parameters, _: UseCase) -> Values:
    """What is done of each alert, those that are treated alike together.

    Raises:
        UsageError: when an alert or its setting is none.
    """
    alike: dict[int, list[int]] = {}
    for alert, settings in _alerts(flat[GAS]):
        if not isinstance(settings, Mapping):
            raise UsageError(f"parameter x{alert:04X}: expected {', '.join(_GAS_BITS)}")
        configuration = sum(
            bits for name, bits in _GAS_BITS.items() if _enabled(settings.get(name))
        )
        alike.setdefault(configuration, []).append(alert)
    return {
        "settings": [
            {"event_configuration": configuration, "events": alerts}
            for configuration, alerts in alike.items()
        ]
    }


def _alerts(written: object) -> Iterator[tuple[int, object]]:
    """Alerts and what is said of them, alone or in the group of a kind of meter."""
    for name, content in written.items() if isinstance(written, Mapping) else ():
        if not name.startswith("x"):
            yield from _alerts(content)
            continue
        try:
            yield int(name.removeprefix("x"), 16), content
        except ValueError:
            raise UsageError(f"parameter {name}: expected an alert, like x810D") from None


def _enabled(word: object) -> bool:
    try:
        return _ENABLING[str(word)]
    except KeyError:
        raise UsageError(f"{word!r}: expected {' or '.join(_ENABLING)}") from None
