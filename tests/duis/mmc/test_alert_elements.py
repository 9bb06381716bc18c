"""Settings of alerts, both ways: from what commands set."""

from emulator.duis.mmc.alert_elements import alert_settings, gas_alert_settings
from emulator.duis.tree import Node
from emulator.gbcs.commands.parameter_alerts import electricity_alerts
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.zcl.payloads.device_management import EventConfiguration


def _bits(group: str, **alerts: str) -> str:
    made = electricity_alerts({group: {"Common": alerts}}, use_case(0x00AC))
    enabled = next(iter(made.values()))
    assert isinstance(enabled, str)
    return f"{int(enabled[64:], 16):0256b}"


def _enabled(node: Node) -> list[str]:
    return [each.name for each in node.parts if each.text == "Enable"]


def test_what_a_supplier_enables_is_enabled() -> None:
    bits = _bits("ElectricitySupplierAlerts", x810D="Enable", x81B7="Enable", x8168="Disable")

    told = alert_settings(bits, of_network=False)
    assert told is not None
    common, phases = told.parts
    assert _enabled(common) == ["x810D"]
    assert _enabled(phases) == ["x81B7"]
    assert Node("x8168", "Disable") in common.parts


def test_a_network_operator_sees_the_phases_that_there_are() -> None:
    one = alert_settings(_bits("ElectricityNetworkOperatorAlerts", x8002="Enable"), of_network=True)
    three = alert_settings(
        _bits("ElectricityNetworkOperatorAlerts", x8003="Enable"), of_network=True
    )

    assert one is not None
    assert one.parts[1].name == "NetworkOperatorESMESinglePhase"
    assert _enabled(one.parts[1]) == ["x8002"]
    assert three is not None
    assert three.parts[1].name == "NetworkOperatorESMEPolyPhase"


def test_an_event_of_gas_is_told_by_its_bits() -> None:
    told = gas_alert_settings(
        (EventConfiguration(event_id=0x810E, event_configuration=0x4B), "no event")
    )

    assert told is not None
    assert told.parts == (
        Node(
            "x810E",
            parts=(
                Node("WANAlert", "Enable"),
                Node("HANAlert", "Disable"),
                Node("EventLog", "Enable"),
                Node("Alarm", "Enable"),
            ),
        ),
    )
    assert gas_alert_settings(()) is None
    assert alert_settings("101", of_network=True) is None
