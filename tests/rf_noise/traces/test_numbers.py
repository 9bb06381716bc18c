import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.rf_noise.traces.numbers import Decimal, decimal_sign, number, why_no_number


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 6)))
def test_number_comes_back_with_either_sign(value: float) -> None:
    text = f"{value:.6f}"

    assert number(text) == pytest.approx(value)
    assert number(text.replace(".", ","), Decimal.COMMA) == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "-", "nan", "inf", "1.2.3", "1,5", "0x10", "1e999", "1 2"])
def test_what_is_no_finite_number_is_none(text: str) -> None:
    assert number(text) is None


@given(st.text(max_size=30))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    value = number(text)

    assert value is None or abs(value) < float("inf")


def test_the_sign_of_a_file_is_that_of_most_numbers() -> None:
    assert decimal_sign(["1,5", "2,5", "3.5"]) is Decimal.COMMA
    assert decimal_sign(["1.5", "2"]) is Decimal.POINT
    assert decimal_sign([]) is Decimal.POINT


def test_a_wrong_number_is_explained() -> None:
    assert "thousands" in why_no_number("1.234,5", Decimal.COMMA)
    assert "other numbers" in why_no_number("-95.3", Decimal.COMMA)
    assert "no number" in why_no_number("abc", Decimal.POINT)
