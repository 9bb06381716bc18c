"""What `hanlab rf plan` does once its words are read: survey a site, and tell."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, Final, Self, TypeVar

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.streams import Streams
from emulator.lab.inputs.overrides import parse_overrides
from emulator.lab.planning.plan_page import plan_page
from emulator.lab.planning.plan_picture import plan_picture
from emulator.lab.planning.radio_survey import (
    BANDS,
    ChannelRow,
    LinkRow,
    RadioSurvey,
    reach,
)
from emulator.lab.world.site_air import radio_path
from emulator.radio.interference.sources import InterferenceField
from emulator.radio.propagation.link_matrix import read_links
from emulator.radio.propagation.settings import PropagationSettings
from emulator.radio.settings import ReceiverSettings, ReceptionSettings
from emulator.radio.site import Site, read_site

ROOMS: Final[dict[str, type]] = {
    "receiver": ReceiverSettings,
    "reception": ReceptionSettings,
    "propagation": PropagationSettings,
}
"""The settings that a plan is looked at with."""
_SHOWN_CHANNELS: Final = 5

Checked = TypeVar("Checked")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What was asked for.

    Args:
        plan: the file.
        links: measured losses; None without.
        hub: name of the device that the others want to reach.
        bands: by name.
        margin: that a link needs, dB.
        power: of every transmitter, dBm.
        assignments: each `ROOM.setting=value`.
        seed: of the shadowing.
        svg: file for the picture; None without.
        html: file for the page; None without.
    """

    plan: Path
    links: Path | None = None
    hub: str = "CHF"
    bands: Sequence[str] = tuple(BANDS)
    margin: float = 10.0
    power: float = 0.0
    assignments: Sequence[str] = ()
    seed: int = 1
    svg: Path | None = None
    html: Path | None = None


@dataclass(frozen=True, slots=True)
class BandPlan:
    """One band of a site.

    Args:
        band: by name.
        links: every pair.
        ways: device to the next on its way to the hub; None when there is no way.
        channels: the best first.
    """

    band: str
    links: tuple[LinkRow, ...]
    ways: dict[str, str | None]
    channels: tuple[ChannelRow, ...]


def plan_command(request: PlanRequest, *, as_json: bool) -> int:
    """Survey a site, write what was asked for, and give the exit status.

    Returns:
        0; 1 when a device reaches the hub at no band.

    Raises:
        UsageError: with every mistake of plan, matrix and options; nothing is written.
        EnvironmentFault: when a file cannot be written.
    """
    site, survey = _survey(request)
    plans = tuple(_band(survey, request, band) for band in request.bands)
    for path, text in _files(request, site, plans):
        try:
            path.write_text(text, "utf-8")
        except OSError as fault:
            raise EnvironmentFault(f"{path}: {fault.strerror}") from fault
    lost = _unreachable(plans)
    if as_json:
        typer.echo(json.dumps(_document(request, site, plans), indent=2))
    else:
        _print(request, site, plans, Console())
    return int(bool(lost))


def _survey(request: PlanRequest) -> tuple[Site, RadioSurvey]:
    mistakes: list[str] = []

    def checked(check: Callable[[], Checked]) -> Checked | None:
        try:
            return check()
        except UsageError as refusal:
            mistakes.extend(refusal.problems)
            return None

    settings = checked(lambda: _Settings.of(request.assignments))
    links = request.links
    matrix = None if links is None else checked(lambda: read_links(links))
    site = checked(lambda: read_site(request.plan))
    mistakes += [] if site is None else _wrong_hub(request, site)
    if mistakes or site is None or settings is None:
        raise UsageError(*mistakes)
    places = {device.name: device.place for device in site.plan.devices}
    path = radio_path(settings.propagation, site.plan, matrix, request.seed)
    field = InterferenceField(site.sources, places, path, Streams(request.seed))
    survey = RadioSurvey(places, path, field, settings.receiver, settings.reception, request.power)
    return site, survey


@dataclass(frozen=True, slots=True)
class _Settings:
    """The settings that a plan is looked at with."""

    receiver: ReceiverSettings
    reception: ReceptionSettings
    propagation: PropagationSettings

    @classmethod
    def of(cls, assignments: Sequence[str]) -> Self:
        """The usual ones with what was changed."""
        overrides = parse_overrides(assignments, ROOMS, None)
        return cls(
            overrides.applied("receiver", ReceiverSettings()),
            overrides.applied("reception", ReceptionSettings()),
            overrides.applied("propagation", PropagationSettings()),
        )


def _wrong_hub(request: PlanRequest, site: Site) -> list[str]:
    if site.plan.device(request.hub) is not None:
        return []
    there = ", ".join(device.name for device in site.plan.devices) or "none"
    return [f"{request.plan}: no device {request.hub!r} to be the hub: there is {there}"]


