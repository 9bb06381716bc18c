from pathlib import Path

import pytest
from typer.testing import CliRunner

from emulator.lab.cli import main
from emulator.lab.commands.capture import app
from emulator.testing.scenes.captured_homes import write_captured_home


@pytest.mark.parametrize("words", [["show", "--help"], ["replay", "--help"]])
def test_help_has_examples(words: list[str]) -> None:
    shown = CliRunner().invoke(app, words).output

    assert "Examples:" in shown
    assert "Exit status:" in shown


def test_show_passes_what_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_captured_home(tmp_path)
    monkeypatch.setattr("sys.argv", ["hanlab", "capture", "show", str(path), "--to", "3"])

    with pytest.raises(SystemExit) as caught:
        main()

    assert caught.value.code == 0
    assert "3 of " in capsys.readouterr().out


def test_what_is_no_capture_ends_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"nothing of the kind")
    monkeypatch.setattr("sys.argv", ["hanlab", "capture", "replay", str(path)])

    with pytest.raises(SystemExit) as caught:
        main()

    assert caught.value.code == 2
    assert "neither pcap nor pcapng" in capsys.readouterr().err
