"""Texts that stand once each."""

from emulator.bench.report.texts import Texts


def test_a_text_has_one_number_and_the_empty_one_is_zero() -> None:
    texts = Texts()

    places = [texts.place(each) for each in ("a", "b", "a", "")]

    assert places == [1, 2, 1, 0]
    assert texts.listed() == ["", "a", "b"]
