"""In which line a key stands, whatever stands around it."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.toml_places import line_of, places

TEXT = '''\
a = 1
b = [
  "x = 1",
  # c = 2
]
[[devices]]
kind = "ESME" # [x]
[[devices]]
kind = "GSME"
[devices.profile.without]
"ECS 1" = """
z = 3
"""
[select]
q.r = {z = "a#b"}
last = 'it''s'
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("b",), 2),
        (("devices", 0, "kind"), 7),
        (("devices", 1), 8),
        (("devices", 1, "kind"), 9),
        (("devices", 1, "profile", "without", "ECS 1"), 11),
        (("select",), 14),
        (("select", "q", "r"), 15),
    ],
)
def test_keys_stand_where_they_are(path: tuple[str | int, ...], line: int) -> None:
    assert places(TEXT)[path] == line


def test_what_is_inside_long_values_is_no_key() -> None:
    found = places(TEXT)

    assert ("c",) not in found
    assert ("devices", 1, "profile", "without", "z") not in found


def test_a_key_that_is_not_there_stands_where_its_table_does() -> None:
    found = places(TEXT)

    assert line_of(found, ("devices", 1, "name")) == 8
    assert line_of(found, ("nowhere", 3)) == 1


@given(st.lists(st.sampled_from("abcdef"), unique=True, max_size=6))
def test_every_key_of_a_plain_text_has_its_own_line(names: list[str]) -> None:
    text = "".join(f"{name} = 1\n" for name in names)

    assert set(tomllib.loads(text)) == set(names)
    assert [places(text)[name,] for name in names] == list(range(1, len(names) + 1))
