import hashlib
import random  # noqa: TID251 - what the streams are compared with
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.errors import LocalError
from emulator.kernel.streams import Stream, Streams
from emulator.kernel.units import Duration

PROGRAM = """
from emulator.kernel.streams import Streams
stream = Streams(7).stream("meter", "backoff")
print([stream.integer(0, 7) for _ in range(8)], stream.octets(4).hex())
"""


def test_the_draws_of_a_stream_never_change() -> None:
    stream = Streams(7).stream("meter", "backoff")

    assert [stream.integer(0, 7) for _ in range(8)] == [1, 2, 1, 5, 6, 4, 5, 5]
    assert stream.octets(4).hex() == "cb2670cd"
    assert stream.duration(Duration(0), Duration(1_000_000)) == 915_094
    assert stream.choice("abcdef") == "e"
    assert [stream.chance(0.5) for _ in range(6)] == [False, False, False, True, False, False]


def test_the_draws_do_not_depend_on_the_hash_seed() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "4711")
    }

    assert len(printed) == 1


def test_equal_keys_start_from_the_same_draw() -> None:
    streams = Streams(1)
    first = streams.stream("hub", "keys")
    first.octets(100)

    again = streams.stream("hub", "keys")

    assert again.octets(16) == Streams(1).stream("hub", "keys").octets(16)


@given(seed=st.integers(0, 2**32), other=st.integers(0, 2**32))
def test_seeds_nodes_and_purposes_draw_apart(seed: int, other: int) -> None:
    draws = {
        Streams(key).stream(node, purpose).octets(16)
        for key in {seed, other}
        for node in ("meter", "hub")
        for purpose in ("keys", "backoff")
    }

    assert len(draws) == 4 * len({seed, other})


def test_drawing_more_in_one_stream_moves_no_other() -> None:
    streams = Streams(3)
    alone = streams.stream("meter", "keys").octets(8)
    busy = streams.stream("meter", "backoff")
    beside = streams.stream("meter", "keys")

    busy.octets(1_000)

    assert beside.octets(8) == alone


@given(low=st.integers(-100, 100), width=st.integers(0, 100))
def test_a_number_lies_within_its_bounds(low: int, width: int) -> None:
    stream = Streams(0).stream("node", "test")

    assert low <= stream.integer(low, low + width) <= low + width
    assert low <= stream.duration(Duration(low), Duration(low + width)) <= low + width


def test_chance_knows_never_and_always() -> None:
    stream = Streams(0).stream("node", "test")

    assert not any(stream.chance(0) for _ in range(100))
    assert all(stream.chance(1) for _ in range(100))


def test_octets_are_as_many_as_asked_for() -> None:
    stream = Streams(0).stream("node", "test")

    assert [len(stream.octets(count)) for count in (0, 1, 16)] == [0, 1, 16]


def test_whole_numbers_are_drawn_as_the_standard_library_draws_them() -> None:
    key = "1|node|purpose"
    seed = int.from_bytes(hashlib.sha256(key.encode()).digest(), "big")
    usual = random.Random(seed)  # noqa: S311 - what is compared with
    stream = Stream(key)
    spans = [(0, 0), (0, 7), (1, 6), (-3, 90_000), (5, 5)] * 40

    assert [stream.integer(*each) for each in spans] == [usual.randint(*each) for each in spans]


def test_an_empty_span_has_no_number() -> None:
    with pytest.raises(LocalError, match="from 2 to 1"):
        Stream("1|node|purpose").integer(2, 1)
