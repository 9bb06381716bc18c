"""Lost frames over distance, with the noise and without it."""

from collections.abc import Sequence

from matplotlib.ticker import FuncFormatter, PercentFormatter

from emulator.lab.kept.result import Picture
from emulator.rf_noise.homes.reach import Reach
from emulator.rf_noise.pictures.drawing import BLUE, ORANGE, SOFT, Drawing


def error_curves(reaches: Sequence[Reach], lost: float) -> Picture:
    """The picture of the worst channel of each band.

    Args:
        reaches: one for each panel.
        lost: share of lost frames from which a link counts as lost.
    """
    drawing = Drawing(height=3.6)
    for axes, reach in zip(drawing.axes(1, len(reaches)), reaches, strict=True):
        axes.plot(reach.distances, reach.quiet, color=BLUE, label="without the noise")
        axes.plot(reach.distances, reach.noisy, color=ORANGE, linestyle="--", label="with it")
        axes.axhline(lost, color=SOFT, linewidth=0.9, linestyle=":")
        axes.annotate(
            "counts as lost",
            (0.02, lost),
            xycoords=("axes fraction", "data"),
            xytext=(0, 3),
            textcoords="offset points",
            fontsize=8,
            color=SOFT,
        )
        axes.set_xscale("log")
        axes.set_ylim(-0.02, 1.02)
        axes.set_xlim(reach.distances[0], reach.distances[-1])
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axes.yaxis.set_major_formatter(PercentFormatter(1.0))
        axes.set_xlabel("metres to the hub")
        axes.set_ylabel("frames lost")
        axes.set_title(f"{reach.channel.receiver.band}, {reach.channel.receiver.name}")
    drawing.legend()
    return drawing.picture(
        "Lost frames over distance, before and after: " + "; ".join(map(_words, reaches)),
        "; ".join(_told(reach, lost) for reach in reaches) + ".",
    )


def _words(reach: Reach) -> str:
    return f"{reach.channel.receiver.band} {reach.channel.receiver.name}"


def _told(reach: Reach, lost: float) -> str:
    before, after = reach.farthest(lost)
    return (
        f"{_words(reach)}: {lost:.0%} of frames are lost at {_metres(before)} without the noise "
        f"and at {_metres(after)} with it"
    )


def _metres(distance: float) -> str:
    return "1 m or less" if distance == 0 else f"{distance:.0f} m"
