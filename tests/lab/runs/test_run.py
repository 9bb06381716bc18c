import json
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.kept.result import RunResult, Verdict
from emulator.lab.laboratory import LabOptions, LaboratoryKind
from emulator.lab.report.report_json import report_document
from emulator.lab.runs.run import INTERRUPTED, RunEnd, perform, report_on
from emulator.lab.runs.run_inputs import RunRequest, check_inputs
from emulator.lab.shipments.shipment import Shipment
from emulator.testing.scenes.laboratories import BareLaboratory, bare_laboratory
from emulator.testing.scenes.scenarios import write_scenario

SHIPMENTS = Path(__file__).parents[2] / "data" / "shipments"
FILES = ["han.pcapng", "junit.xml", "report.html", "report.json", "trace.jsonl", "zigbee_pc_keys"]
STEPS = 'lab.step("one")'
VERDICTS = "from emulator.lab.kept.result import Verdict"
FAILS = (VERDICTS, "try:", '    lab.step("x", Verdict.FAIL)')


def ran(tmp_path: Path, *body: str, kind: LaboratoryKind | None = None, **options: Any) -> RunEnd:
    kind = kind or bare_laboratory()
    scenario = write_scenario(tmp_path, *body)
    request = RunRequest(scenario=str(scenario), out=tmp_path / "out", **options)
    return perform(check_inputs(request, kind), kind)


def written(tmp_path: Path) -> list[str]:
    out = tmp_path / "out"
    return sorted(path.name for path in out.iterdir()) if out.exists() else []


def document(tmp_path: Path) -> Any:
    return json.loads((tmp_path / "out" / "report.json").read_bytes())


def test_run_whose_steps_pass_is_a_pass_with_every_file(tmp_path: Path) -> None:
    end = ran(tmp_path, STEPS, 'lab.step("two")', devices=SHIPMENTS / "dual-fuel.csv")

    assert end.status == 0
    assert end.result.verdict is Verdict.PASS
    assert written(tmp_path) == FILES
    assert sorted(end.files) == FILES


def test_report_on_disk_is_the_result(tmp_path: Path) -> None:
    end = ran(tmp_path, STEPS, devices=SHIPMENTS / "dual-fuel.csv", seed=9)

    assert document(tmp_path) == report_document(end.result)
    assert end.result.title == "A scenario for a test"
    assert end.result.seed == 9
    assert end.result.virtual_seconds == 1.0
    assert len(end.result.devices) == 8


def test_digest_is_that_of_the_trace_file_and_of_the_trace(tmp_path: Path) -> None:
    labs: list[BareLaboratory] = []

    def make(shipment: Shipment, options: LabOptions) -> BareLaboratory:
        labs.append(BareLaboratory(shipment, options))
        return labs[0]

    end = ran(tmp_path, STEPS, kind=LaboratoryKind(make, {}))

    (lab,) = labs
    assert end.result.trace_sha256 == lab.trace.digest()
    assert (tmp_path / "out" / "trace.jsonl").read_text().count("\n") == 1
    assert lab.saved == 1


@pytest.mark.parametrize(
    ("verdict", "status"),
    [("FAIL", 1), ("INCONCLUSIVE", 4), ("ERROR", 3)],
)
def test_step_that_does_not_pass_ends_the_run_with_its_verdict(
    tmp_path: Path, verdict: str, status: int
) -> None:
    end = ran(tmp_path, VERDICTS, STEPS, f'lab.step("two", Verdict.{verdict})', 'lab.step("3")')

    assert end.status == status
    assert end.result.verdict.name == verdict
    assert [step.name for step in end.result.steps] == ["one", "two"]
    assert written(tmp_path) == FILES


def test_failure_that_the_laboratory_did_not_note_is_noted(tmp_path: Path) -> None:
    end = ran(
        tmp_path,
        VERDICTS,
        "try:",
        '    lab.step("x", Verdict.FAIL)',
        "finally:",
        "    lab.steps.clear()",
    )

    assert [step.name for step in end.result.steps] == ["x"]
    assert end.status == 1


def test_failure_that_a_scenario_swallows_still_fails_the_run(tmp_path: Path) -> None:
    end = ran(
        tmp_path,
        VERDICTS,
        "try:",
        '    lab.step("x", Verdict.FAIL)',
        "except Exception:",
        "    pass",
    )

    assert end.status == 1


def test_run_that_decided_nothing_is_inconclusive(tmp_path: Path) -> None:
    end = ran(tmp_path, "pass")

    assert end.status == 4
    assert end.result.notes[-1] == "no step of the scenario decided anything"
    assert written(tmp_path) == FILES


def test_fault_of_the_surroundings_is_an_error_that_keeps_the_files(tmp_path: Path) -> None:
    end = ran(
        tmp_path,
        "from emulator.kernel.errors import EnvironmentFault",
        STEPS,
        'raise EnvironmentFault("the dongle is gone")',
    )

    assert end.status == 3
    assert end.result.notes[-1] == "the dongle is gone"
    assert written(tmp_path) == FILES


