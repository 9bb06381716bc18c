"""Who hears whom, how strongly, and how often a frame is lost: the seam for propagation models."""

from typing import Final, Protocol

from emulator.radio.settings import AirSettings

_USUAL: Final = AirSettings()


class Links(Protocol):
    """What the air asks about two places."""

    @property
    def version(self) -> int:
        """A number that changes whenever an answer below may have changed."""
        ...

    def rss(self, sender: str, receiver: str) -> int | None:
        """Strength in dBm at which `receiver` hears `sender`; None when out of reach."""
        ...

    def loss(self, sender: str, receiver: str) -> float:
        """Probability that a frame is lost on the way, collisions aside."""
        ...


class SymmetricLinks:
    """Links that are equal both ways: one default and what was said about single pairs."""

    def __init__(self, rss: int | None = _USUAL.rss, loss: float = _USUAL.loss) -> None:
        self._default_rss = rss
        self._default_loss = loss
        self._rss: dict[frozenset[str], int | None] = {}
        self._loss: dict[frozenset[str], float] = {}
        self.version = 0

    def set_rss(self, one: str, other: str, rss: int | None) -> None:
        """From now on `one` and `other` hear each other at `rss` dBm, or not at all."""
        self._rss[frozenset((one, other))] = rss
        self.version += 1

    def set_loss(self, one: str, other: str, loss: float) -> None:
        """From now on a frame between `one` and `other` is lost with probability `loss`."""
        self._loss[frozenset((one, other))] = loss
        self.version += 1

    def set_default_loss(self, loss: float) -> None:
        """From now on every pair of which nothing else was said loses frames like this."""
        self._default_loss = loss
        self.version += 1

    def rss(self, sender: str, receiver: str) -> int | None:
        """As `Links.rss`."""
        return self._rss.get(frozenset((sender, receiver)), self._default_rss)

    def loss(self, sender: str, receiver: str) -> float:
        """As `Links.loss`."""
        return self._loss.get(frozenset((sender, receiver)), self._default_loss)
