import json
from dataclasses import replace
from pathlib import Path

from emulator.lab.kept.output_directory import KNOWN, OutputDirectory
from emulator.lab.runs.run_files import Recorded, file_contents, report_text, write_files
from emulator.testing.scenes.results import dual_fuel_result

RECORDED = Recorded(trace=b"{}\n", capture=b"\x0a\x0d\x0d\x0a", keys="key\n", html="<p>")


def test_run_has_the_six_files_of_the_contract() -> None:
    contents = file_contents(dual_fuel_result(), RECORDED)

    assert sorted(contents) == [
        "han.pcapng",
        "junit.xml",
        "report.html",
        "report.json",
        "trace.jsonl",
        "zigbee_pc_keys",
    ]
    assert contents["trace.jsonl"] == RECORDED.trace
    assert contents["han.pcapng"] == RECORDED.capture
    assert contents["zigbee_pc_keys"] == b"key\n"
    assert set(contents) <= KNOWN


def test_transmissions_below_1_ghz_have_a_file_of_their_own() -> None:
    recorded = replace(RECORDED, second_capture=b"below")

    contents = file_contents(dual_fuel_result(), recorded)

    assert contents["han-868.pcapng"] == b"below"
    assert set(contents) <= KNOWN


def test_report_json_comes_first_since_a_folder_is_known_by_it() -> None:
    assert next(iter(file_contents(dual_fuel_result(), RECORDED))) == "report.json"


def test_mistake_of_ours_adds_its_traceback() -> None:
    recorded = Recorded(trace=b"", capture=b"", keys="", traceback="Traceback\n")

    assert file_contents(dual_fuel_result(), recorded)["traceback.txt"] == b"Traceback\n"


def test_report_is_one_json_document_that_ends_its_line() -> None:
    text = report_text(dual_fuel_result())

    assert json.loads(text)["schema_version"] == 1
    assert text.endswith("}\n")


def test_written_files_are_all_there_is_of_ours(tmp_path: Path) -> None:
    out = OutputDirectory(tmp_path / "new")

    write_files(out, {"report.json": b"{}", "traceback.txt": b"old"})
    written = write_files(out, {"report.json": b"{}"})

    assert list(written.values()) == list(out.path.iterdir())
