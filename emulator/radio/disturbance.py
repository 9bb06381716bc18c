"""The seam for everything on the air that is no frame of this air: Wi-Fi, noise, other HANs."""

from collections.abc import Sequence
from typing import Protocol

from emulator.kernel.units import Instant
from emulator.radio.port import Channel

Piece = tuple[Instant, float]
"""Until when, and how strong meanwhile, mW in the bandwidth of the channel."""


class Disturbance(Protocol):
    """Power at a place, channel by channel, as time goes on."""

    def pieces(
        self, place: str, channel: Channel, span: tuple[Instant, Instant]
    ) -> Sequence[Piece]:
        """What disturbs during a span, piece by piece, in order.

        The first piece begins with the span, and the last one ends with it or later.
        """
        ...

    def most(self, place: str, channel: Channel) -> float:
        """More than this is never there, mW: what need not be looked at more closely."""
        ...


class Quiet:
    """Nothing disturbs."""

    def pieces(
        self,
        place: str,  # noqa: ARG002 - it is quiet everywhere
        channel: Channel,  # noqa: ARG002 - and on every channel
        span: tuple[Instant, Instant],
    ) -> Sequence[Piece]:
        """As `Disturbance.pieces`."""
        return ((span[1], 0.0),)

    def most(self, place: str, channel: Channel) -> float:  # noqa: ARG002 - it is quiet everywhere
        """As `Disturbance.most`."""
        return 0.0
