"""How every picture looks, and how it becomes an SVG document that is the same octets each time."""

import io
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from emulator.lab.kept.result import Picture

INK: Final = "#1c2026"
SOFT: Final = "#5b616b"
FAINT: Final = "#c9cbc4"
BLUE: Final = "#0072b2"
ORANGE: Final = "#d55e00"
GREEN: Final = "#00815c"
PURPLE: Final = "#8f5a99"
SKY: Final = "#56b4e9"
SERIES: Final = (BLUE, ORANGE, GREEN, PURPLE, SKY, SOFT)
"""Colours that people who see fewer of them tell apart, after Okabe and Ito."""
_STYLE: Final[dict[Any, Any]] = {
    "svg.hashsalt": "hanlab",
    "svg.fonttype": "path",
    "font.size": 9.5,
    "font.family": "DejaVu Sans",
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e8e8e3",
    "grid.linewidth": 0.7,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "lines.linewidth": 1.4,
    "path.simplify": True,
}


class Drawing:
    """A figure that becomes a picture.

    Args:
        width: inches.
        height: inches.
    """

    def __init__(self, width: float = 9.0, height: float = 3.8) -> None:
        with mpl.rc_context(_STYLE):
            self.figure = Figure(figsize=(width, height), layout="constrained")

    def axes(self, rows: int = 1, columns: int = 1) -> list[Axes]:
        """The axes of the figure, by rows."""
        with mpl.rc_context(_STYLE):
            made = self.figure.subplots(rows, columns, squeeze=False)
        return [each for row in made for each in row]

    def legend(self, columns: int = 2) -> None:
        """One legend for the figure, above its axes."""
        handles, labels = [], []
        for axes in self.figure.axes:
            for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
                if label not in labels:
                    handles.append(handle)
                    labels.append(label)
        with mpl.rc_context(_STYLE):
            self.figure.legend(handles, labels, loc="outside upper left", ncols=columns)

    def picture(self, title: str, caption: str) -> Picture:
        """The picture: an SVG document without date, random names or anything to fetch.

        Args:
            title: what it shows; also its text for people who do not see it.
            caption: how to read it.
        """
        octets = io.BytesIO()
        with mpl.rc_context(_STYLE):
            about = {"Date": None, "Creator": None, "Title": title, "Description": caption}
            self.figure.savefig(octets, format="svg", metadata=about)
        return Picture(title, octets.getvalue().decode("utf-8"), caption)
