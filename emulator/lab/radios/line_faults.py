"""What a line, or the dongle at its end, does wrong on purpose: `--fault`.

lost=0.01     that part of the octets never arrives, either way
slow="5 ms"   each piece arrives that much later, in order
bytes         each octet arrives on its own
reset="30 s"  every so often the dongle begins anew in the middle of a command
unplug="30 s" then the dongle is pulled out
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant, parse_duration
from emulator.lab.radios.kinds import VirtualDongle
from emulator.lab.radios.lines import Send


@dataclass(frozen=True, slots=True)
class LineTroubles:
    """What goes wrong; nothing unless told.

    Args:
        lost: probability that an octet does not arrive.
        slow: how much later octets arrive; None for at once.
        single: whether octets arrive one by one.
        reset: after how long the dongle begins anew, again and again; None for never.
        unplug: after how long it is pulled out; None for never.
    """

    lost: float = 0.0
    slow: Duration | None = None
    single: bool = False
    reset: Duration | None = None
    unplug: Duration | None = None


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise UsageError(f"{text!r}: expected a probability, 0 to 1")
    return value


def _later(text: str) -> Duration:
    duration = parse_duration(text)
    if duration <= 0:
        raise UsageError(f"{text!r}: expected more than nothing")
    return duration


_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "lost": _probability,
    "slow": _later,
    "reset": _later,
    "unplug": _later,
}


def parse_troubles(texts: Sequence[str]) -> LineTroubles:
    """The faults that `--fault` options stand for.

    Raises:
        UsageError: with every mistake, one line each.
    """
    troubles, mistakes = LineTroubles(), []
    for text in texts:
        name, mark, value = text.partition("=")
        if text == "bytes":
            troubles = replace(troubles, single=True)
            continue
        reader = _READERS.get(name)
        if reader is None or not mark:
            mistakes.append(
                f"--fault {text}: expected lost=P, slow=DURATION, bytes, reset=DURATION or "
                "unplug=DURATION"
            )
            continue
        try:
            troubles = replace(troubles, **{name: reader(value)})
        except UsageError as refusal:
            mistakes.append(f"--fault {text}: {refusal}")
    if mistakes:
        raise UsageError(*mistakes)
    return troubles


class FaultyLine:
    """Stands between a dongle and its line.

    Args:
        dongle: what is at the end.
        troubles: what goes wrong.
        scheduler: when.
        stream: where the draws for lost octets come from.
    """

    def __init__(
        self, dongle: VirtualDongle, troubles: LineTroubles, scheduler: Scheduler, stream: Stream
    ) -> None:
        self._dongle = dongle
        self._troubles = troubles
        self._scheduler = scheduler
        self._stream = stream
        self._send: Send | None = None
        self._free = {"host": scheduler.now, "dongle": scheduler.now}
        self._broken = False

    def connect(self, send: Send) -> None:
        """Give what the dongle sends to `send`, as far as it arrives."""
        self._send = send
        self._dongle.connect(lambda octets: self._carry("host", octets, send))
        if self._troubles.reset is not None:
            self._scheduler.after(self._troubles.reset, self._break)
        if self._troubles.unplug is not None:
            self._scheduler.after(self._troubles.unplug, _unplugged)

    def receive(self, octets: bytes) -> None:
        """Take what the host sent, as far as it arrives."""
        if self._broken:
            self._broken = False
            self._carry("dongle", octets[: len(octets) // 2], self._dongle.receive)
            self._dongle.reset()
            return
        self._carry("dongle", octets, self._dongle.receive)

    def _carry(self, way: str, octets: bytes, on: Callable[[bytes], object]) -> None:
        told = self._troubles
        if told.lost:
            octets = bytes(octet for octet in octets if not self._stream.chance(told.lost))
        pieces = [bytes((octet,)) for octet in octets] if told.single else [octets]
        if not told.slow:
            for piece in pieces:
                on(piece)
            return
        for piece in pieces:
            when = Instant(max(self._free[way], self._scheduler.now + told.slow))
            self._free[way] = when
            self._scheduler.at(when, partial(on, piece))

    def _break(self) -> None:
        """The next command is cut off by a reset."""
        self._broken = True
        if self._troubles.reset is not None:
            self._scheduler.after(self._troubles.reset, self._break)


class Unplugged(EnvironmentFault):
    """The dongle was pulled out, as `--fault unplug` asked for."""


def _unplugged() -> None:
    raise Unplugged("the dongle was pulled out, as asked for")
