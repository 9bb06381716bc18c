"""Running cases: none hangs on another, and good devices fail none."""

import pytest

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.campaigns.profile import EMULATED, Profile
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench, case_named

KINDS = [each for each in DeviceKind if each is not DeviceKind.SAPC]


def _failures(kind: DeviceKind, step: int) -> dict[str, str]:
    runner, profile = bench(kind), EMULATED.get(kind, Profile())
    chosen = list(known_cases(kind).values())[::step]
    judged = {each.name: runner.run(each) for each in chosen if not profile.excuse(each)}
    return {
        name: f"{each.verdict}: {each.field}: {each.reason}"
        for name, each in judged.items()
        if each.verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE)
    }


def test_a_case_comes_out_alike_in_any_order() -> None:
    runner = bench(DeviceKind.ESME)
    names = ["ESME/001A/ECS02/success", "ESME/001A/ECS02/replayed", "ESME/0027/ECS17b/success"]

    forth = [runner.run(case_named(name)) for name in names]
    back = [runner.run(case_named(name)) for name in reversed(names)]

    assert forth == back[::-1]


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_device_fails_no_case_of_a_sample(kind: DeviceKind) -> None:
    assert _failures(kind, 17) == {}
