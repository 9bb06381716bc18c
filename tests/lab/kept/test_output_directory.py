import json
import os
from pathlib import Path

import pytest

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.lab.kept.output_directory import CAPTURE, KNOWN, REPORT_JSON, OutputDirectory
from emulator.lab.kept.result import SCHEMA_VERSION

REPORT = json.dumps({"schema_version": SCHEMA_VERSION, "hanlab_version": "0.1.0"}).encode()


def refusal(out: OutputDirectory) -> str:
    with pytest.raises(UsageError) as mistake:
        out.check_kind()
    return str(mistake.value)


def test_folder_that_does_not_exist_is_made_with_its_parents(tmp_path: Path) -> None:
    out = OutputDirectory(tmp_path / "a" / "b")

    out.check_kind()
    out.check_writable()
    assert not (tmp_path / "a").exists()
    out.create()

    assert out.path.is_dir()


def test_empty_folder_and_folder_of_an_earlier_run_may_be_used(tmp_path: Path) -> None:
    out = OutputDirectory(tmp_path)

    out.check_kind()
    for name in KNOWN:
        out.write(name, REPORT)

    out.check_kind()


def test_folder_with_something_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / REPORT_JSON).write_bytes(REPORT)
    (tmp_path / "thesis.tex").touch()
    (tmp_path / "zoo").mkdir()

    assert refusal(OutputDirectory(tmp_path)) == (
        f"--out {tmp_path}: holds thesis.tex and 1 more, not written by hanlab: expected an empty "
        "folder, that of an earlier run, or --force"
    )


@pytest.mark.parametrize(
    "report",
    [
        b"",
        b"[]",
        b'{"schema_version": 1}',
        b'{"schema_version": 99, "hanlab_version": "9"}',
        b'{"schema_version": "1", "hanlab_version": "9"}',
        b"[" * 100_000,
    ],
)
def test_folder_whose_report_is_not_ours_is_refused(tmp_path: Path, report: bytes) -> None:
    (tmp_path / REPORT_JSON).write_bytes(report)

    assert "holds report.json, not written by hanlab" in refusal(OutputDirectory(tmp_path))


def test_folder_with_our_names_but_no_report_is_refused(tmp_path: Path) -> None:
    (tmp_path / CAPTURE).touch()

    assert "holds han.pcapng, not written" in refusal(OutputDirectory(tmp_path))


def test_force_writes_beside_what_others_left(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    out = OutputDirectory(tmp_path, force=True)

    out.check_kind()
    out.write(REPORT_JSON, REPORT)
    out.forget_others({REPORT_JSON})

    assert sorted(path.name for path in tmp_path.iterdir()) == [REPORT_JSON, "thesis.tex"]


def test_file_is_no_folder_even_with_force(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = "not a folder: expected one, or a new name"

    assert told in refusal(OutputDirectory(tmp_path / "file", force=True))
    assert told in refusal(OutputDirectory(tmp_path / "file" / "below"))


def test_file_is_replaced_whole_and_readable_as_others_are(tmp_path: Path) -> None:
    out = OutputDirectory(tmp_path)
    (tmp_path / "plain").touch()
    out.write(CAPTURE, b"old")

    path = out.write(CAPTURE, b"new")

    assert path.read_bytes() == b"new"
    assert path.stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert len(list(tmp_path.iterdir())) == 2


def test_file_that_cannot_be_written_leaves_nothing_half_done(tmp_path: Path) -> None:
    out = OutputDirectory(tmp_path)
    (tmp_path / CAPTURE).mkdir()

    with pytest.raises(EnvironmentFault, match=CAPTURE):
        out.write(CAPTURE, b"new")

    assert [path.name for path in tmp_path.iterdir()] == [CAPTURE]


def test_what_an_earlier_run_left_is_removed(tmp_path: Path) -> None:
    out = OutputDirectory(tmp_path)
    for name in ("han-868.pcapng", CAPTURE, ".hanlab-partial"):
        (tmp_path / name).touch()

    out.forget_others({CAPTURE})

    assert [path.name for path in tmp_path.iterdir()] == [CAPTURE]


def test_folder_in_which_nothing_can_be_made_is_a_fault_of_the_surroundings() -> None:
    out = OutputDirectory(Path("/proc/hanlab"))

    with pytest.raises(EnvironmentFault, match="--out /proc/hanlab: "):
        out.create()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_folder_without_permission_is_found_before_the_run(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    with pytest.raises(EnvironmentFault, match="cannot be written"):
        OutputDirectory(tmp_path / "new").check_writable()


def test_leftover_that_cannot_be_removed_is_a_fault_of_the_surroundings(tmp_path: Path) -> None:
    (tmp_path / CAPTURE).mkdir()

    with pytest.raises(EnvironmentFault, match="--out "):
        OutputDirectory(tmp_path).forget_others(set())
