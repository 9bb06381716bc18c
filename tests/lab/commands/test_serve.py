import pytest

from emulator.lab.cli import main


def test_wrong_words_are_told_with_exit_status_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["serve", "--bind", "0.0.0.0", "--speed", "max"])  # noqa: S104 - it is refused

    told = capsys.readouterr().err
    assert end.value.code == 2
    assert "--bind" in told
    assert "--speed max" in told


def test_a_supplier_that_is_no_eui64_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["serve", "--supplier", "nobody"])

    assert end.value.code == 2
    assert "EUI-64" in capsys.readouterr().err
