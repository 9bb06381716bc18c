"""A capture taken at one place: what a sniffer there would hear, and nothing else."""

from emulator.lab.world.world import World
from emulator.radio.air import Transmission
from emulator.radio.bands import Band, band_of
from emulator.radio.capture import Capture

OWN_RSS = 0
"""dBm that a capture notes for what its own place sends."""


class PlaceCapture:
    """Every transmission at 2.4 GHz that reaches a place, from now on.

    Args:
        world: whose air.
        place: as links know it.
    """

    def __init__(self, world: World, place: str) -> None:
        self._world = world
        self._place = place
        self._capture = Capture(world.calendar, self._strength, world.settings.receiver)
        world.site.air.listen(self._observe)

    @property
    def frames(self) -> int:
        """How many transmissions it holds."""
        return self._capture.frames

    def document(self) -> bytes:
        """The capture as pcapng, with every key that is known by now."""
        return self._capture.document(self._world.recorder.keys.capture_keys())

    def _observe(self, transmission: Transmission) -> None:
        here = band_of(transmission.channel) is Band.GHZ_2_4
        if here and self._heard(transmission) is not None:
            self._capture.observe(transmission)

    def _heard(self, transmission: Transmission) -> int | None:
        if transmission.sender == self._place:
            return OWN_RSS
        return self._world.site.air.heard(transmission, self._place)

    def _strength(self, transmission: Transmission) -> int:
        heard = self._heard(transmission)
        return OWN_RSS if heard is None else heard
