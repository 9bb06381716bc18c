"""Profiles: what a device does without excuses it from doing it, never from refusing it."""

import pytest

from emulator.bench.campaigns.profile import EMULATED, Profile, names_of
from emulator.gbcs.use_cases.catalogue import use_cases
from emulator.testing.scenes.bench_scene import case_named


@pytest.mark.parametrize("name", ["ECS17b", "0027"])
def test_a_use_case_is_excused_by_number_or_code(name: str) -> None:
    profile = Profile({name: "not fitted"})

    assert profile.excuse(case_named("ESME/0027/ECS17b/success")) == f"{name}: not fitted"


def test_refusals_are_not_excused() -> None:
    profile = Profile({"ECS17b": "not fitted"})

    assert profile.excuse(case_named("ESME/0027/ECS17b/wrong-mac")) == ""


def test_other_use_cases_are_not_excused() -> None:
    assert Profile({"ECS17a": "no"}).excuse(case_named("ESME/0027/ECS17b/success")) == ""


def test_profiles_of_emulated_devices_name_use_cases_and_give_reasons() -> None:
    known = {name for each in use_cases() for name in names_of(each)}

    for profile in EMULATED.values():
        assert set(profile.without) <= known
        assert all(profile.without.values())
