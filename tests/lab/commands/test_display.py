import pytest

from emulator.lab.cli import main


def test_mistakes_of_a_look_are_found_before_a_home_is_installed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["display", "--load", "household:x=1", "--set", "display.often=1"])

    told = capsys.readouterr().err
    assert end.value.code == 2
    assert "no 'x'" in told
    assert "display has no often" in told
