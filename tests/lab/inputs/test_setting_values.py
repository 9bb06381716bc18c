from contextlib import suppress
from datetime import timedelta
from enum import Enum
from typing import Any, Literal, NewType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import UsageError
from emulator.kernel.units import Duration, minutes
from emulator.lab.inputs.setting_values import parse_value

Watts = NewType("Watts", int)


class Colour(Enum):
    DARK_RED = 1
    BLUE = 2


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("15 min", Duration, minutes(15)),
        ("2 h", timedelta, timedelta(hours=2)),
        (" 0x0109 ", int, 0x0109),
        ("-3", int, -3),
        ("0.5", float, 0.5),
        ("ON", bool, True),
        ("no", bool, False),
        ("any text", str, "any text"),
        ("01:02-ff", bytes, b"\x01\x02\xff"),
        ("dark-red", Colour, Colour.DARK_RED),
        ("7", Watts, 7),
        ("2", Literal[1, 2], 2),
        ("none", int | None, None),
        ("4", int | None, 4),
        ("11, 14,", tuple[int, ...], (11, 14)),
        ("", tuple[int, ...], ()),
    ],
)
def test_value_is_read_by_the_type_of_the_setting(text: str, kind: Any, value: object) -> None:
    assert parse_value(text, kind) == value


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("soon", Duration, "expected a duration such as 500 ms, 15 min or 2 h"),
        ("9" * 400 + " h", Duration, "expected a duration such as 500 ms, 15 min or 2 h"),
        ("999999999999 d", timedelta, "expected 999999999 days at most"),
        ("three", int, "expected a whole number"),
        ("three", float, "expected a number"),
        ("nan", float, "expected a finite number"),
        ("-inf", float, "expected a finite number"),
        ("maybe", bool, "expected on or off"),
        ("0g", bytes, "expected octets in hexadecimal"),
        ("green", Colour, "expected one of dark_red, blue"),
        ("3", Literal[1, 2], "expected one of 1, 2"),
        ("1, x", tuple[int, ...], "expected a whole number"),
        ("1", dict, "expected no value: this setting cannot be written on a command line"),
        (
            "1",
            tuple[int, int],
            "expected no value: this setting cannot be written on a command line",
        ),
    ],
)
def test_text_that_is_no_such_value_says_what_was_expected(
    text: str, kind: Any, expected: str
) -> None:
    with pytest.raises(UsageError) as refusal:
        parse_value(text, kind)

    assert str(refusal.value) == expected


@given(
    st.text(), st.sampled_from([Duration, timedelta, int, float, bool, bytes, Colour, int | None])
)
def test_any_text_gives_a_value_or_a_refusal(text: str, kind: Any) -> None:
    with suppress(UsageError):
        parse_value(text, kind)
