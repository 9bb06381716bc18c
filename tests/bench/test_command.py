"""The words of `hanlab bench`."""

from pathlib import Path

import pytest

from emulator.lab.cli import main
from emulator.testing.scenes.bench_scene import SHIPMENT


def status(*words: str) -> object:
    with pytest.raises(SystemExit) as end:
        main(("bench", *words))
    return end.value.code


def test_a_new_campaign_can_be_run_and_compared_with_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shipment.csv").write_text(SHIPMENT)
    file, out = tmp_path / "c.toml", str(tmp_path / "out")

    made = status("new", str(file))
    text = file.read_text().replace('reach = "han" ', 'reach = "device" ')
    file.write_text(f'{text}cases = ["ESME/0027/*/wrong-mac"]\n')
    ran = status("run", str(file), "--out", out)
    compared = status("compare", out, out)

    assert (made, ran, compared) == (0, 0, 0)
    assert "0 worse, 0 better, 0 otherwise, 0 new, 0 gone" in capsys.readouterr().out


def test_mistakes_are_told_one_a_line_and_end_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.toml"
    file.write_text("speed = 3\n")

    ended = status("run", str(file))

    assert ended == 2
    assert f"{file}:1: campaign: unknown key 'speed'" in capsys.readouterr().err
    assert not (tmp_path / "c.results").exists()


def test_one_case_is_run_by_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "shipment.csv").write_text(SHIPMENT)
    file = tmp_path / "c.toml"
    file.write_text('reach = "device"\nshipment = "shipment.csv"\n[[devices]]\nkind = "ESME"\n')

    ended = status("run", str(file), "--case", "ESME:ESME/0027/ECS17b/success")

    assert ended == 0
    assert capsys.readouterr().out.startswith("pass: ESME:ESME/0027/ECS17b/success")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["."], "directory"),
        (["c.toml", "--repeat", "1"], "--repeat says which repeat of --case"),
    ],
)
def test_words_that_make_no_run_end_with_status_2(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status("run", *words) == 2
    assert told in capsys.readouterr().err
