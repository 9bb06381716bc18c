from emulator.radio.links import SymmetricLinks
from emulator.radio.settings import AirSettings

USUAL = AirSettings()


def test_pair_nothing_was_said_of_has_the_defaults() -> None:
    links = SymmetricLinks(loss=0.1)

    assert links.rss("a", "b") == USUAL.rss
    assert links.loss("a", "b") == 0.1


def test_what_was_said_of_a_pair_holds_both_ways_and_for_it_alone() -> None:
    links = SymmetricLinks()

    links.set_rss("a", "b", None)
    links.set_loss("b", "c", 0.5)

    assert links.rss("b", "a") is None
    assert links.loss("c", "b") == 0.5
    assert links.rss("a", "c") == USUAL.rss
    assert links.loss("a", "c") == USUAL.loss


def test_every_change_changes_the_version() -> None:
    links = SymmetricLinks()
    seen = [links.version]

    links.set_rss("a", "b", -80)
    seen.append(links.version)
    links.set_loss("a", "b", 0.5)
    seen.append(links.version)
    links.set_default_loss(0.2)
    seen.append(links.version)

    assert len(set(seen)) == 4
    assert links.loss("a", "c") == 0.2


def test_what_was_said_of_one_page_holds_there_until_something_is_said_of_all() -> None:
    links = SymmetricLinks()

    links.set_rss("a", "b", None, page=0)

    assert links.rss("b", "a") is None
    assert links.rss("b", "a", 28) == USUAL.rss
    links.set_rss("a", "b", -70)
    assert links.rss("a", "b") == links.rss("a", "b", 28) == -70


def test_pair_that_is_forgotten_has_the_defaults_again() -> None:
    links = SymmetricLinks()
    links.set_rss("a", "b", None)
    links.set_rss("a", "b", -30, page=31)

    links.forget_rss("b", "a")

    assert links.rss("a", "b") == links.rss("a", "b", 31) == USUAL.rss