def _band(survey: RadioSurvey, request: PlanRequest, band: str) -> BandPlan:
    links = survey.links(band)
    ways = reach(links, request.hub, request.margin)
    if band != "2.4 GHz":
        # Below 1 GHz every device is a direct child of the hub.
        ways = {device: way if way == request.hub else None for device, way in ways.items()}
    return BandPlan(band, links, ways, survey.channels(request.hub, band))


def _unreachable(plans: Sequence[BandPlan]) -> list[str]:
    devices = plans[0].ways if plans else {}
    return [name for name in devices if all(plan.ways[name] is None for plan in plans)]


def _files(request: PlanRequest, site: Site, plans: Sequence[BandPlan]) -> list[tuple[Path, str]]:
    files: list[tuple[Path, str]] = []
    if request.svg is not None:
        files.append((request.svg, plan_picture(site.plan, plans[0].links, request.hub)))
    if request.html is not None:
        files.append((request.html, plan_page(site, plans, request.hub, request.margin)))
    return files


def _document(request: PlanRequest, site: Site, plans: Sequence[BandPlan]) -> dict[str, Any]:
    return {
        "plan": site.plan.name,
        "hub": request.hub,
        "seed": request.seed,
        "margin_db": request.margin,
        "bands": [_band_document(plan) for plan in plans],
        "unreachable": _unreachable(plans),
        "unverified_materials": list(site.plan.unverified_materials()),
    }


def _band_document(plan: BandPlan) -> dict[str, Any]:
    return {
        "band": plan.band,
        "links": [
            {
                "from": row.one,
                "to": row.other,
                "rss_dbm": _rounded(row.rss),
                "margin_db": _rounded(row.margin),
                "per": round(row.lost, 9),
            }
            for row in plan.links
        ],
        "next_hop": plan.ways,
        "channels": [
            {
                "page": row.channel.page,
                "channel": row.channel.number,
                "per": round(row.lost, 9),
                "worst_per": round(row.worst, 9),
                "worst_device": row.worst_device or None,
                "interference_dbm": _rounded(row.interference),
            }
            for row in plan.channels
        ],
    }


def _rounded(value: float | None) -> float | None:
    return round(value, 2) if value is not None and isfinite(value) else None


def _print(request: PlanRequest, site: Site, plans: Sequence[BandPlan], console: Console) -> None:
    console.print(Text(f"{site.plan.name}, hub {request.hub}, seed {request.seed}", "bold"))
    console.print(_links_table(request, plans))
    for plan in plans:
        console.print(Text(_advice(plan)), soft_wrap=True)
    for name in _unreachable(plans):
        words = f"{name} reaches the hub at no band with {request.margin:g} dB to spare"
        console.print(Text(words, "bold red"), soft_wrap=True)
    unproved = site.plan.unverified_materials()
    if unproved:
        told = f"no source proves the losses of {', '.join(unproved)}"
        console.print(Text(told, "dim"), soft_wrap=True)


def _links_table(request: PlanRequest, plans: Sequence[BandPlan]) -> Table:
    table = Table(box=SIMPLE)
    table.add_column("link", no_wrap=True)
    for plan in plans:
        table.add_column(f"margin at {plan.band}", justify="right", no_wrap=True)
    for index, row in enumerate(plans[0].links):
        cells = (_cell(plan.links[index], request.margin) for plan in plans)
        is_hub = request.hub in (row.one, row.other)
        table.add_row(Text(f"{row.one} - {row.other}", "bold" if is_hub else ""), *cells)
    return table


def _cell(row: LinkRow, margin: float) -> Text:
    if not isfinite(row.rss):
        return Text("no link", "red")
    style = "green" if row.margin >= margin else "yellow" if row.margin >= 0 else "red"
    lost = f" {row.lost:.1%} lost" if row.lost >= 0.001 else ""
    return Text.assemble((f"{row.margin:.0f} dB", style), lost)


def _advice(plan: BandPlan) -> str:
    ways = [f"{device} through {way}" for device, way in plan.ways.items() if way not in (None, "")]
    by = ", ".join(f"{row.channel.number}" for row in plan.channels[:_SHOWN_CHANNELS])
    best = plan.channels[0]
    told = f"{plan.band}: {len(ways)} of {len(plan.ways)} reach the hub"
    hops = [each for each in ways if not each.endswith(f" {_hub_of(plan)}")]
    told += f" ({', '.join(hops)})" if hops else ""
    return f"{told}; best channels {by} (page {best.channel.page}: {best.lost:.2%} lost)"


def _hub_of(plan: BandPlan) -> str:
    """The one device that has no way of its own."""
    names = dict.fromkeys(name for row in plan.links for name in (row.one, row.other))
    return next((name for name in names if name not in plan.ways), "")
