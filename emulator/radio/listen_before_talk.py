"""Listen before talk on channel pages 28 to 31, in place of CSMA/CA (R22 Annex D).

The channel must be free for 5 ms and a random while; after a transmission of its own a radio stays
off the air for 100 ms. Acknowledgements need neither, within a dialogue of limited length.
"""

from typing import TYPE_CHECKING

from emulator.kernel.streams import Stream
from emulator.kernel.units import NEVER, Duration, Instant, later
from emulator.radio.access_settings import ListenBeforeTalkSettings
from emulator.radio.air import Air
from emulator.radio.channel_access import Access, Step
from emulator.radio.duty_cycle import DutyCycle
from emulator.radio.phy.pages import phy_of
from emulator.radio.port import Channel, DutyMode

if TYPE_CHECKING:
    from emulator.radio.signals import Meter


class ListenBeforeTalk:
    """The rules of the sub-GHz pages, kept by one radio.

    Args:
        name: the place.
        air: where it listens.
        stream: where the random part of listening comes from.
        settings: times and counts.
        duty: what was sent in the last hour.
    """

    counts = True

    def __init__(
        self,
        name: str,
        air: Air,
        stream: Stream,
        settings: ListenBeforeTalkSettings,
        duty: DutyCycle,
    ) -> None:
        self._name = name
        self._air = air
        self._stream = stream
        self._settings = settings
        self._duty = duty
        self._channel: Channel | None = None
        self._meter: Meter | None = None
        self._tries = 0
        self._began = Instant(0)
        self._off_until = Instant(0)
        self._dialogue = Duration(0)
        self._last_end = NEVER

    def begin(
        self,
        channel: Channel,
        airtime: Duration,
        now: Instant,
        max_backoffs: int | None = None,  # noqa: ARG002 - a count of CSMA/CA
    ) -> Step:
        """As `ChannelAccess.begin`: wait for the off time to pass, then listen."""
        self.abandon()
        regulated = self._duty.mode(now, channel.page) is DutyMode.REGULATED
        if regulated or airtime > self._settings.longest_packet:
            return Access.REFUSED
        self._channel = channel
        self._tries = 0
        self._began = Instant(max(now, self._off_until))
        return self._listen() if self._began == now else Duration(self._began - now)

    def assess(self, now: Instant, *, engaged: bool) -> Step:
        """As `ChannelAccess.assess`."""
        channel, meter = self._channel, self._meter
        if channel is None:
            return Access.REFUSED
        if meter is None:
            return self._listen()
        self._air.release(meter)
        self._meter = None
        peak = meter.peak
        if not engaged and (peak is None or peak < phy_of(channel.page).cca_threshold):
            return Access.CLEAR
        self._tries += 1
        if self._tries > self._settings.retries or now - self._began >= self._settings.timeout:
            return Access.REFUSED
        return self._listen()

    def abandon(self) -> None:
        """As `ChannelAccess.abandon`."""
        if self._meter is not None:
            self._air.release(self._meter)
            self._meter = None

    def may_acknowledge(self, channel: Channel, airtime: Duration, now: Instant) -> bool:
        """As `ChannelAccess.may_acknowledge`: within the dialogue and what the regulator allows."""
        within = self._running(now) + airtime <= self._settings.longest_dialogue
        return within and self._duty.fits(airtime, now, channel.page)

    def sends(self, airtime: Duration, now: Instant, *, acknowledgement: bool) -> None:
        """As `ChannelAccess.sends`."""
        self._duty.add(airtime, now)
        self._dialogue = Duration(self._running(now) + airtime)
        self._last_end = later(now, airtime)
        if not acknowledgement:
            self._off_until = later(self._last_end, self._settings.off_time)

    def _running(self, now: Instant) -> Duration:
        """Air time of the dialogue that goes on at `now`."""
        over = self._last_end == NEVER or now - self._last_end >= self._settings.off_time
        return Duration(0) if over else self._dialogue

    def _listen(self) -> Duration:
        assert self._channel is not None  # noqa: S101 - `begin` comes first
        self._meter = self._air.meter(self._name, self._channel)
        steps = self._stream.integer(0, self._settings.steps)
        return Duration(self._settings.free + steps * self._settings.step)
