import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.meaning.tree import Tree, lines
from emulator.gbcs.meaning.zcl_commands import COMMAND_FIELDS
from emulator.gbcs.meaning.zcl_fields import command_trees
from emulator.kernel.errors import WireError


def _text(fields: str, octets: str) -> list[str]:
    return list(lines(Tree("x", "", command_trees(fields, bytes.fromhex(octets)))))[1:]


@pytest.mark.parametrize(
    ("kind", "octets", "text"),
    [
        ("u8", "05", "5"),
        ("u24", "E80300", "1000"),
        ("i32", "FEFFFFFF", "-2"),
        ("map8", "05", "00000101"),
        ("utc", "80510100", "2000-01-02 00:00:00 UTC"),
        ("utc", "FFFFFFFF", "never"),
        ("date", "73 0C 19 FF", "2015-12-25"),
        ("date", "FF FF 01 FF", "*-*-01"),
        ("octstr", "02 4869", "'Hi'"),
        ("octstr", "02 00FF", "00FF"),
        ("octstr", "FF", "empty"),
        ("rest", "0102", "0102"),
    ],
)
def test_a_field_reads_as_people_write_it(kind: str, octets: str, text: str) -> None:
    assert _text(f"field:{kind}", octets) == [f"  field: {text}"]


def test_fields_after_the_star_repeat_to_the_end() -> None:
    assert _text("count:u8 * id:u8 price:u16", "02 01 0A00 02 0B00") == [
        "  count: 2",
        "  [1]",
        "    id: 1",
        "    price: 10",
        "  [2]",
        "    id: 2",
        "    price: 11",
    ]


def test_an_optional_field_may_be_left_out_at_the_end() -> None:
    assert _text("one:u8 two:u8?", "01") == ["  one: 1"]
    assert _text("one:u8 two:u8?", "01 02") == ["  one: 1", "  two: 2"]


def test_each_field_is_where_its_offset_says() -> None:
    trees = command_trees("one:u8 two:u16 * id:u8", bytes(5), 10)

    assert [tree.offset for tree in trees] == [10, 11, 13, 14]


@pytest.mark.parametrize(
    ("fields", "octets", "path"),
    [
        ("one:u16", "01", "one"),
        ("one:octstr", "05 41", "one"),
        ("one:octstr", "", "one"),
        ("one:u8", "01 02", "payload"),
        ("* one:u16", "0100 01", "one"),
    ],
)
def test_octets_that_do_not_fit_are_refused_by_field(fields: str, octets: str, path: str) -> None:
    with pytest.raises(WireError) as caught:
        command_trees(fields, bytes.fromhex(octets))

    assert caught.value.path == path


@given(st.sampled_from(sorted(COMMAND_FIELDS.values())), st.binary(max_size=80))
def test_any_octets_have_fields_or_a_wire_error(fields: str, octets: bytes) -> None:
    try:
        trees = command_trees(fields, octets)
    except WireError as error:
        assert 0 <= error.offset <= len(octets) + 1  # noqa: PT017 - either outcome is right
    else:
        assert trees or not octets
