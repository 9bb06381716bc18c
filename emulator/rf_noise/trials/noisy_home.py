"""A home on a floor plan whose hub sits on the device under test, and what its noise does there.

The hub and the electricity meter beside it take the noise in; what is metres away hears nothing of
it. So the gas meter still hears the hub, as long as the hub finds its channel free to send.
"""

import hashlib
from dataclasses import dataclass
from math import log10
from pathlib import Path
from typing import Final

import numpy as np

from emulator.kernel.units import format_duration, later, parse_duration
from emulator.lab.installing.commissioning import form_network, join, register
from emulator.lab.kept.result import InputFile
from emulator.lab.lab import Lab
from emulator.radio.air import Transmission
from emulator.radio.phy.pages import CHANNELS, phy_of
from emulator.radio.port import Channel
from emulator.radio.receiver import receiver_of
from emulator.rf_noise.desense.error_table import needed_snr
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.losses import false_busy
from emulator.rf_noise.homes.reach import frame_errors
from emulator.rf_noise.pictures.floor_plan import LinkMargin
from emulator.rf_noise.traces.trace import Trace
from emulator.rf_noise.trials.noise_source import noise_source
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.primitives import StartInterview
from emulator.zigbee.addresses import COORDINATOR

NOISE: Final = "device under test"
ALWAYS: Final = Gate()
_QUIET: Final = -200.0
PATIENCE: Final = "5 min"
"""A sleeping meter polls every minute; this is time for it to ask, and ask again."""


def note_input(lab: Lab, path: Path) -> None:
    """Name a file among the inputs of the run, once."""
    if path.is_file() and all(each.path != str(path) for each in lab.inputs):
        lab.inputs.append(InputFile(str(path), hashlib.sha256(path.read_bytes()).hexdigest()))


@dataclass(slots=True)
class NoisyHome:
    """A home whose hub sits on the device under test.

    Args:
        lab: the laboratory of the run.
        trace: its noise at the hub, as measured.
        gate: when that is on.
        beside: devices other than the hub that take the noise in.
    """

    lab: Lab
    trace: Trace
    gate: Gate = ALWAYS
    beside: tuple[str, ...] = ()
    channel: Channel = CHANNELS[0]

    def __post_init__(self) -> None:
        """Name the trace among the inputs; follow the hub to the channel of its network."""
        note_input(self.lab, Path(self.trace.source))
        self.lab.air.listen(self._follow)

    def _follow(self, transmission: Transmission) -> None:
        if transmission.sender == self.hub.name:
            self.channel = transmission.channel

    @property
    def hub(self) -> SmartEnergyDevice:
        """The hub of the home."""
        return self.lab.home().hub

    def install(self, *kinds: str) -> None:
        """The hub forms its network, and the devices of these kinds join it."""
        home = self.lab.home()
        form_network(self.lab, home)
        devices = [home.device(kind) for kind in kinds]
        register(self.lab, home, *devices)
        for device in devices:
            join(self.lab, home, device)

    def make_noise(self, louder: float) -> None:
        """From now on the device under test is as noisy as it was measured, and `louder` dB."""
        receivers = (self.hub.name, *self.beside)
        source = noise_source(NOISE, self.trace, receivers, self.gate, louder)
        self.lab.site.interference.set(source)

    def be_quiet(self) -> None:
        """From now on the device under test makes no noise."""
        self.lab.site.interference.remove(NOISE)

    def noise(self) -> float:
        """The noise in the channel of the HAN at the hub while it is on, dBm."""
        there = {source.name for source in self.lab.site.interference.sources}
        if NOISE not in there:
            return _QUIET
        power = self.lab.site.interference.received(NOISE, self.hub.name, self.channel)
        return 10 * log10(power) if power > 0 else _QUIET

    def answers(self, device: SmartEnergyDevice, within: str = PATIENCE) -> str:
        """How long a device takes to read the hub under the keys it has; empty when it does not."""
        reader = (device.name, self.hub.description.eui64)
        self.lab.interviews.discard(reader)
        begun = self.lab.scheduler.now
        readings = device.description.readings
        device.post(StartInterview(self.hub.description.eui64, COORDINATOR, readings))
        until = later(begun, parse_duration(within))
        if not self.lab.scheduler.run(until, stop=lambda: reader in self.lab.interviews):
            return ""
        return format_duration(self.lab.scheduler.now - begun)

    def strength(self, name: str, place: str = "") -> float:
        """How strong the hub, or another place, hears a device, dBm; -infinity out of reach."""
        rss = self.lab.links.rss(name, place or self.hub.name, self.channel.page)
        return float("-inf") if rss is None else float(rss)

    def own_noise(self) -> float:
        """The hub's own noise in the channel of the HAN, dBm."""
        settings = self.lab.settings
        return receiver_of(settings.receiver, settings.reception, self.channel.page).noise

    def bearable(self, name: str) -> float:
        """The noise in the channel, dBm, up to which a device should reach the hub.

        It leaves the device's frame signal enough, at the hub or at a router beside it; and the hub
        does not take it for a frame, where it assesses the channel by energy.
        """
        settings = self.lab.settings
        places = (self.hub.name, *(each for each in self.beside if each != name))
        best = max(self.strength(name, place) for place in places)
        heard = best - needed_snr(phy_of(self.channel.page))
        if settings.reception.assessment == "carrier":
            return heard
        receiver = receiver_of(settings.receiver, settings.reception, self.channel.page)
        return min(receiver.threshold, heard)

    def lost_frames(self, name: str, noise: float, octets: int = 100) -> float:
        """The share of a device's frames that the hub should lose under a noise in dBm."""
        own = self.own_noise()
        snr = np.array([self.strength(name) - own])
        rise = 10 * np.log10(1 + 10 ** ((np.array([noise]) - own) / 10))
        return float(frame_errors(snr, rise, phy_of(self.channel.page), self.gate, octets)[0])

    def busy(self, noise: float) -> float:
        """The share of time for which the hub should find its channel busy under a noise, dBm."""
        power = np.array([10 ** (noise / 10)])
        return float(false_busy(power, self.own_noise(), phy_of(self.channel.page), self.gate)[0])

    def margins(self, noise: float) -> tuple[LinkMargin, ...]:
        """The margin of every device of the plan, without noise and with one in dBm."""
        site = self.lab.site.site
        names = [] if site is None else [each.name for each in site.plan.devices]
        own, needed = self.own_noise(), needed_snr(phy_of(self.channel.page))
        rise = 10 * log10(1 + 10 ** ((noise - own) / 10))
        return tuple(
            LinkMargin(self.hub.name, name, "2.4 GHz", quiet, quiet - rise)
            for name in names
            if name != self.hub.name
            and (quiet := self.strength(name) - own - needed) > float("-inf")
        )
