"""What a run has outside: its pace, its lines, and the radios that are not simulated."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import load
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.lab.kept.recording import InputRecorder, Recording
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.radios.replay import Replay

if TYPE_CHECKING:
    from emulator.kernel.pace import Pace
    from emulator.lab.radios.kinds import RadioKind
    from emulator.lab.radios.lines import LineHost

FULL_SPEED: Final = "max"
REAL_TIME: Final = "real"
SIMULATED: Final = "simulated"
"""The kind of every radio of which nothing is said."""
HUB: Final = "hub"
_SLOWEST, _FASTEST = 0.001, 10_000.0


class Outside:
    """Pace, lines and recording of one run.

    Args:
        speed: `max`, `real` or a factor of real time.
        recording: of an earlier run, which is replayed; None for a run of its own.
    """

    def __init__(self, speed: str, recording: Recording | None) -> None:
        self._recorder = InputRecorder()
        self._clock: PacedClock | None = None
        self._endings: list[Callable[[], None]] = []
        self.pace: Pace | None = None
        self.lines: LineHost
        if recording is not None:
            replay = Replay(recording)
            self.pace = self.lines = replay
        else:
            factor = 1.0 if speed == FULL_SPEED else speed_factor(speed)
            clock = PacedClock(factor, self._recorder)
            self.lines = clock
            if speed != FULL_SPEED:
                self.pace = self._clock = clock

    def at_end(self, action: Callable[[], None]) -> None:
        """Do something when the run is over."""
        self._endings.append(action)

    def release(self, note: Callable[[str], None]) -> None:
        """Release every line, and tell how far time fell behind."""
        for action in self._endings:
            action()
        self._endings.clear()
        self.lines.close()
        if self._clock is not None:
            note(str(self._clock.drift))

    def recording(self) -> str:
        """What came in, as the text of a recording; empty when nothing was opened."""
        return self._recorder.text()


def speed_factor(text: str) -> float:
    """Virtual seconds in a second of the clock.

    Raises:
        UsageError: when it is no speed.
    """
    try:
        factor = 1.0 if text == REAL_TIME else float(text)
    except ValueError:
        factor = 0.0
    if not _SLOWEST <= factor <= _FASTEST:
        raise UsageError(f"--speed {text}: expected max, real, or a factor like 2 or 0.5")
    return factor


def radio_device(name: str, names: Mapping[Eui64, str], hub: Eui64) -> str:
    """The device that `--radio NAME=...` means: `hub`, its name, or its EUI-64.

    Raises:
        UsageError: when there is none.
    """
    if name.lower() == HUB:
        return names[hub]
    for told in names.values():
        if name.upper() == told:
            return told
    try:
        return names[parse_eui64(name)]
    except (UsageError, KeyError):
        there = ", ".join((HUB, *(each for each in names.values() if each != names[hub])))
        raise UsageError(f"--radio {name}: no such device: expected {there}") from None


def by_device(
    radios: Mapping[str, str], names: Mapping[Eui64, str], hub: Eui64
) -> Mapping[str, str]:
    """The URL of each device's radio, by the device's name.

    Raises:
        UsageError: when a radio is of no device.
    """
    found = {radio_device(name, names, hub): (name, url) for name, url in radios.items()}
    for device, (name, url) in found.items():
        scheme = url.partition(":")[0]
        if device != names[hub] and getattr(load("hanlab.radios", scheme), "hub_only", False):
            raise UsageError(
                f"--radio {name}={url}: such a dongle forms networks and joins none: expected "
                f"hub={url}"
            )
    return {device: url for device, (_, url) in found.items()}


def check_radio(name: str, url: str) -> bool:
    """Whether the radio is real, so that time outside must be waited for.

    Raises:
        UsageError: when its kind does not take that place.
    """
    scheme, _, port = url.partition(":")
    if scheme == SIMULATED:
        return False
    kind: RadioKind = load("hanlab.radios", scheme)
    try:
        kind.check(port)
    except UsageError as refusal:
        raise UsageError(f"--radio {name}={url}: {refusal}") from refusal
    return kind.is_real(port)
