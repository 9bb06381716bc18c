import pytest

from emulator.radio.phy.pages import frequency
from emulator.radio.port import Channel
from emulator.radio.propagation.distance import FreeSpace, LogDistance, free_space_loss
from emulator.radio.propagation.path_loss import Place
from emulator.radio.propagation.propagated_links import Path, PropagatedLinks
from emulator.radio.propagation.shadowing import Shadowing

NONE = Shadowing(1, 0.0)
HUB, METER = Place("CHF", gain=2.0), Place("ESME", 6.0, gain=-1.5)


def links(sigma: float = 0.0) -> PropagatedLinks:
    path = Path(FreeSpace(), Shadowing(1, sigma))
    return PropagatedLinks((HUB, METER, Place("moon", 4e8)), path)


def test_strength_is_antennas_less_loss() -> None:
    middle = frequency(Channel(0, 19))

    assert links().rss("CHF", "ESME") == pytest.approx(0.5 - free_space_loss(6, middle))
    assert links().rss("ESME", "CHF") == links().rss("CHF", "ESME")


def test_low_band_reaches_farther() -> None:
    high, low = links().rss("CHF", "ESME"), links().rss("CHF", "ESME", 28)

    assert high is not None
    assert low is not None
    assert low - high == pytest.approx(8.97, abs=0.2)


def test_shadowing_moves_a_link_equally_both_ways() -> None:
    shadowed = links(sigma=6.0)

    assert shadowed.rss("CHF", "ESME") == shadowed.rss("ESME", "CHF") != links().rss("CHF", "ESME")


def test_what_is_too_weak_or_nowhere_is_not_heard() -> None:
    assert links().rss("CHF", "moon") is None
    assert links().rss("CHF", "nobody") is None


def test_what_is_said_of_a_pair_weighs_more_until_it_is_forgotten() -> None:
    told = links()
    before = told.rss("CHF", "ESME")

    told.set_rss("CHF", "ESME", None)
    told.set_rss("ESME", "CHF", -50, page=28)

    assert told.rss("ESME", "CHF") is None
    assert told.rss("CHF", "ESME", 28) == -50
    told.forget_rss("CHF", "ESME")
    assert told.rss("CHF", "ESME") == before


def test_device_that_is_moved_is_heard_from_its_new_place() -> None:
    moved = PropagatedLinks((HUB, METER), Path(LogDistance(), NONE))
    before, version = moved.rss("CHF", "ESME"), moved.version

    moved.place(Place("ESME", 60.0))

    after = moved.rss("CHF", "ESME")
    assert before is not None
    assert after is not None
    assert before - after == pytest.approx(30 - 1.5)
    assert moved.version > version


def test_loss_beyond_noise_is_what_was_said() -> None:
    told = links()

    assert told.loss("CHF", "ESME") == 0
    told.set_default_loss(0.1)
    told.set_loss("CHF", "ESME", 0.4)

    assert told.loss("ESME", "CHF") == 0.4
    assert told.loss("ESME", "moon") == 0.1
