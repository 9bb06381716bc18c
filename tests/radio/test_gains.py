import pytest

from emulator.kernel.units import Instant, seconds
from emulator.radio.gains import Gains
from emulator.radio.links import SymmetricLinks
from emulator.radio.propagation.fading import Fading


def test_gain_is_that_of_the_link_in_both_scales() -> None:
    gain = Gains(SymmetricLinks(-70), None).between("a", "b", 0, Instant(5))

    assert gain.decibels == -70
    assert gain.linear == pytest.approx(1e-7)


def test_gain_out_of_reach_is_nothing() -> None:
    gain = Gains(SymmetricLinks(None), None).between("a", "b", 0, Instant(5))

    assert gain.linear == 0
    assert gain.decibels == float("-inf")


def test_link_that_changes_changes_the_gain() -> None:
    links = SymmetricLinks(-70)
    gains = Gains(links, None)
    before = gains.between("a", "b", 0, Instant(5)).decibels

    links.set_rss("b", "a", -50)

    assert (before, gains.between("a", "b", 0, Instant(5)).decibels) == (-70, -50)


def test_fading_counts_at_its_time_whatever_was_asked_before() -> None:
    fading = Fading(1, 4.0, seconds(10))
    gains = Gains(SymmetricLinks(-70), fading)

    for moment in (55, 3, 101, 3):
        at = Instant(seconds(moment))
        lost = fading.loss("a", "b", "2.4 GHz", at)
        assert gains.between("a", "b", 0, at).decibels == pytest.approx(-70 - lost)
