"""The air time of a transmitter over time, against the limits of its duty cycle, as SVG."""

from collections.abc import Sequence
from io import StringIO

from emulator.kernel.units import Instant, seconds
from emulator.radio.access_settings import DutyCycleSettings

Sample = tuple[Instant, int]
"""When, and the air time that then counted, in microseconds."""


def duty_picture(samples: Sequence[Sample], limits: DutyCycleSettings, page: int) -> str:
    """The SVG document.

    Args:
        samples: in order of time.
        limits: the duty cycle's.
        page: the channel page, which tells the regulated limit.
    """
    from matplotlib import rc_context  # noqa: PLC0415 - only who draws pays
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - only who draws pays
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws pays

    # Ids and dates would differ from run to run.
    with rc_context({"svg.hashsalt": "hanlab", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(8, 3.6), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        times = [at / seconds(60) for at, _ in samples]
        axes.step(times, [used / seconds(1) for _, used in samples], where="post", color="#1f77b4")
        for name, limit, colour in (
            ("limited", limits.limited, "#b58900"),
            ("critical", limits.critical, "#d9480f"),
            ("regulated", limits.ceiling(page), "#c92a2a"),
        ):
            axes.axhline(limit / seconds(1), color=colour, linewidth=1, linestyle="--")
            axes.annotate(
                name,
                (1, limit / seconds(1)),
                xycoords=("axes fraction", "data"),
                xytext=(-4, 3),
                textcoords="offset points",
                ha="right",
                color=colour,
            )
        axes.set_xlabel("time, minutes")
        axes.set_ylabel("air time of the last hour, s")
        axes.set_ylim(0, 1.12 * limits.ceiling(page) / seconds(1))
        axes.grid(visible=True, alpha=0.25)
        drawn = StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return drawn.getvalue()
