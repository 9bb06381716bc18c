"""Defects found by fuzzing, and shrunk to the shortest sequence; a good device has none."""

import re

import pytest
from hypothesis import settings

from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import UsageError
from emulator.testing.fuzzing.machine import check_device, find_departure, fuzzing_machine
from emulator.testing.fuzzing.plan import FuzzPlan
from emulator.testing.scenes.bench_scene import on_test

FEW = ("CS01a", "ECS17b", "ECS70")


def plan(defect: str = "", **changes: object) -> FuzzPlan:
    told: dict[str, object] = {"use_cases": FEW, **changes}
    return FuzzPlan(tested=on_test(DeviceKind.ESME, defect=defect), **told)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    ("defect", "steps"),
    [
        ("mac-unchecked", (r"send \w+ \w+, but one bit of its MAC is another",)),
        ("counter-unchecked", (r"send (\w+ \w+)", r"send \w+ \w+ (again|under a lower).*")),
        ("lower-counter-accepted", (r"send (\w+ \w+)", r"send \w+ \w+ under a lower counter")),
        ("garbage-hangs", (r"send .*(octets|MAC|cut|another|long).*", r"send .*")),
        pytest.param("never-answers", (r"send \w+ \w+",), marks=pytest.mark.slow),
    ],
)
def test_a_defect_is_found_and_shrunk_to_the_shortest_sequence(
    defect: str, steps: tuple[str, ...]
) -> None:
    found = find_departure(plan(defect), examples=200, steps=10)

    assert found is not None
    assert len(found.steps) == len(steps)
    for told, expected in zip(found.steps, steps, strict=True):
        assert re.fullmatch(expected, told)


def test_a_good_meter_departs_from_nothing() -> None:
    check_device(plan(), examples=10, steps=8)


@pytest.mark.slow
@pytest.mark.parametrize("kind", [DeviceKind.ESME, DeviceKind.GSME, DeviceKind.HCALCS])
def test_no_good_device_departs_in_any_order_of_all_its_use_cases(kind: DeviceKind) -> None:
    check_device(FuzzPlan(tested=on_test(kind)), examples=60, steps=20)


@pytest.mark.slow
def test_the_failure_tells_the_sequence() -> None:
    with pytest.raises(AssertionError, match=r"(?s)response: .*\n  1\. send "):
        check_device(plan("never-answers"), examples=20, steps=3)


def test_nothing_left_to_send_is_refused() -> None:
    with pytest.raises(UsageError, match="only with destructive=True"):
        fuzzing_machine(plan(use_cases=("CS02b",)))


ReadyTest = fuzzing_machine(plan(power_cuts=False)).TestCase
ReadyTest.settings = settings(max_examples=5, stateful_step_count=6)
"""The ready machine as a test of pytest."""
