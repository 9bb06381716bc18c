import pytest

from emulator.gbcs.commands.parameter_elements import (
    date_of,
    inner_elements,
    number_of,
    numbers_of,
    repeated,
    whole_number,
)
from emulator.kernel.errors import UsageError


def test_one_element_is_a_list_of_one() -> None:
    assert repeated({"Day": {"Name": "1"}}, "Day") == [{"Name": "1"}]
    assert repeated({"Day": [{"Name": "1"}, {"Name": "2"}]}, "Day")[1] == {"Name": "2"}
    assert repeated({}, "Day") == []
    assert numbers_of({"Price": "5"}, "Price") == [5]
    assert numbers_of({"Price": ["5", 6]}, "Price") == [5, 6]


def test_a_number_may_be_the_text_of_an_element_with_attributes() -> None:
    assert whole_number({"index": "1", "value": "7"}, "Price") == 7
    assert number_of({"Price": "-7"}, "Price") == -7


def test_parts_of_a_date_may_be_left_open() -> None:
    electricity = {"Year": {"SpecifiedYear": "2015"}, "Month": {"SpecifiedMonth": "3"}}
    gas = {"GasDayOfMonthWithWildcards": {"SpecifiedDayOfMonth": "20"}}

    assert date_of(electricity) == "2015-03-*"
    assert date_of(gas) == "*-*-20"


@pytest.mark.parametrize("written", [{}, {"Day": "1"}, {"Day": None}], ids=["none", "text", "null"])
def test_an_element_without_elements_is_refused(written: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="Day is missing or has no elements"):
        inner_elements(written, "Day")


def test_a_repetition_of_texts_is_no_repetition_of_elements() -> None:
    with pytest.raises(UsageError, match="Day: expected elements"):
        repeated({"Day": ["1"]}, "Day")


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(UsageError, match="Price is 'five'"):
        number_of({"Price": "five"}, "Price")
    with pytest.raises(UsageError, match="Price is None"):
        number_of({}, "Price")
