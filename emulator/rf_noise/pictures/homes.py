"""The population: which share of homes is without a meter or the WAN, before and after."""

from matplotlib.ticker import PercentFormatter

from emulator.lab.kept.result import Picture
from emulator.rf_noise.homes.intervals import Share
from emulator.rf_noise.homes.population import Population
from emulator.rf_noise.pictures.drawing import BLUE, FAINT, ORANGE, Drawing


def homes_picture(population: Population) -> Picture:
    """The picture of a population: a row for each link, with intervals of 95 %."""
    outcomes = list(reversed(population.outcomes))
    drawing = Drawing(height=0.42 * len(outcomes) + 1.2)
    (axes,) = drawing.axes()
    for row, outcome in enumerate(outcomes):
        axes.plot([outcome.before.value, outcome.after.value], [row, row], color=FAINT, zorder=1)
        for share, colour, below in ((outcome.before, BLUE, 0.12), (outcome.after, ORANGE, -0.12)):
            low, high = share.interval
            axes.plot([low, high], [row + below] * 2, color=colour, linewidth=2, alpha=0.55)
            axes.plot([share.value], [row + below], marker="o", color=colour, markersize=5)
    axes.set_yticks(range(len(outcomes)), [f"{each.what}, {each.band}" for each in outcomes])
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    axes.set_xlim(left=-0.005)
    axes.set_xlabel("homes that are without it")
    axes.plot([], [], marker="o", color=BLUE, label="without the noise")
    axes.plot([], [], marker="o", color=ORANGE, label="with it")
    drawing.legend()
    return drawing.picture(
        f"{population.homes:,} homes: who is without a meter or the WAN, before and after",
        "Newly lost: "
        + "; ".join(f"{each.what} {each.band} {_words(each.newly)}" for each in population.outcomes)
        + ". Bars are intervals of 95 %.",
    )


def _words(share: Share) -> str:
    return f"{share.value:.1%}"
