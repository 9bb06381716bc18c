"""How full each channel is over time, as SVG: the air time of every ten seconds, by channel."""

from collections import defaultdict
from io import StringIO

from emulator.kernel.units import seconds
from emulator.radio.air import Air, Transmission
from emulator.radio.port import Channel

SPAN = seconds(10)
"""What air time is counted over."""
_FAINTEST = 0.05
"""Of a span, in per cent: where the scale begins."""


class Occupancy:
    """Counts what is on the air from now on.

    Args:
        air: which it listens to.
    """

    def __init__(self, air: Air) -> None:
        self._spent: defaultdict[tuple[Channel, int], int] = defaultdict(int)
        air.listen(self._observe)

    def share(self, channel: Channel, span: int) -> float:
        """The part of a span, from 0, in which something was on the air of a channel."""
        return min(1.0, self._spent.get((channel, span), 0) / SPAN)

    def channels(self) -> tuple[Channel, ...]:
        """Every channel on which something was sent, lowest first."""
        return tuple(sorted({channel for channel, _ in self._spent}))

    def spans(self) -> int:
        """How many spans there are from the start of the run to the last with something in it."""
        return 1 + max((span for _, span in self._spent), default=0)

    def _observe(self, transmission: Transmission) -> None:
        span = transmission.start // SPAN
        self._spent[transmission.channel, span] += transmission.duration


def occupancy_picture(occupancy: Occupancy) -> str:
    """The SVG document: time to the right, channels upwards, the darker the fuller."""
    from matplotlib import rc_context  # noqa: PLC0415 - only who draws pays
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - only who draws pays
    from matplotlib.colors import LogNorm  # noqa: PLC0415 - only who draws pays
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws pays

    channels, spans = occupancy.channels(), range(occupancy.spans())
    shares = [[100 * occupancy.share(channel, each) for each in spans] for channel in channels]
    # Ids and dates would differ from run to run.
    with rc_context({"svg.hashsalt": "hanlab", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(8, 1.4 + 0.24 * len(channels)), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        edges = [each - 0.5 for each in range(len(channels) + 1)]
        times = [each * SPAN / seconds(60) for each in range(len(spans) + 1)]
        scale = LogNorm(_FAINTEST, 100, clip=True)
        seen = [[each or float("nan") for each in row] for row in shares]
        drawn = axes.pcolormesh(times, edges, seen, cmap="viridis_r", norm=scale)
        axes.set_yticks(range(len(channels)), [_name(each) for each in channels])
        axes.set_xlabel("time, minutes")
        axes.set_ylabel("channel")
        figure.colorbar(drawn, ax=axes, label="of ten seconds, %")
        written = StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()


def _name(channel: Channel) -> str:
    return str(channel.number) if channel.page == 0 else f"{channel.page}/{channel.number}"
