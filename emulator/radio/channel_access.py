"""How a radio comes by the channel: the one seam between CSMA/CA and listen before talk.

A radio begins, waits as long as it is told, assesses, and either sends, waits again or gives up.
"""

from enum import Enum, auto
from typing import Protocol

from emulator.kernel.units import Duration, Instant
from emulator.radio.port import Channel


class Access(Enum):
    """What an assessment comes to, where it is not another wait."""

    CLEAR = auto()
    REFUSED = auto()


Step = Duration | Access
"""How long until the next assessment, or the end of it."""


class ChannelAccess(Protocol):
    """The rules of one band, kept by one radio.

    Args:
        counts: whether it has to know of every transmission, its air time and what is acknowledged.
    """

    counts: bool

    def begin(
        self,
        channel: Channel,
        airtime: Duration,
        now: Instant,
        max_backoffs: int | None = None,
    ) -> Step:
        """Start to compete for a frame that lasts `airtime`.

        Args:
            channel: where it is sent.
            airtime: how long it lasts.
            now: when.
            max_backoffs: of this frame alone; None for the usual ones.
        """
        ...

    def assess(self, now: Instant, *, engaged: bool) -> Step:
        """Look at the channel; `engaged` says that the radio owes an acknowledgement itself."""
        ...

    def abandon(self) -> None:
        """Compete no longer."""
        ...

    def may_acknowledge(self, channel: Channel, airtime: Duration, now: Instant) -> bool:
        """Whether an acknowledgement may go out."""
        ...

    def sends(self, airtime: Duration, now: Instant, *, acknowledgement: bool) -> None:
        """Count a transmission that begins now."""
        ...
