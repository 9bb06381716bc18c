from collections.abc import Callable
from typing import Any

import pytest

from emulator.gbcs.json_form.fields import (
    eui64_in,
    list_in,
    number_in,
    object_in,
    octets_in,
    text_in,
)
from emulator.kernel.errors import UsageError


def test_fields_are_taken_with_their_type() -> None:
    assert object_in({"a": 1}, "x") == {"a": 1}
    assert list_in([1], "x") == [1]
    assert (number_in(5, "x"), text_in("a", "x"), octets_in("41 42", "x")) == (5, "a", b"AB")
    assert eui64_in("00-DB-12-34-56-78-90-A0", "x") == 0x00DB1234567890A0


@pytest.mark.parametrize(
    ("take", "value"),
    [
        (object_in, []),
        (list_in, {}),
        (number_in, -1),
        (number_in, True),
        (number_in, "5"),
        (text_in, 5),
        (octets_in, "4"),
        (octets_in, None),
        (eui64_in, "00DB"),
    ],
)
def test_a_field_of_another_type_is_refused_with_its_place(
    take: Callable[[Any, str], Any], value: Any
) -> None:
    with pytest.raises(UsageError, match=r"^message\.x: found "):
        take(value, "message.x")
