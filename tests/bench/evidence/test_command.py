"""`hanlab evidence`, as words."""

from pathlib import Path

import pytest

from emulator.bench.evidence.bundle import zipped
from emulator.lab.cli import main
from emulator.testing.scenes.bench_results import campaign_run
from emulator.testing.scenes.evidence_scene import bundle


def status(*words: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(words)
    return int(end.value.code or 0)


def test_make_and_verify(tmp_path: Path) -> None:
    campaign_run(tmp_path)
    out = str(tmp_path / "e.zip")

    assert status("evidence", "make", str(tmp_path / "results"), "--out", out, "--anonymise") == 0
    assert status("evidence", "verify", out) == 0


def test_what_is_no_bundle_is_a_usage_mistake_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "e.zip").write_bytes(zipped(bundle())[:-30])

    assert status("evidence", "verify", str(tmp_path / "e.zip")) == 2
    assert "no whole zip" in capsys.readouterr().err
