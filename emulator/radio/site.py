"""A site: the floor plan of a building and what else is on its air, read from one file."""

from dataclasses import dataclass
from pathlib import Path

from emulator.radio.interference.source_tables import TABLE, parse_sources
from emulator.radio.interference.sources import Source
from emulator.radio.located_toml import read_toml
from emulator.radio.propagation.floor_plan import FloorPlan
from emulator.radio.propagation.plan_file import TABLES, parse_plan


@dataclass(frozen=True, slots=True)
class Site:
    """Where devices are and what disturbs them."""

    plan: FloorPlan
    sources: tuple[Source, ...]


def read_site(path: Path) -> Site:
    """The site that a file describes.

    Raises:
        UsageError: with every mistake, each with file, line and rule.
    """
    document = read_toml(path)
    document.only_tables(*TABLES, TABLE)
    plan = parse_plan(document)
    sources = parse_sources(document, {storey.name: storey for storey in plan.storeys})
    known = {device.name for device in plan.devices}
    for table, source in zip(document.tables(TABLE), sources, strict=False):
        for name in source.receivers:
            if name not in known:
                table.refuse("receivers", f"receivers: there is no device {name!r}")
    document.check()
    return Site(plan, sources)
