"""The radios of a run: those that stand on dongles, and for all others simulated ones."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Self

import typer

from emulator.kernel.extensions import load
from emulator.lab.radios.joined import JoinedRadio
from emulator.lab.radios.kinds import HubDongle, RadioKind, RadioPlace
from emulator.lab.radios.outside import SIMULATED, Outside
from emulator.radio.air import Transmission
from emulator.radio.settings import RadioSettings
from emulator.smart_energy.device import PoweredRadio, Surroundings

OUTSIDE: Final = "outside"
"""The sender of frames that came from the real air."""
_FAINT: Final = -128


class RealRadios:
    """Dongles by device.

    Args:
        urls: what `--radio` said, by device.
        inside: where devices are.
        outside: where lines are opened.
        note: told what a person should read.
    """

    def __init__(
        self,
        urls: Mapping[str, str],
        inside: Surroundings,
        outside: Outside,
        note: Callable[[str], None],
    ) -> None:
        self.frames = 0
        """How many frames the dongles sent or heard."""
        self.rss = _FAINT
        """dBm at which the last one was heard."""
        self.real: list[str] = []
        """The devices that stand on the real air too."""
        self.hub: HubDongle | None = None
        """The dongle that has the hub's network inside; None for a hub that has its own."""
        self._inside = inside
        self._outside = outside
        self._note = note
        self._urls = urls
        self._radios: dict[str, PoweredRadio] = {}

    def open(
        self, settings: RadioSettings, observers: Sequence[Callable[[Transmission], None]]
    ) -> Self:
        """Open every dongle; what each can be at once is said before anything starts.

        Args:
            settings: of every radio.
            observers: told of each frame on the real air.

        Raises:
            EnvironmentFault: when one does not answer; then none stays open.
        """

        def seen(transmission: Transmission, rss: int | None) -> None:
            self.frames += 1
            self.rss = _FAINT if rss is None else rss
            for observer in observers:
                observer(transmission)

        try:
            for name, url in self._urls.items():
                place = RadioPlace(
                    name=name,
                    surroundings=self._inside,
                    lines=self._outside.lines,
                    settings=settings,
                    observe=seen,
                    note=self._say,
                    at_end=self._outside.at_end,
                )
                self._open(name, url, place)
        except BaseException:
            self._outside.lines.close()
            raise
        return self

    def radio(self, name: str) -> PoweredRadio:
        """The radio of a device; the same one however often it is asked for."""
        return self._radios.get(name) or self._inside.radio(name)

    def _open(self, name: str, url: str, place: RadioPlace) -> None:
        scheme, _, port = url.partition(":")
        if scheme == SIMULATED:
            return
        kind: RadioKind = load("hanlab.radios", scheme)
        radio = kind.make(port, place)
        real = kind.is_real(port)
        if real:
            self.real.append(name)
        if isinstance(radio, HubDongle):
            self.hub = radio
        elif real:
            radio = JoinedRadio(self._inside.radio(name), radio)
        self._radios[name] = radio

    def _say(self, text: str) -> None:
        self._note(text)
        typer.echo(text, err=True)
