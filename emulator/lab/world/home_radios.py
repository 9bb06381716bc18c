"""The radios of a home, and what is captured of them: one file for each band."""

from collections.abc import Callable, Iterable, Sequence

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.units import Calendar
from emulator.lab.radios.real_radios import OUTSIDE
from emulator.radio.air import Air, Transmission
from emulator.radio.bands import Band, band_of
from emulator.radio.capture import Capture, CaptureKey
from emulator.radio.settings import RadioSettings
from emulator.radio.simulated import SimulatedRadio
from emulator.smart_energy.stack_settings import StackSettings

OWN_RSS = 0
"""dBm that a capture notes for what the place of the capture itself sends."""
INAUDIBLE_RSS = -128
"""dBm that a capture notes for what cannot be heard there."""


class HomeRadios:
    """Makes radios, and keeps them for who wants to look at one.

    Args:
        air: the medium.
        scheduler: its time.
        streams: where back-offs come from.
        settings: of the run.
    """

    def __init__(
        self, air: Air, scheduler: Scheduler, streams: Streams, settings: StackSettings
    ) -> None:
        self._air = air
        self._scheduler = scheduler
        self._streams = streams
        self.settings = RadioSettings(
            csma=settings.csma,
            receiver=settings.receiver,
            listen_before_talk=settings.listen_before_talk,
            duty_cycle=settings.duty_cycle,
        )
        self._made: dict[str, list[SimulatedRadio]] = {}

    def make(self, name: str) -> SimulatedRadio:
        """The radio of a device, or the first of a dual-band hub."""
        return self._keep(name, "csma", "")

    def make_second(self, name: str) -> SimulatedRadio:
        """The radio below 1 GHz of a dual-band hub."""
        return self._keep(name, "access below 1 GHz", Band.SUB_GHZ.value)

    def of(self, name: str) -> Sequence[SimulatedRadio]:
        """The radios of a device, first the first."""
        return tuple(self._made.get(name, ()))

    def _keep(self, name: str, purpose: str, port: str) -> SimulatedRadio:
        stream = self._streams.stream(name, purpose)
        radio = SimulatedRadio(name, self._air, self._scheduler, stream, self.settings, port=port)
        self._made.setdefault(name, []).append(radio)
        return radio


class BandCaptures:
    """What was sent on each band, as the hub hears it.

    Args:
        air: the medium.
        calendar: where its time lies.
        place: the hub's name.
        settings: of the run.
    """

    def __init__(self, air: Air, calendar: Calendar, place: str, settings: StackSettings) -> None:
        self._air = air
        self._place = place
        self.heard_outside: Callable[[], int] = lambda: INAUDIBLE_RSS
        """How strongly the last frame of the real air was heard, dBm."""
        self._captures = {band: Capture(calendar, self._heard, settings.receiver) for band in Band}
        air.listen(self.observe)

    def document(self, band: Band, keys: Iterable[CaptureKey]) -> bytes:
        """The capture of a band, as pcapng, with the keys that open it."""
        return self._captures[band].document(keys)

    def frames(self, band: Band) -> int:
        """How many transmissions it holds."""
        return self._captures[band].frames

    def observe(self, transmission: Transmission) -> None:
        """Take a transmission into the capture of its band."""
        self._captures[band_of(transmission.channel)].observe(transmission)

    def _heard(self, transmission: Transmission) -> int:
        if transmission.sender == self._place:
            return OWN_RSS
        if transmission.sender == OUTSIDE:
            return self.heard_outside()
        rss = self._air.heard(transmission, self._place)
        return INAUDIBLE_RSS if rss is None else rss
