"""Alerts that commands lead to."""

from emulator.bench.cases.due_alerts import due_alert
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs_device.device_kind import DeviceKind


def test_a_hub_tells_of_a_device_that_is_added_and_a_meter_of_nothing() -> None:
    added = due_alert(use_case(0x0001), DeviceKind.CHF)

    assert added is not None
    assert added.code == 0x8F12
    assert due_alert(use_case(0x000E), DeviceKind.ESME) is None


def test_a_gas_proxy_tells_of_a_partner_that_it_is_joined_with() -> None:
    joined = due_alert(use_case(0x000E), DeviceKind.GPF)

    assert joined is not None
    assert joined.code == 0x8071
    assert dict(joined.values) == {"device_type": "PPMID"}
    assert due_alert(use_case(0x000E), DeviceKind.CHF) is None
