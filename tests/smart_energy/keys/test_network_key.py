"""The network key is drawn once, and lives as long as its network."""

import json

from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.streams import Stream
from emulator.smart_energy.keys.network_key import NetworkKey


def test_key_is_sixteen_octets_of_the_stream() -> None:
    key = NetworkKey()

    key.make(Stream("x"))

    assert key == NetworkKey(Stream("x").octets(16), 0)


def test_key_that_is_there_is_kept() -> None:
    key = NetworkKey(bytes(range(16)), 3)

    key.make(Stream("x"))

    assert key == NetworkKey(bytes(range(16)), 3)


@given(st.binary(min_size=16, max_size=16), st.integers(0, 255))
def test_key_comes_back_from_what_json_knows_of_it(octets: bytes, sequence: int) -> None:
    key = NetworkKey()

    key.restore(json.loads(json.dumps(NetworkKey(octets, sequence).snapshot())))

    assert key == NetworkKey(octets, sequence)


def test_key_becomes_its_successor() -> None:
    key = NetworkKey(bytes(range(16)), 3)

    key.replace(NetworkKey(bytes(16), 4))

    assert key == NetworkKey(bytes(16), 4)
