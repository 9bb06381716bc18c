"""Every setting tells its source; what none proves is marked."""

from dataclasses import fields

from emulator.gbcs_device.gbz.state.settings import GbzSettings
from emulator.kernel.settings import unverified


def test_every_setting_tells_its_source() -> None:
    assert all(each.metadata["source"] for each in fields(GbzSettings))


def test_what_no_source_proves_is_marked() -> None:
    assert set(unverified(GbzSettings())) == {
        "unconfigured_event",
        "emergency_credit_selected",
        "remembered_tokens",
    }
