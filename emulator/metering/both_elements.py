"""Half hours of both elements of a meter, added up for who looks at the meter as a whole.

Maximum demand is of active power import, 1-0:1.6.0 of the meter (GBCS ECS18a, ECS18b). That this is
the sum of both elements, as in ECS17c, is unverified: the text of SMETS2 is not at hand.
"""

from collections.abc import Iterator, Sequence

from emulator.metering.following import HalfHourly


def follows_import(
    followers: Sequence[HalfHourly], second: int | None
) -> Iterator[tuple[int, HalfHourly]]:
    """Who follows which channel of a meter, so that each is given what is imported.

    Args:
        followers: of the import of the meter.
        second: place of the channel of a second element; None without one.

    Returns:
        places and followers, for a meter that goes through its channels in their order.
    """
    for each in followers:
        if second is None:
            yield 0, each
        else:
            first = _First()
            yield 0, first
            yield second, _Second(first, each)


class _First:
    """Keeps what passes through the first element until the second one is told of its own."""

    def __init__(self) -> None:
        self.amount = 0
        self.amounts: Sequence[int] = ()

    def passed(self, amount: int, start: int, end: int) -> None:  # noqa: ARG002 - the one shape
        """Keep it."""
        self.amount = amount

    def half_hours(self, slot: int, amounts: Sequence[int]) -> None:  # noqa: ARG002 - the one shape
        """Keep them."""
        self.amounts = amounts


class _Second:
    """Hands on what passes through both."""

    def __init__(self, first: _First, follower: HalfHourly) -> None:
        self._first = first
        self._follower = follower

    def passed(self, amount: int, start: int, end: int) -> None:
        """Add it to what passed through the first."""
        self._follower.passed(self._first.amount + amount, start, end)

    def half_hours(self, slot: int, amounts: Sequence[int]) -> None:
        """Add each to that of the first."""
        both = [one + other for one, other in zip(self._first.amounts, amounts, strict=True)]
        self._follower.half_hours(slot, both)
