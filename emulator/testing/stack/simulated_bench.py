"""A bench of simulated radios: an air, radios on it, and everything they report."""

from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.units import NEVER, Duration, Instant
from emulator.radio.air import Air, Transmission
from emulator.radio.fcs import with_fcs
from emulator.radio.links import SymmetricLinks
from emulator.radio.port import Channel, RadioEvent
from emulator.radio.settings import RadioSettings
from emulator.radio.simulated import SimulatedRadio
from emulator.testing.stack.radio_contract import CHANNEL

_LONG_FRAME = with_fcs(bytes.fromhex("4188 00 1111 2222 3333".replace(" ", "")) + bytes(100))


class Injector:
    """Puts any octets on the air; implements what the air knows of a radio.

    Args:
        repeats: octets that it sends again and again, without a pause.
    """

    def __init__(self, air: Air, channel: Channel, name: str, *, repeats: bytes = b"") -> None:
        self.name = name
        self.listening_since: Instant = NEVER
        self._air = air
        self._channel = channel
        self._repeats = repeats
        air.attach(self)
        air.tune(self, channel)
        self.sent()

    def accepts(self, psdu: bytes) -> bool:
        """It hears nothing."""
        return not psdu

    def hear(self, psdu: bytes, rss: int, success: float = 1.0) -> None:
        """It hears nothing."""

    def sent(self) -> None:
        """Send again what it repeats."""
        if self._repeats:
            self.send(self._repeats)

    def send(self, psdu_with_fcs: bytes) -> None:
        """Send octets now, without CSMA/CA."""
        self._air.transmit(self, self._channel, psdu_with_fcs)


class SimulatedBench:
    """Named radios on one air.

    Args:
        names: of the radios.
        seed: of every draw.
        settings: of each radio.
    """

    def __init__(
        self,
        *names: str,
        seed: int = 1,
        links: SymmetricLinks | None = None,
        settings: RadioSettings | None = None,
    ) -> None:
        self.scheduler = Scheduler()
        self.links = SymmetricLinks() if links is None else links
        streams = Streams(seed)
        self.air = Air(self.scheduler, streams, self.links)
        self.transmissions: list[Transmission] = []
        self.air.listen(self.transmissions.append)
        self.radios: dict[str, SimulatedRadio] = {}
        self._events: dict[str, list[RadioEvent]] = {name: [] for name in names}
        usual = settings or RadioSettings()
        for name in names:
            stream = streams.stream(name, "csma")
            radio = SimulatedRadio(name, self.air, self.scheduler, stream, usual)
            radio.connect(self._events[name].append)
            self.radios[name] = radio

    def radio(self, place: str) -> SimulatedRadio:
        """The radio of that name."""
        return self.radios[place]

    def events(self, place: str) -> list[RadioEvent]:
        """What the radio reported, oldest first."""
        return self._events[place]

    def run(self, duration: Duration) -> None:
        """Let time pass."""
        self.scheduler.run(Instant(self.scheduler.now + duration))

    def jam(self) -> None:
        """Keep the contract's channel occupied from now on."""
        Injector(self.air, CHANNEL, "jammer", repeats=_LONG_FRAME)
