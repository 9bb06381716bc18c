"""The channels of the HAN: what the noise costs each, and how often it makes it seem busy."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from emulator.lab.kept.result import Picture
from emulator.rf_noise.desense.channels import ChannelDesense
from emulator.rf_noise.pictures.drawing import BLUE, ORANGE, SOFT, Drawing

_PANELS: Final = {"2.4 GHz": "channel", "868 MHz": "MHz"}
_LEAST: Final = 3.0
"""dB; a scale that is not made of nothing."""


def channel_picture(found: Sequence[ChannelDesense]) -> Picture:
    """The picture of every channel of the HAN that was measured.

    Args:
        found: those of the HAN; the WAN's are left out.
    """
    bands = [
        (band, shown)
        for band in _PANELS
        if (shown := [each for each in found if each.receiver.band == band])
    ]
    drawing = Drawing(height=2.9 * len(bands) + 0.6)
    for axes, (band, shown) in zip(drawing.axes(len(bands), 1), bands, strict=True):
        _draw(axes, band, shown)
    worst = [max(shown, key=lambda each: each.loss) for _, shown in bands]
    told = "; ".join(
        f"{each.receiver.band}: {each.receiver.name} loses {each.loss:.1f} dB, "
        f"falsely busy {each.false_busy or 0.0:.0%} of the time"
        for each in worst
    )
    return drawing.picture(
        "Channel occupancy: what the noise costs each channel of the HAN", f"Worst: {told}."
    )


def _draw(axes: Axes, band: str, shown: list[ChannelDesense]) -> None:
    numbered = band == "2.4 GHz"
    at = [float(each.receiver.number) if numbered else each.receiver.centre / 1e6 for each in shown]
    width = 0.8 if numbered else 0.16
    colours = [ORANGE if (each.false_busy or 0.0) > 0.01 else BLUE for each in shown]
    axes.bar(at, [each.loss for each in shown], width=width, color=colours)
    axes.set_ylim(0, max(_LEAST, max(each.loss for each in shown) * 1.15))
    axes.set_ylabel("sensitivity lost, dB")
    axes.set_xlabel(_PANELS[band])
    axes.set_title(f"{band}: blue, desense; orange, also found busy without a frame")
    if numbered:
        axes.set_xticks(at)
    else:
        _name_pages(axes, shown)
    axes.grid(visible=False, axis="x")
    beside = axes.twinx()
    beside.spines[["top", "left"]].set_visible(False)
    axes.spines["right"].set_visible(False)
    beside.plot(
        at,
        [each.false_busy or 0.0 for each in shown],
        linestyle="",
        marker="_",
        markersize=8 if numbered else 4,
        markeredgewidth=2,
        color=SOFT,
    )
    beside.set_ylim(0, 1.04)
    beside.yaxis.set_major_formatter(PercentFormatter(1.0))
    beside.set_ylabel("falsely busy (grey)")
    beside.grid(visible=False)


def _name_pages(axes: Axes, shown: list[ChannelDesense]) -> None:
    """Say which page is where; page 29 has a channel apart from its others."""
    for page, group in groupby(
        shown, key=lambda each: each.receiver.phy and each.receiver.phy.page
    ):
        centres = [each.receiver.centre / 1e6 for each in group]
        axes.annotate(
            f"page {page}",
            (sorted(centres)[len(centres) // 2], 0.94),
            xycoords=("data", "axes fraction"),
            ha="center",
            fontsize=8,
            color=SOFT,
        )
