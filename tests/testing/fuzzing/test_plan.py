"""What a plan leaves to be sent."""

import pytest

from emulator.gbcs.use_cases.destructive import destructive
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.testing.fuzzing.plan import FuzzPlan
from emulator.testing.scenes.bench_scene import on_test

METER = on_test(DeviceKind.ESME)


def test_nothing_destructive_is_sent_unless_it_is_allowed() -> None:
    careful = FuzzPlan(tested=METER).cases()
    careless = FuzzPlan(tested=METER, destructive=True).cases()

    assert not any(destructive(each.use_case) for each in careful.values())
    assert any(destructive(each.use_case) for each in careless.values())
    assert careful.keys() < careless.keys()


def test_what_the_profile_does_without_is_left_out() -> None:
    assert not [name for name in FuzzPlan(tested=METER).cases() if name.endswith(" ECS01c")]


def test_chosen_use_cases_are_sent_alone() -> None:
    assert list(FuzzPlan(tested=METER, use_cases=("ecs17b",)).cases()) == ["0027 ECS17b"]


def test_every_mistake_is_told() -> None:
    with pytest.raises(UsageError) as refused:
        FuzzPlan(tested=METER, use_cases=("ECS999", "GCS13a", "CS02b")).cases()

    assert len(refused.value.problems) == 3
    assert "only with destructive=True" in refused.value.problems[2]
