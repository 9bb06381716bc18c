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

    def rss(self, sender: str, receiver: str, page: int = 0) -> float | None:
        """Strength in dBm at which `receiver` hears 0 dBm of `sender`; None when out of reach.

        Args:
            sender: the place of the transmitter.
            receiver: the place of the receiver.
            page: the channel page, which says the band.
        """
        ...

    def loss(self, sender: str, receiver: str) -> float:
        """Probability that a frame is lost on the way, collisions and noise aside."""
        ...


class AdjustableLinks(Links, Protocol):
    """Links of which a scenario can say something else."""

    def set_rss(self, one: str, other: str, rss: int | None, page: int | None = None) -> None:
        """From now on `one` and `other` hear 0 dBm of each other at `rss` dBm, or not at all."""
        ...

    def forget_rss(self, one: str, other: str) -> None:
        """From now on `one` and `other` hear each other as if nothing had been said."""
        ...

    def set_loss(self, one: str, other: str, loss: float) -> None:
        """From now on a frame between `one` and `other` is lost with probability `loss`."""
        ...

    def set_default_loss(self, loss: float) -> None:
        """From now on every pair of which nothing else was said loses frames like this."""
        ...


class SymmetricLinks:
    """Links that are equal both ways: one default and what was said about single pairs."""

    def __init__(self, rss: int | None = _USUAL.rss, loss: float = _USUAL.loss) -> None:
        self._default_rss = rss
        self._default_loss = loss
        self._rss: dict[frozenset[str], int | None] = {}
        self._rss_of_page: dict[tuple[frozenset[str], int], int | None] = {}
        self._loss: dict[frozenset[str], float] = {}
        self.version = 0

    def set_rss(self, one: str, other: str, rss: int | None, page: int | None = None) -> None:
        """From now on `one` and `other` hear 0 dBm of each other at `rss` dBm, or not at all.

        Args:
            one: a place.
            other: another place.
            rss: dBm, None out of reach.
            page: the only page of which this is said; all when None.
        """
        pair = frozenset((one, other))
        if page is None:
            self._rss[pair] = rss
            self._rss_of_page = {key: at for key, at in self._rss_of_page.items() if key[0] != pair}
        else:
            self._rss_of_page[pair, page] = rss
        self.version += 1

    def forget_rss(self, one: str, other: str) -> None:
        """From now on `one` and `other` hear each other as pairs do of which nothing is said."""
        pair = frozenset((one, other))
        self._rss.pop(pair, None)
        self._rss_of_page = {key: at for key, at in self._rss_of_page.items() if key[0] != pair}
        self.version += 1

    def set_loss(self, one: str, other: str, loss: float) -> None:
        """From now on a frame between `one` and `other` is lost with probability `loss`."""
        self._loss[frozenset((one, other))] = loss
        self.version += 1

    def set_default_loss(self, loss: float) -> None:
        """From now on every pair of which nothing else was said loses frames like this."""
        self._default_loss = loss
        self.version += 1

    def rss(self, sender: str, receiver: str, page: int = 0) -> int | None:
        """As `Links.rss`."""
        pair = frozenset((sender, receiver))
        if self._rss_of_page and (pair, page) in self._rss_of_page:
            return self._rss_of_page[pair, page]
        return self._rss.get(pair, self._default_rss)

    def loss(self, sender: str, receiver: str) -> float:
        """As `Links.loss`."""
        return self._loss.get(frozenset((sender, receiver)), self._default_loss)
