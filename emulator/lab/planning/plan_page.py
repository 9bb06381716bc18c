"""A survey of a site as one HTML file: pictures and tables, nothing fetched, nothing run."""

from collections.abc import Sequence
from math import isfinite
from typing import Protocol

from jinja2 import Environment, PackageLoader, StrictUndefined

from emulator.lab.planning.channel_picture import channel_picture
from emulator.lab.planning.plan_picture import plan_picture
from emulator.lab.planning.radio_survey import ChannelRow, LinkRow
from emulator.radio.site import Site


class Band(Protocol):
    """One band as the page shows it."""

    @property
    def band(self) -> str:
        """By name."""
        ...

    @property
    def links(self) -> tuple[LinkRow, ...]:
        """Every pair."""
        ...

    @property
    def ways(self) -> dict[str, str | None]:
        """Device to the next on its way to the hub."""
        ...

    @property
    def channels(self) -> tuple[ChannelRow, ...]:
        """The best first."""
        ...


def plan_page(site: Site, bands: Sequence[Band], hub: str, margin: float) -> str:
    """The whole page.

    Args:
        site: what was surveyed.
        bands: what came of it.
        hub: name of the device that the others want to reach.
        margin: that a link needs, dB.
    """
    environment = Environment(
        loader=PackageLoader("emulator.lab.planning"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "decibels": lambda value: f"{value:.0f}" if isfinite(value) else "none",
        "share": lambda value: f"{value:.1%}",
    }
    shown = [
        {
            "band": band,
            "drawing": plan_picture(site.plan, band.links, hub),
            "channels": channel_picture(
                [row for row in band.channels if row.channel.page == band.channels[0].channel.page]
            ),
        }
        for band in bands
    ]
    page = environment.get_template("plan.html.j2")
    unproved = site.plan.unverified_materials()
    return page.render(name=site.plan.name, bands=shown, hub=hub, margin=margin, unproved=unproved)
