"""Noise that rises until a meter is lost, step by step, and a check that it was to be expected."""

from dataclasses import dataclass, replace
from typing import Final

from emulator.lab.lab import Lab
from emulator.rf_noise.bands import ANNEX_F, Network
from emulator.rf_noise.desense.channels import desense
from emulator.rf_noise.desense.gate import Gate
from emulator.rf_noise.desense.receivers import receivers
from emulator.rf_noise.pictures.channels import channel_picture
from emulator.rf_noise.pictures.floor_plan import floor_plan_picture
from emulator.rf_noise.pictures.rising_noise import Answer, rising_noise_picture
from emulator.rf_noise.pictures.spectrum import spectrum_picture
from emulator.rf_noise.settings import RfNoiseSettings
from emulator.rf_noise.traces.trace import Trace
from emulator.rf_noise.trials.noisy_home import NoisyHome
from emulator.smart_energy.device import SmartEnergyDevice

CLAUSE: Final = "SEC H14.46"
_EARLIER: Final = 6.0
"""dB by which a meter may be lost before the link budget says so: it fades, by 2 dB and more."""
_LATER: Final = 12.0
"""The same after it: levels rise by 5 dB, frames sent again bear some 3 dB more, and links fade."""
_TRIES: Final = 24
"""Readings of `noisy_home.PATIENCE` each: two hours in which a lost meter looks for its hub."""


@dataclass(frozen=True, slots=True)
class Rise:
    """What came of rising noise.

    Args:
        answers: by level.
        bearable: dBm up to which the link budget gives a link.
    """

    answers: tuple[Answer, ...]
    bearable: float

    @property
    def lost(self) -> Answer | None:
        """The level at which the meter was lost; None when it never was."""
        return next((each for each in self.answers if not each.took), None)

    @property
    def expected(self) -> bool:
        """Whether it was lost where the link budget said it would be."""
        lost = self.lost
        return lost is not None and -_EARLIER <= lost.noise - self.bearable <= _LATER

    @property
    def words(self) -> str:
        """Where it was lost, and where that was to be expected."""
        lost = self.lost
        if lost is None:
            return f"never, though the link budget bears {self.bearable:.1f} dBm"
        return (
            f"at {lost.noise:.1f} dBm in the channel, {lost.louder:+g} dB; the link budget bears "
            f"{self.bearable:.1f} dBm"
        )


def raise_noise(home: NoisyHome, meter: SmartEnergyDevice, levels: range) -> Rise:
    """Make more noise level by level, until a meter reads the hub no more.

    A meter is lost that twice cannot read the hub within `noisy_home.PATIENCE`.

    Args:
        home: with the meter in it.
        meter: that is asked.
        levels: dB over what was measured.
    """
    lab = home.lab
    answers: list[Answer] = []
    for louder in levels:
        home.make_noise(louder)
        step = lab.step(f"noise {louder:+d} dB over the trace: {meter.name} is asked", CLAUSE)
        took = home.answers(meter) or home.answers(meter)
        noise = home.noise()
        lost, busy = home.lost_frames(meter.name, noise), home.busy(noise)
        answers.append(Answer(louder, noise, took, lost, busy))
        told = f"it reads the hub in {took}" if took else "it reads the hub no more: lost"
        step.done(f"{noise:.1f} dBm in channel {home.channel.number}: {told}")
        if not took:
            break
    return Rise(tuple(answers), home.bearable(meter.name))


def await_return(home: NoisyHome, meter: SmartEnergyDevice) -> None:
    """The device under test is quiet again, and the meter finds back.

    Raises:
        StepFailed: when it does not within two hours.
    """
    home.be_quiet()
    step = home.lab.step(f"the device is quiet again: {meter.name} reads the hub", CLAUSE)
    took = next((each for _ in range(_TRIES) if (each := home.answers(meter))), "")
    step.expect(lambda: bool(took), home.lab.where(meter))


def show_rise(home: NoisyHome, meter: SmartEnergyDevice, rise: Rise) -> None:
    """Put the pictures of a rise into the report: answers, spectrum, channels, floor plan."""
    last = rise.answers[-1]
    lab = home.lab
    drawn = rising_noise_picture(meter.name, rise.answers, rise.bearable)
    lab.picture(drawn.title, drawn.svg, drawn.caption)
    show_noise(lab, louder_trace(home.trace, last.louder), home.gate)
    show_margins(home, last.noise)


def show_noise(lab: Lab, trace: Trace, gate: Gate) -> None:
    """Put spectrum and channels of a trace into the report."""
    settings = RfNoiseSettings()
    for band in ANNEX_F:
        if band.overlaps(trace.span):
            drawn = spectrum_picture(band, [trace], None, None)
            lab.picture(drawn.title, drawn.svg, drawn.caption)
    found = desense([trace], receivers(settings.hub), gate, settings)
    if any(each.receiver.network is Network.HAN for each in found):
        drawn = channel_picture([each for each in found if each.receiver.network is Network.HAN])
        lab.picture(drawn.title, drawn.svg, drawn.caption)


def show_margins(home: NoisyHome, noise: float) -> None:
    """Put the floor plan with the margin of every link into the report."""
    site, margins = home.lab.site.site, home.margins(noise)
    if site is None or not margins:
        return
    drawn = floor_plan_picture(site.plan, home.hub.name, margins)
    home.lab.picture(drawn.title, drawn.svg, drawn.caption)


def louder_trace(trace: Trace, louder: float) -> Trace:
    """A trace as it would be that much louder."""
    return replace(trace, name=f"{trace.name}, {louder:+g} dB", levels=trace.levels + louder)