@pytest.mark.parametrize("mistake", ["1 / 0", "raise SystemExit(0)"])
def test_mistake_in_code_is_an_error_with_a_traceback_file(tmp_path: Path, mistake: str) -> None:
    end = ran(tmp_path, STEPS, mistake)

    assert end.status == 3
    assert end.result.notes[-1].startswith("a mistake in hanlab or in the scenario, ")
    assert mistake in (tmp_path / "out" / "traceback.txt").read_text()
    assert written(tmp_path) == sorted([*FILES, "traceback.txt"])


def test_traceback_of_an_earlier_run_does_not_stay(tmp_path: Path) -> None:
    ran(tmp_path, "1 / 0")

    ran(tmp_path, STEPS)

    assert written(tmp_path) == FILES


def test_inputs_that_the_scenario_refuses_at_once_leave_nothing(tmp_path: Path) -> None:
    refuse = ("from emulator.kernel.errors import UsageError", 'raise UsageError("no GSME")')

    with pytest.raises(UsageError, match="no GSME"):
        ran(tmp_path, *refuse)

    assert written(tmp_path) == []


def test_refusal_after_something_happened_is_an_error(tmp_path: Path) -> None:
    refuse = ("from emulator.kernel.errors import UsageError", 'raise UsageError("no GSME")')

    end = ran(tmp_path, STEPS, *refuse)

    assert end.status == 3
    assert written(tmp_path) == FILES


def test_ctrl_c_leaves_everything_so_far_and_its_own_status(tmp_path: Path) -> None:
    end = ran(tmp_path, STEPS, "raise KeyboardInterrupt")

    assert end.status == INTERRUPTED
    assert document(tmp_path)["verdict"] == "inconclusive"
    assert end.result.notes[-1] == "stopped by Ctrl-C at 1 s"
    assert written(tmp_path) == FILES


def test_failure_before_ctrl_c_stays_a_failure_in_the_report(tmp_path: Path) -> None:
    end = ran(tmp_path, *FAILS, "finally:", "    raise KeyboardInterrupt")

    assert end.status == INTERRUPTED
    assert end.result.verdict is Verdict.FAIL


def test_ctrl_c_works_again_after_the_run(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)

    ran(tmp_path, STEPS)

    assert signal.getsignal(signal.SIGINT) is before


class Broken(BareLaboratory):
    """Cannot say what it recorded."""

    def capture(self) -> bytes:
        raise ValueError("lost")

    def frames(self) -> int:
        raise EnvironmentFault("air is gone")


def test_output_that_cannot_be_made_does_not_cost_the_others(tmp_path: Path) -> None:
    end = ran(tmp_path, STEPS, kind=LaboratoryKind(Broken, {}))

    assert end.status == 3
    assert end.result.notes == (
        "no shipment file: the bench supplies its own hub",
        "the capture is missing: a mistake in hanlab or in the scenario, ValueError: lost",
        "the number of frames is missing: air is gone",
    )
    assert written(tmp_path) == sorted([*FILES, "traceback.txt"])


def test_shipment_warnings_and_laboratory_notes_reach_the_report(tmp_path: Path) -> None:
    end = ran(tmp_path, STEPS, 'lab.notes.append("hm")', devices=SHIPMENTS / "one-meter.csv")

    assert "no hub: the bench supplies its own" in end.result.notes[0]
    assert end.result.notes[1] == "hm"
    assert "no hub: the bench supplies its own" in (tmp_path / "out" / "report.html").read_text()


def test_pictures_of_a_scenario_reach_the_report(tmp_path: Path) -> None:
    picture = (
        "from emulator.lab.kept.result import Picture; "
        'lab.pictures.append(Picture("Mast", "<svg/>"))'
    )

    end = ran(tmp_path, STEPS, picture)

    assert [each.title for each in end.result.pictures] == ["Mast"]
    assert 'alt="Mast"' in (tmp_path / "out" / "report.html").read_text()


def test_equal_runs_are_equal_but_for_the_wall_clock(tmp_path: Path) -> None:
    def plain(result: RunResult) -> dict[str, Any]:
        return report_document(result) | {"wall_seconds": 0}

    first = ran(tmp_path, STEPS).result
    second = ran(tmp_path, STEPS).result

    assert plain(first) == plain(second)


def test_run_outside_the_main_thread_is_written_like_any_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        end = pool.submit(ran, tmp_path, STEPS).result()

    assert end.status == 0
    assert written(tmp_path) == FILES


def test_laboratory_is_reported_on_as_it_stands_and_can_go_on(tmp_path: Path) -> None:
    scenario = write_scenario(tmp_path, STEPS)
    request = RunRequest(scenario=str(scenario), out=tmp_path / "out")
    inputs = check_inputs(request, bare_laboratory())
    lab = BareLaboratory(inputs.shipment, inputs.options)

    lab.step("one")
    first = report_on(inputs, lab, 1.5)
    lab.step("two")
    second = report_on(inputs, lab, 2.5)

    assert (first.status, first.result.wall_seconds) == (0, 1.5)
    assert [step.name for step in second.result.steps] == ["one", "two"]
    assert written(tmp_path) == FILES
