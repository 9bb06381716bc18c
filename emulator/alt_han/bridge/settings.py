"""What is between the ends of a bridge, and how transparent the bridge is.

The radio of real equipment is not public, so nothing here claims to be it: the presets are examples
with figures chosen for the purpose, and say so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.settings import setting
from emulator.kernel.units import Duration, milliseconds, seconds

_EXAMPLE: Final = "no document: an example, the real equipment's backhaul is not public"


CONTROL_OCTETS: Final = 16
"""How long a message about the network itself is taken to be on the backhaul."""


class Transparency(Enum):
    """What a bridge is to the devices on either side."""

    RELAY = "relay"
    """Repeats MAC frames; acknowledges them for whoever is on the other side."""
    PROXY = "proxy"
    """The same, and keeps frames for sleepy devices until they ask."""
    ROUTER = "router"
    """A Zigbee router with an antenna at either place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackhaulSettings:
    """The line between the two ends."""

    latency: Duration = setting(milliseconds(5), source=_EXAMPLE, verified=False)
    """One way, without the time that the octets take."""
    jitter: Duration = setting(milliseconds(2), source=_EXAMPLE, verified=False)
    """Most that is added to it, evenly drawn; the order of messages stays."""
    loss: float = setting(0.0, source=_EXAMPLE, verified=False)
    """Probability that a piece is lost."""
    throughput: int = setting(1_000_000, source=_EXAMPLE, verified=False)
    """Bits a second, each way."""
    mtu: int = setting(256, source=_EXAMPLE, verified=False)
    """Octets of a piece; what is longer goes in several, and one lost loses all."""
    overhead: int = setting(16, source=_EXAMPLE, verified=False)
    """Octets that each piece has besides."""
    queue: int = setting(64, source=_EXAMPLE, verified=False)
    """Messages that wait each way; more are lost."""
    outage_every: Duration = setting(Duration(0), source=_EXAMPLE, verified=False)
    """Mean time between outages; 0 without outages."""
    outage_length: Duration = setting(seconds(10), source=_EXAMPLE, verified=False)
    """Mean time of one."""

    def __post_init__(self) -> None:
        """Refuse a line that is none, with everything that is wrong."""
        problems = [
            f"backhaul.{name} is {value}: expected {rule}"
            for name, value, rule, right in (
                ("latency", self.latency, "0 or more", self.latency >= 0),
                ("jitter", self.jitter, "0 or more", self.jitter >= 0),
                ("loss", self.loss, "0 to 1", 0 <= self.loss <= 1),
                ("throughput", self.throughput, "1 or more", self.throughput >= 1),
                ("mtu", self.mtu, "1 or more", self.mtu >= 1),
                ("overhead", self.overhead, "0 or more", self.overhead >= 0),
                ("queue", self.queue, "1 or more", self.queue >= 1),
                ("outage_every", self.outage_every, "0 or more", self.outage_every >= 0),
                ("outage_length", self.outage_length, "1 or more", self.outage_length >= 1),
            )
            if not right
        ]
        if problems:
            raise UsageError("\n".join(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeSettings:
    """How a bridge behaves at its ends."""

    scan_wait: Duration = setting(milliseconds(140), source=_EXAMPLE, verified=False)
    """How long it listens on a channel for beacons: a scan duration of 3 takes 138 ms."""
    search_pause: Duration = setting(seconds(5), source=_EXAMPLE, verified=False)
    """Between two searches that found nothing."""
    silence: Duration = setting(seconds(60), source=_EXAMPLE, verified=False)
    """Without a frame of the HAN for so long, the wired end looks for it again: routers tell
    their links every 15 s (R22 nwkLinkStatusPeriod)."""
    fetch_after: Duration = setting(milliseconds(50), source=_EXAMPLE, verified=False)
    """How long after an association request a proxy asks the parent for its response."""
    awake: Duration = setting(
        milliseconds(19), source="R22 Annex D macMaxFrameTotalWaitTime 1,220 symbols, rounded down"
    )
    """How long a device listens after it has asked: a frame that comes by then need not wait."""
    kept_for: Duration = setting(
        milliseconds(7_680), source="R22 Annex D macTransactionPersistenceTime 0x01F4"
    )
    """How long a proxy keeps a frame for a sleepy device."""
    repeat_window: Duration = setting(seconds(2), source=_EXAMPLE, verified=False)
    """A frame that is heard again within this time is not carried again: a repetition for want of
    an acknowledgement, or an echo where the ends hear each other."""
    kept_frames: int = setting(8, source=_EXAMPLE, verified=False)
    """How many frames it keeps for one device."""


def bridge_rooms() -> Mapping[str, type]:
    """The settings dataclass of each room that is about bridges."""
    return {"backhaul": BackhaulSettings, "bridge": BridgeSettings}


PRESETS: Final[Mapping[str, BackhaulSettings]] = MappingProxyType(
    {
        "example-wire": BackhaulSettings(
            latency=milliseconds(1), jitter=Duration(0), throughput=10_000_000, mtu=1_500
        ),
        "example-power-line": BackhaulSettings(
            latency=milliseconds(8), jitter=milliseconds(12), throughput=250_000, loss=0.002
        ),
        "example-long-radio": BackhaulSettings(
            latency=milliseconds(30), jitter=milliseconds(20), throughput=50_000, loss=0.01, mtu=128
        ),
    }
)
"""Lines to begin with; examples, not the real equipment's figures."""
