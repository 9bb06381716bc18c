import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.lab.shipments.mpxn import mpan_check_digit, mpan_doubt, mprn_check_digits, mprn_doubt


@pytest.mark.parametrize("mpan", ["1200012345688", "1200012345679", "1800021679848"])
def test_mpan_with_its_check_digit_raises_no_doubt(mpan: str) -> None:
    assert mpan_doubt(mpan) is None


@pytest.mark.parametrize("mprn", ["7412345608", "3938424403"])
def test_mprn_with_its_check_digits_raises_no_doubt(mprn: str) -> None:
    assert mprn_doubt(mprn) is None


def test_wrong_check_digits_are_told_with_the_right_ones() -> None:
    assert mpan_doubt("1200012345689") == "MPAN check digit 9, expected 8"
    assert mprn_doubt("7412345609") == "MPRN check digits 09, expected 08"


@pytest.mark.parametrize("text", ["120001234568", "12000123456888", "12000123 5688", "\u0661" * 13])
def test_text_that_is_no_mpan_core_is_doubted(text: str) -> None:
    assert mpan_doubt(text) == "expected an MPAN core of 13 digits"


@pytest.mark.parametrize("text", ["12345", "12345678901", "74123456-8"])
def test_text_that_is_no_mprn_is_doubted(text: str) -> None:
    assert mprn_doubt(text) == "expected an MPRN of 6 to 10 digits"


@given(st.from_regex(r"[0-9]{12}", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_of_a_core_seldom_passes(core: str, place: int, change: int) -> None:
    # A remainder of ten shares its digit with zero, so ten of eleven wrong digits are seen.
    wrong = core[:place] + str((int(core[place]) + change) % 10) + core[place + 1 :]

    before, after = mpan_check_digit(core), mpan_check_digit(wrong)

    assert before != after or "0" in (before, after)


@given(st.from_regex(r"[0-9]{4,8}", fullmatch=True))
def test_check_digits_of_a_body_are_what_the_number_is_checked_by(body: str) -> None:
    assert mprn_doubt(body + mprn_check_digits(body)) is None
