"""Who looks at the import of a meter is given what both of its elements imported."""

from collections.abc import Sequence

from emulator.metering.both_elements import follows_import

Told = list[tuple[object, ...]]


class Listener:
    """Writes down what it is told."""

    def __init__(self) -> None:
        self.told: Told = []

    def passed(self, amount: int, start: int, end: int) -> None:
        self.told.append((amount, start, end))

    def half_hours(self, slot: int, amounts: Sequence[int]) -> None:
        self.told.append((slot, *amounts))


def told(second: int | None) -> Told:
    """What comes of what two channels, the first and the fourth, pass on in their order."""
    listener = Listener()
    follows = list(follows_import((listener,), second))
    for place, amounts, rest in ((0, (1, 2), 3), (4, (10, 20), 30)):
        for follower in (each for at, each in follows if at == place):
            follower.half_hours(7, amounts)
            follower.passed(rest, 5, 6)
    return listener.told


def test_meter_of_one_element_tells_what_that_one_imported() -> None:
    assert told(None) == [(7, 1, 2), (3, 5, 6)]


def test_meter_of_two_elements_tells_what_both_imported() -> None:
    assert told(4) == [(7, 11, 22), (33, 5, 6)]
