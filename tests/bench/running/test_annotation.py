"""Hexdumps with names: every octet is there once, each part under its name."""

from hypothesis import given
from hypothesis import strategies as st

from emulator.bench.running.annotation import annotated
from emulator.gbcs.meaning.tree import Tree


def test_each_part_has_its_octets_and_its_name() -> None:
    tree = Tree("message", "", (Tree("counter", "1", (), 2), Tree("payload", "", (), 4)), 0)

    assert annotated(bytes.fromhex("0102030405"), tree).splitlines() == [
        f"0000  {'01 02':<47}  header",
        f"0002  {'03 04':<47}  counter: 1",
        f"0004  {'05':<47}  payload",
    ]


def test_a_long_part_goes_on_without_its_name() -> None:
    rows = annotated(bytes(20), Tree("message", "", (Tree("data", "", (), 1),), 0)).splitlines()

    assert [row[:4] for row in rows] == ["0000", "0001", "0011"]
    assert rows[1].endswith("data")
    assert not rows[2].endswith("data")


@given(st.binary(min_size=1, max_size=80), st.lists(st.integers(0, 90), max_size=6))
def test_every_octet_is_there_once_in_order(octets: bytes, places: list[int]) -> None:
    tree = Tree("m", "", tuple(Tree("part", "", (), at) for at in places), 0)

    rows = annotated(octets, tree).splitlines()

    assert b"".join(bytes.fromhex(row[6:53]) for row in rows) == octets
