"""A recorded run again, without its hardware: what came in then comes in at the same instants."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.pace import Input
from emulator.kernel.units import NEVER, Instant
from emulator.lab.kept.recording import RecordedInput, Recording
from emulator.lab.radios.lines import HostedLine, LineLost, Receive, Send


class Replay:
    """Implements `emulator.kernel.pace.Pace` and `emulator.lab.radios.lines.LineHost`.

    Nothing is waited for: virtual time jumps, as in a run without hardware.
    """

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._left = deque(recording.inputs)
        self._waits = 0
        self._receivers: dict[str, Receive] = {}

    def tell(self, name: str, make: Callable[[], str]) -> str:  # noqa: ARG002 - one shape
        """What was found out then.

        Raises:
            EnvironmentFault: when the recorded run did not ask.
        """
        try:
            return self._recording.told[name]
        except KeyError:
            raise EnvironmentFault(f"{self._recording.path}: nothing recorded of {name}") from None

    def open(self, name: str, opener: Callable[[], HostedLine], receive: Receive) -> Send:  # noqa: ARG002 - one shape
        """A line that only plays back; what is sent goes nowhere."""
        self._receivers[name] = receive
        return _nowhere

    def close(self) -> None:
        """Nothing is open."""

    def wait(self, now: Instant, target: Instant) -> tuple[Instant, Sequence[Input]]:
        """What ended this wait in the recorded run."""
        self._waits += 1
        inputs: list[Input] = []
        at = target
        while self._left and self._left[0].wait == self._waits:
            each = self._left.popleft()
            at = each.at
            self._check(each, now, target)
            inputs.append(self._input(each))
        if not inputs and target == NEVER and not self._left:
            return NEVER, ()
        return at, tuple(inputs)

    def _check(self, each: RecordedInput, now: Instant, target: Instant) -> None:
        if not now <= each.at <= target or each.line not in self._receivers:
            raise EnvironmentFault(
                f"{self._recording.path}: does not fit this run at {each.at} us on {each.line}: "
                "scenario, devices, seed, settings and version must be those of the recording"
            )

    def _input(self, each: RecordedInput) -> Input:
        if each.octets is None:
            return LineLost(each.lost)
        return partial(self._receivers[each.line], each.octets)


def _nowhere(_octets: bytes) -> None:
    """Where a replay sends what was sent then."""
