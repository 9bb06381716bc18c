import pytest

from emulator.kernel.units import Instant, seconds
from emulator.lab.kept.result import LinkKeyState, Verdict
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import bench_shipment
from emulator.lab.steps.unmet import StepFailed
from emulator.testing.scenes.laboratories import BareLaboratory


def laboratory() -> BareLaboratory:
    return BareLaboratory(bench_shipment(), LabOptions())


def test_step_takes_a_second_and_leaves_a_fact() -> None:
    lab = laboratory()
    told: list[tuple[str, Instant]] = []
    lab.progress = lambda doing, now: told.append((doing, now))

    lab.step("first")
    lab.step("second")

    assert [(step.name, step.start) for step in lab.steps] == [
        ("first", Instant(0)),
        ("second", Instant(seconds(1))),
    ]
    assert [name for name, _ in told] == ["first", "second"]
    assert lab.scheduler.now == Instant(seconds(2))


@pytest.mark.parametrize("verdict", [each for each in Verdict if each is not Verdict.PASS])
def test_step_that_does_not_pass_ends_the_scenario_and_is_kept(verdict: Verdict) -> None:
    lab = laboratory()

    with pytest.raises(StepFailed):
        lab.step("first", verdict, "as the scenario said")

    assert [step.verdict for step in lab.steps] == [verdict]


def test_hub_has_no_link_key_and_everybody_else_an_agreed_one() -> None:
    rows = laboratory().device_rows()

    assert {row.link_key for row in rows if row.nwk == 0} == {LinkKeyState.NONE}
    assert all(row.joined for row in rows)
    assert {row.link_key for row in rows if row.nwk != 0} <= {LinkKeyState.CBKE}


def test_state_is_counted_not_written() -> None:
    lab = laboratory()

    lab.save_state()

    assert lab.saved == 1
