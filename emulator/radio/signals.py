"""What is on the air, who may hear it, and who measures it."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant
from emulator.radio.port import Channel


class Transceiver(Protocol):
    """What the air knows of a radio."""

    name: str
    """The place at which links know it."""
    listening_since: Instant
    """Since when it listens without a break; `NEVER` while it does not."""

    def accepts(self, psdu: bytes) -> bool:
        """Whether its address filter takes the frame."""
        ...

    def hear(self, psdu: bytes, rss: int, success: float = 1.0) -> None:
        """Take a frame that was understood, as its last symbol ends.

        Args:
            psdu: octets with FCS.
            rss: dBm.
            success: probability with which noise and others let such a frame through.
        """
        ...

    def sent(self) -> None:
        """Learn that the last symbol of its own transmission ended."""
        ...


class Answerer(Protocol):
    """What the air knows of a radio that has to acknowledge what it heard."""

    def acknowledge(self) -> None:
        """Acknowledge now."""
        ...

    def acknowledge_after(self, turnaround: Duration) -> None:
        """Acknowledge when that time has passed, unless the radio loses its power before."""
        ...


class Signal:
    """A transmission while it matters.

    Args:
        sender: whose it is.
        channel: where it is.
        span: its first instant and the instant at which it has ended.
        psdu: octets with FCS.
        power: at the antenna of the sender, dBm.
    """

    __slots__ = (
        "channel",
        "cut",
        "end",
        "factor",
        "held",
        "overlaps",
        "power",
        "psdu",
        "sender",
        "start",
    )

    def __init__(
        self,
        sender: Transceiver,
        channel: Channel,
        span: tuple[Instant, Instant],
        psdu: bytes,
        power: float,
    ) -> None:
        self.sender = sender
        self.channel = channel
        self.start, self.end = span
        self.psdu = psdu
        self.power = power
        self.factor: float = 10 ** (power / 10) if power else 1.0
        """What its power multiplies a gain by, linear."""
        self.overlaps: list[Signal] = []
        self.cut = False
        self.held: dict[str, bool] = {}
        """Places that were asked whether their receiver stayed with this signal."""


class Ear(NamedTuple):
    """A receiver tuned to where a sender sends.

    Args:
        radio: the receiver.
        gain: dBm at which it hears a transmitter of 0 dBm.
        loss: probability that the link loses a frame.
        draws: where its own draws come from.
    """

    radio: Transceiver
    gain: float
    loss: float
    draws: Stream


class Heard(NamedTuple):
    """A frame that was understood.

    Args:
        rss: dBm.
        success: probability with which noise and others let such a frame through.
    """

    rss: int
    success: float = 1.0


class Meter:
    """Measures the power on a channel at one place from when it was made.

    Args:
        name: the place.
        channel: what is measured.
        began: when.
        read: makes a level of what the meter has seen.
    """

    __slots__ = ("_level", "_read", "began", "channel", "name", "signals", "stopped")

    def __init__(
        self,
        name: str,
        channel: Channel,
        began: Instant,
        read: Callable[["Meter"], int | None],
    ) -> None:
        self.name = name
        self.channel = channel
        self.began = began
        self.signals: list[Signal] = []
        self.stopped = False
        self._read = read
        self._level: int | None = None

    @property
    def peak(self) -> int | None:
        """The highest level since it began, dBm; None when there was nothing."""
        return self._level if self.stopped else self._read(self)

    def stop(self) -> None:
        """Keep the level of now."""
        self._level = self.peak
        self.stopped = True
