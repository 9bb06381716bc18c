"""`hanlab run` as a user runs it."""

from pathlib import Path

import pytest

from emulator.lab.cli import main
from emulator.testing.judges.capture_judge import Judgement, judge_capture
from tests.acceptance.runs import Ended, elsewhere, ended

SHIPMENTS = Path(__file__).parents[1] / "data/shipments"
MAIN_JOB = "commissioning/join_every_device"
ESME = "00-DB-12-34-56-78-90-A0"


def here(out: Path, scenario: str, *words: str) -> Ended:
    """A run in the process of the tests."""
    with pytest.raises(SystemExit) as end:
        main(["run", scenario, "--out", str(out), *words])
    assert isinstance(end.value.code, int)
    return ended(out, end.value.code)


def on(shipment: str) -> tuple[str, str]:
    return "--devices", str(SHIPMENTS / shipment)


def test_main_job_repeats_whatever_the_hash_seed(tmp_path: Path) -> None:
    first, second = (
        elsewhere(tmp_path / str(number), MAIN_JOB, *on("dual-fuel.csv"), hash_seed=number)
        for number in (1, 2)
    )

    assert (first.status, second.status) == (0, 0)
    assert first.report["trace_sha256"] == second.report["trace_sha256"]
    assert first.capture == second.capture
    assert first.keys == second.keys


@pytest.mark.parametrize(
    ("difference", "failed"),
    [
        ("install_code=83FED3407A932B70", "ESME joins under its install code"),
        ("certificate=other-issuer", "ESME agrees a link key by CBKE"),
    ],
)
def test_device_that_is_not_what_its_papers_say_fails_an_ordinary_run(
    difference: str, failed: str, tmp_path: Path
) -> None:
    words = ("--set", f"{ESME}.{difference}")

    run = here(tmp_path / "out", MAIN_JOB, *on("one-meter.csv"), *words)

    assert (run.status, run.report["verdict"]) == (1, "fail")
    last = run.report["steps"][-1]
    assert (last["name"], last["verdict"]) == (failed, "fail")
    assert last["detail"].startswith("given up: ")


def test_second_run_with_the_state_of_the_first_comes_back_and_still_decrypts(
    tmp_path: Path,
) -> None:
    state = ("--state", str(tmp_path / "state"))
    shipment = on("electricity-only-short-codes.csv")
    here(tmp_path / "first", MAIN_JOB, *shipment, *state)

    second = here(tmp_path / "second", MAIN_JOB, *shipment, *state)

    assert second.status == 0
    assert not any("agrees a link key" in step["name"] for step in second.report["steps"])
    keys = {row["link_key"] for row in second.report["devices"][2:]}
    assert keys == {"cbke"}
    judged = judge_capture(tmp_path, second.capture, second.keys)
    assert judged == Judgement(True, second.report["frames"], (), (), (), ())


def test_state_that_is_no_state_is_told_in_one_line_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / f"{ESME.replace('-', '').lower()}.json").write_text('{"format": 1}')
    words = ["run", MAIN_JOB, *on("one-meter.csv"), "--state", str(state)]

    with pytest.raises(SystemExit) as end:
        main([*words, "--out", str(tmp_path / "out")])

    assert end.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "00db1234567890a0.json" in line
    assert not (tmp_path / "out").exists()
