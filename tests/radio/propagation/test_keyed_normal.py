from statistics import fmean, pstdev

import pytest

from emulator.radio.propagation.keyed_normal import keyed_normal, pair


def test_draws_are_normal_and_belong_to_their_words() -> None:
    draws = [keyed_normal("1", "test", str(number)) for number in range(4_000)]

    assert fmean(draws) == pytest.approx(0, abs=0.06)
    assert pstdev(draws) == pytest.approx(1, abs=0.04)
    assert keyed_normal("1", "test", "7") == draws[7]
    assert keyed_normal("2", "test", "7") != draws[7]


def test_pair_does_not_depend_on_which_is_first() -> None:
    assert pair("b", "a") == pair("a", "b") == ("a", "b")
