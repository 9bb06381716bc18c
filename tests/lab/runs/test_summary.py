from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console

from emulator.kernel.units import START, Instant
from emulator.lab.kept.result import RunResult, Step, Verdict
from emulator.lab.runs.run import RunEnd
from emulator.lab.runs.summary import print_summary
from emulator.testing.scenes.results import dual_fuel_result


def told(result: RunResult) -> str:
    stream = StringIO()
    end = RunEnd(result, {"report.html": Path("out/report.html")}, 0)
    print_summary(end, Console(file=stream, width=100))
    return stream.getvalue()


def test_summary_has_verdict_devices_and_the_place_of_the_report() -> None:
    text = told(replace(dual_fuel_result(), verdict=Verdict.PASS, steps=()))

    assert "PASS  " in text
    assert "00-DB-12-34-56-78-90-A0" in text
    assert "CBKE, suite 2" in text
    assert "is the hub" in text
    assert text.endswith("report: out/report.html\n")


def test_step_that_did_not_pass_is_told_with_its_clause() -> None:
    step = Step("GSME joins", "ZSE 1.4 5.5.5.1", Verdict.FAIL, START, Instant(1), "[no] beacon")
    result = replace(dual_fuel_result(), verdict=Verdict.FAIL, steps=(step,), notes=("look here",))

    text = told(result)

    assert "FAIL  GSME joins: [no] beacon (ZSE 1.4 5.5.5.1)\n" in text
    assert "note: look here\n" in text
    assert "0 of 1 steps passed" in text


def test_run_without_devices_has_no_table() -> None:
    assert "EUI-64" not in told(replace(dual_fuel_result(), devices=()))


def test_traceback_of_a_mistake_is_pointed_to() -> None:
    stream = StringIO()
    files = {"traceback.txt": Path("out/traceback.txt"), "report.html": Path("out/report.html")}

    print_summary(RunEnd(dual_fuel_result(), files, 3), Console(file=stream, width=100))

    assert "traceback: out/traceback.txt\nreport: out/report.html\n" in stream.getvalue()
