"""Who is on which side of a bridge, learnt from who is heard where."""

from dataclasses import dataclass, field

from emulator.alt_han.bridge.primitives import Seen
from emulator.radio.port import RadioAliases


@dataclass(slots=True)
class Sides:
    """The devices heard at this end, and those that the other end has heard."""

    mine: set[Seen] = field(default_factory=set)
    theirs: set[Seen] = field(default_factory=set)

    def heard_here(self, device: Seen) -> bool:
        """Take note of a device at this end; whether that is news."""
        news = device not in self.mine
        self.mine.add(device)
        self.theirs.discard(device)
        return news

    def heard_there(self, device: Seen) -> None:
        """The other end heard a device: it is not at this one, or not any more."""
        self.theirs.add(device)
        self.mine.discard(device)

    def aliases(self) -> RadioAliases:
        """For whom this end has to answer."""
        return RadioAliases(
            frozenset(each.short for each in self.theirs if each.short is not None),
            frozenset(each.extended for each in self.theirs if each.extended is not None),
        )
