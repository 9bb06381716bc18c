import pytest

from emulator.testing.judges.judges import REQUIRE_VARIABLE, require


def test_a_judge_that_is_there_lets_the_test_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRE_VARIABLE, "1")

    require("tshark", True, "apt-get install tshark")


def test_a_missing_judge_skips_and_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRE_VARIABLE, raising=False)

    with pytest.raises(pytest.skip.Exception) as skipped:
        require("tshark", False, "apt-get install tshark")

    assert str(skipped.value) == "judge missing: tshark (apt-get install tshark)"


def test_a_missing_judge_fails_where_judges_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRE_VARIABLE, "1")

    with pytest.raises(pytest.fail.Exception) as failed:
        require("tshark", False, "apt-get install tshark")

    assert str(failed.value) == "judge missing: tshark (apt-get install tshark)"
