"""A week of a meter as SVG: demand, register, balance, and what happened."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import StringIO
from math import ceil, floor
from typing import TYPE_CHECKING, Final

from emulator.kernel.units import ZIGBEE_EPOCH
from emulator.lab.displays.meter_week import MeterWeek
from emulator.metering.quantities import COUNTS_PER_UNIT, Channel

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_COLOURS: Final = {
    Channel.ACTIVE_IMPORT: "#1f77b4",
    Channel.ACTIVE_EXPORT: "#2f9e44",
    Channel.REACTIVE_IMPORT: "#b197fc",
    Channel.REACTIVE_EXPORT: "#9c36b5",
    Channel.SECONDARY_IMPORT: "#0b7285",
    Channel.GAS: "#d9480f",
}
_POUND: Final = 100_000
_FEW_DAYS: Final = 2
_STEPS_OF_A_DAY: Final = 8
_MOST_NAMED: Final = 24
"""Events that are named; of more than these only the first are, so that they can be read."""


def week_picture(week: MeterWeek) -> str:
    """The SVG document."""
    from matplotlib import rc_context  # noqa: PLC0415 - only who draws pays
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - only who draws pays
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws pays

    # Ids and dates would differ from run to run.
    with rc_context({"svg.hashsalt": "hanlab", "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(10, 7.2), layout="constrained")
        FigureCanvasSVG(figure)
        demand, register, balance, events = figure.subplots(
            4, sharex=True, height_ratios=(3, 2, 2, 2)
        )
        _demand(demand, week)
        _register(register, week)
        _balance(balance, week)
        _events(events, week)
        _midnights(events, week)
        drawn = StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None, "Creator": None})
    return drawn.getvalue()


def _demand(axes: "Axes", week: MeterWeek) -> None:
    """Average of each half hour: twice the energy, or volume, that passed."""
    for channel, halves in week.profiles.items():
        values = [2 * each.counts / COUNTS_PER_UNIT for each in halves]
        days = _days_of(week, [each.start for each in halves])
        axes.step(days, values, where="post", label=channel, color=_COLOURS[channel])
    axes.set_ylabel("m³/h" if week.fuel == "gas" else "kW, kvar")
    axes.set_ylim(bottom=0)
    axes.grid(visible=True, alpha=0.25)
    if week.profiles:
        axes.legend(loc="upper right", ncols=3, frameon=False)


def _register(axes: "Axes", week: MeterWeek) -> None:
    values = [each.counts / COUNTS_PER_UNIT for each in week.register]
    days = _days_of(week, [each.start for each in week.register])
    axes.plot(days, values, color="#1f77b4")
    axes.set_ylabel("register\nm³" if week.fuel == "gas" else "register\nkWh")
    axes.grid(visible=True, alpha=0.25)


def _balance(axes: "Axes", week: MeterWeek) -> None:
    days = _days_of(week, [at for at, _ in week.balance])
    pounds = [money / _POUND for _, money in week.balance]
    axes.step(days, pounds, where="post", color="#2f9e44")
    axes.axhline(0, color="#c92a2a", linewidth=0.8, linestyle="--")
    axes.set_ylabel("balance\n£")
    axes.grid(visible=True, alpha=0.25)
    if not days:
        _say(axes, "no display has read a balance")


def _events(axes: "Axes", week: MeterWeek) -> None:
    days = _days_of(week, [each.at for each in week.events])
    for place, (day, event) in enumerate(zip(days, week.events, strict=True)):
        axes.axvline(day, color="#868e96", linewidth=0.8)
        if place < _MOST_NAMED:
            height = 0.9 - 0.85 * (place % 6) / 6
            axes.annotate(
                event.what,
                (day, height),
                xycoords=("data", "axes fraction"),
                xytext=(3, 0),
                textcoords="offset points",
                fontsize=7,
                va="center",
            )
    axes.set_yticks([])
    axes.set_ylabel("events")
    if not week.events:
        _say(axes, "nothing happened")


def _midnights(axes: "Axes", week: MeterWeek) -> None:
    """The days are named at their midnights, UTC; of a day or two also some hours."""
    low, high = axes.get_xlim()
    steps = 1 if high - low > _FEW_DAYS else _STEPS_OF_A_DAY
    ticks = [step / steps for step in range(max(0, ceil(low * steps)), floor(high * steps) + 1)]
    first = _origin(week)
    names = [
        f"{first + timedelta(days=tick):{'%a %d %b' if tick == int(tick) else '%H:%M'}}"
        for tick in ticks
    ]
    axes.set_xticks(ticks, names)
    axes.set_xlabel("UTC")


def _origin(week: MeterWeek) -> datetime:
    """The midnight before the first thing that is drawn."""
    starts = [halves[0].start for halves in week.profiles.values() if halves]
    times = [*starts, *(at for at, _ in week.balance), *(each.at for each in week.events)]
    first = min(times, default=ZIGBEE_EPOCH)
    return first.replace(hour=0, minute=0, second=0, microsecond=0)


def _days_of(week: MeterWeek, moments: Sequence[datetime]) -> list[float]:
    origin = _origin(week)
    return [(each - origin) / timedelta(days=1) for each in moments]


def _say(axes: "Axes", words: str) -> None:
    axes.annotate(words, (0.5, 0.5), xycoords="axes fraction", ha="center", color="#868e96")
