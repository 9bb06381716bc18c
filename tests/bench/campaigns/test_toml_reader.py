"""Tables without what they must not have; mistakes in the order of their lines."""

from enum import Enum
from pathlib import Path

from emulator.bench.campaigns.toml_reader import TomlReader


class Speed(Enum):
    SLOW = "slow"
    FAST = "fast"


def reader(text: str) -> TomlReader:
    return TomlReader(Path("c.toml"), text)


def test_unknown_keys_and_wrong_kinds_are_refused_and_the_rest_is_kept() -> None:
    read = reader("a = 1\nb = 2\nc = true\n")

    kept = read.table({"a": 1, "b": 2, "c": True}, {"a": int, "c": int}, ())

    assert kept == {"a": 1}
    assert read.in_order() == (
        "c.toml:2: campaign: unknown key 'b': there is a, c",
        "c.toml:3: campaign: c = true, expected a whole number",
    )


def test_what_is_no_table_is_refused() -> None:
    read = reader("a = 1\n")

    assert read.table(3, {}, ("a",)) == {}
    assert read.in_order() == ("c.toml:1: a: expected a table",)


def test_a_choice_is_one_of_those_there_are() -> None:
    read = reader('x = 1\nspeed = "warp"\n')

    assert read.one_of({}, "speed", Speed, Speed.SLOW) is Speed.SLOW
    assert read.one_of({"speed": "fast"}, "speed", Speed, Speed.SLOW) is Speed.FAST
    assert read.one_of({"speed": "warp"}, "speed", Speed, Speed.SLOW) is Speed.SLOW
    assert read.in_order() == ("c.toml:2: no speed 'warp': there is slow, fast",)


def test_mistakes_are_told_by_line_whenever_they_were_found() -> None:
    read = reader("a = 1\nb = 2\n")

    read.known("z", ("y",), "word", ("b",))
    read.refuse(("a",), "wrong")

    assert read.in_order() == ("c.toml:1: wrong", "c.toml:2: no word 'z': there is y")
    assert read.known("y", ("y",), "word", ("b",))
    assert read.where(("b",)) == "c.toml:2"


def test_of_many_words_those_that_are_like_it_are_told() -> None:
    many = tuple(f"word-{number}" for number in range(30))
    read = reader("b = 2\n")

    read.known("wort-7", many, "word", ("b",))
    read.known("else", many, "word", ("b",))

    near, none = read.in_order()
    assert near.startswith("c.toml:1: no word 'wort-7': perhaps word-7")
    assert none == f"c.toml:1: no word 'else': there is {', '.join(many)}"
