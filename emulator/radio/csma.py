"""Unslotted CSMA/CA at 2.4 GHz (IEEE 802.15.4-2006 7.5.1.4)."""

from typing import Final

from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant
from emulator.radio.air import Air
from emulator.radio.channel_access import Access, Step
from emulator.radio.phy.pages import SYMBOL, phy_of
from emulator.radio.port import Channel
from emulator.radio.settings import CsmaSettings

UNIT_BACKOFF: Final = Duration(20 * SYMBOL)
"""aUnitBackoffPeriod (Table 85)."""
_CCA_TIME: Final = phy_of(0).cca_time


class CsmaCa:
    """Backs off at random, longer each time the channel was busy.

    Args:
        name: the place.
        air: where it listens.
        stream: where back-offs come from.
        settings: exponents and counts.
    """

    counts = False

    def __init__(self, name: str, air: Air, stream: Stream, settings: CsmaSettings) -> None:
        self._name = name
        self._air = air
        self._stream = stream
        self._settings = settings
        self._channel = Channel(0, 11)
        self._backoffs = 0
        self._exponent = 0
        self._most = settings.max_backoffs

    def begin(
        self,
        channel: Channel,
        airtime: Duration,  # noqa: ARG002 - every frame competes alike
        now: Instant,  # noqa: ARG002 - the air knows the time
        max_backoffs: int | None = None,
    ) -> Step:
        """As `ChannelAccess.begin`."""
        self._channel = channel
        self._backoffs = 0
        usual = self._settings.max_backoffs
        self._most = usual if max_backoffs is None else max_backoffs
        self._exponent = self._settings.min_backoff_exponent
        return self._back_off()

    def assess(self, now: Instant, *, engaged: bool) -> Step:  # noqa: ARG002 - the air knows the time
        """As `ChannelAccess.assess`."""
        if not engaged and not self._air.busy(self._name, self._channel):
            return Access.CLEAR
        self._backoffs += 1
        self._exponent = min(self._exponent + 1, self._settings.max_backoff_exponent)
        if self._backoffs > self._most:
            return Access.REFUSED
        return self._back_off()

    def abandon(self) -> None:
        """As `ChannelAccess.abandon`."""

    def may_acknowledge(self, channel: Channel, airtime: Duration, now: Instant) -> bool:  # noqa: ARG002 - always, at 2.4 GHz
        """As `ChannelAccess.may_acknowledge`."""
        return True

    def sends(self, airtime: Duration, now: Instant, *, acknowledgement: bool) -> None:
        """As `ChannelAccess.sends`: nothing is counted at 2.4 GHz."""

    def _back_off(self) -> Duration:
        periods = self._stream.integer(0, (1 << self._exponent) - 1)
        return Duration(periods * UNIT_BACKOFF + _CCA_TIME)
