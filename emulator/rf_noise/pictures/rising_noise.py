"""A device that is asked while noise rises: how long it takes, and where it is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from emulator.lab.kept.result import Picture
from emulator.rf_noise.pictures.drawing import BLUE, GREEN, INK, ORANGE, PURPLE, SOFT, Drawing


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one level.

    Args:
        louder: than measured, dB.
        noise: in the channel at the hub, dBm.
        took: how long the device took to read the hub; empty when it did not.
        lost_frames: share of frames that the link budget gives.
        busy: share of time that the hub should find its channel busy.
    """

    louder: float
    noise: float
    took: str
    lost_frames: float
    busy: float


def rising_noise_picture(device: str, answers: Sequence[Answer], bearable: float) -> Picture:
    """The picture of a device under rising noise.

    Args:
        device: its name.
        answers: by rising noise.
        bearable: dBm up to which the link budget gives a link.
    """
    drawing = Drawing(height=3.2)
    (axes,) = drawing.axes()
    noise = [each.noise for each in answers]
    lost = "frames lost in the noise, from the link budget"
    axes.plot(noise, [each.lost_frames for each in answers], color=BLUE, label=lost)
    busy = "channel falsely busy at the hub, from its threshold"
    axes.plot(noise, [each.busy for each in answers], color=PURPLE, linestyle="--", label=busy)
    good = [each for each in answers if each.took]
    _mark(axes, good, GREEN, "o", f"{device} read the hub")
    _mark(axes, [each for each in answers if not each.took], ORANGE, "X", f"{device} was lost")
    axes.axvline(bearable, color=SOFT, linestyle=":", label="bearable, from the link budget")
    axes.set_ylim(-0.03, 1.03)
    axes.margins(x=0.08)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    axes.set_ylabel("share")
    axes.set_xlabel("noise in the channel at the hub, dBm")
    drawing.legend()
    end = next((each for each in answers if not each.took), None)
    told = "never lost" if end is None else f"lost at {end.noise:.1f} dBm, {end.louder:+g} dB"
    return drawing.picture(
        f"{device} under rising noise: {told}",
        f"The link budget bears {bearable:.1f} dBm in the channel.",
    )


def _mark(axes: Axes, shown: Sequence[Answer], colour: str, marker: str, label: str) -> None:
    """Mark levels by what came of them."""
    at = [each.noise for each in shown]
    axes.plot(
        at, [0.5 for _ in at], linestyle="", marker=marker, markersize=9, color=colour, label=label
    )
    for each in shown:
        axes.annotate(
            f"{each.louder:+g} dB\n{each.took or 'no answer'}",
            (each.noise, 0.5),
            xytext=(0, 10),
            textcoords="offset points",
            ha="center",
            fontsize=7.5,
            color=INK,
        )
