"""How full each channel is over time, as SVG: the air time of every minute, channel by channel."""

from collections import defaultdict
from io import StringIO

from emulator.kernel.units import seconds
from emulator.radio.air import Air, Transmission
from emulator.radio.port import Channel

_MINUTE = seconds(60)


class Occupancy:
    """Counts what is on the air from now on.

    Args:
        air: which it listens to.
    """

    def __init__(self, air: Air) -> None:
        self._spent: defaultdict[tuple[Channel, int], int] = defaultdict(int)
        air.listen(self._observe)

    def share(self, channel: Channel, minute: int) -> float:
        """The part of a minute, from 0, in which something was on the air of a channel."""
        return min(1.0, self._spent.get((channel, minute), 0) / _MINUTE)

    def channels(self) -> tuple[Channel, ...]:
        """Every channel on which something was sent, lowest first."""
        return tuple(sorted({channel for channel, _ in self._spent}))

    def minutes(self) -> int:
        """How many minutes there were something in, counted from the start of the run."""
        return 1 + max((minute for _, minute in self._spent), default=0)

    def _observe(self, transmission: Transmission) -> None:
        minute = transmission.start // _MINUTE
        self._spent[transmission.channel, minute] += transmission.duration


def occupancy_picture(occupancy: Occupancy) -> str:
    """The SVG document: time to the right, channels upwards, the darker the fuller."""
    from matplotlib import rc_context  # noqa: PLC0415 - only who draws pays
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - only who draws pays
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws pays

    channels, minutes = occupancy.channels(), range(occupancy.minutes())
    shares = [[100 * occupancy.share(channel, each) for each in minutes] for channel in channels]
    # Ids and dates would differ from run to run.
    with rc_context({"svg.hashsalt": "hanlab", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(8, 1.4 + 0.24 * len(channels)), layout="constrained")
        FigureCanvasSVG(figure)
        axes = figure.add_subplot()
        edges = [each - 0.5 for each in range(len(channels) + 1)]
        drawn = axes.pcolormesh(
            range(len(minutes) + 1), edges, shares, cmap="Blues", vmin=0, rasterized=False
        )
        axes.set_yticks(range(len(channels)), [_name(each) for each in channels])
        axes.set_xlabel("time, minutes")
        axes.set_ylabel("channel")
        figure.colorbar(drawn, ax=axes, label="of each minute, %")
        written = StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return written.getvalue()


def _name(channel: Channel) -> str:
    return str(channel.number) if channel.page == 0 else f"{channel.page}/{channel.number}"
