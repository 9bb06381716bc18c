import pytest

from emulator.lab.cli import main


def test_wan_of_an_itch_is_bad_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["itch", "serve", "--port", "./itch", "--wan"])

    assert end.value.code == 2
    assert "SM WAN of this hub is disabled" in capsys.readouterr().err


def test_help_has_examples(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["itch", "serve", "--help"])

    assert "hanlab itch serve --port ./itch" in capsys.readouterr().out
