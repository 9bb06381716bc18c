"""The profile for hosts that know no Smart Energy is labelled, and never the usual one."""

from emulator.lab.radios.host_profile import LABEL, default_key_settings
from emulator.smart_energy.stack_settings import StackSettings


def test_profile_opens_what_smart_energy_closes() -> None:
    usual = StackSettings()

    made = default_key_settings(usual)

    assert (usual.zcl.access_rule, made.zcl.access_rule) == (True, False)
    assert (usual.joiner.establishes_key, made.joiner.establishes_key) == (True, False)
    assert (usual.zcl.any_profile, made.zcl.any_profile) == (False, True)
    assert len(made.joiner.channels) == 16
    assert made.aps == usual.aps


def test_label_says_what_it_is_not() -> None:
    assert "not Smart Energy" in LABEL
