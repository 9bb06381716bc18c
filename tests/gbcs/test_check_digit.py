from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.check_digit import check_digit

DIGITS = st.text("0123456789", min_size=1, max_size=24)


TABLE_A = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
TABLE_B = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
TABLE_C = "1267583094"


def by_the_tables(digits: str) -> str:
    """The check digit by GBCS Tables 14.8a to 14.8c as they are printed."""
    interim, row = 0, 4
    for digit in digits:
        third = int(TABLE_A[row][int(digit)])
        row = row + 1 if row < 7 else 0
        interim = int(TABLE_B[interim][third])
    return TABLE_C[interim]


@given(DIGITS)
def test_digit_is_that_of_the_printed_tables(digits: str) -> None:
    assert check_digit(digits) == by_the_tables(digits)


@given(DIGITS, st.data())
def test_one_wrong_digit_is_noticed(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([each for each in "0123456789" if each != digits[place]]))

    changed = digits[:place] + wrong + digits[place + 1 :]

    assert check_digit(changed) != check_digit(digits)


@given(DIGITS.filter(lambda digits: len(digits) > 1), st.data())
def test_two_neighbours_that_changed_places_are_noticed(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(digits) - 2))
    first, second = digits[place], digits[place + 1]

    changed = digits[:place] + second + first + digits[place + 2 :]

    assert first == second or check_digit(changed) != check_digit(digits)
