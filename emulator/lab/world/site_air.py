"""The air of the laboratory: ideal, or physical on a floor plan with what disturbs there."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from emulator.kernel.errors import UsageError
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.lab.kept.result import InputFile
from emulator.radio.air import Air
from emulator.radio.interference.sources import InterferenceField
from emulator.radio.links import AdjustableLinks, SymmetricLinks
from emulator.radio.physical import PhysicalReception, PhysicalSettings
from emulator.radio.propagation.fading import Fading
from emulator.radio.propagation.floor_plan import FloorPlan
from emulator.radio.propagation.link_matrix import LinkMatrix, read_links
from emulator.radio.propagation.models import path_loss_of
from emulator.radio.propagation.path_loss import PathLoss, Place
from emulator.radio.propagation.propagated_links import Path as RadioPath
from emulator.radio.propagation.propagated_links import PropagatedLinks
from emulator.radio.propagation.settings import PropagationSettings
from emulator.radio.propagation.shadowing import Shadowing
from emulator.radio.site import Site, read_site
from emulator.smart_energy.stack_settings import StackSettings

PLANS = "plans"
"""The folder of installed scenarios that holds floor plans."""
_NOWHERE = FloorPlan("no plan", (), (), (), ())


class SiteAir:
    """The air that the radios of a home share, and what it is made of.

    Args:
        settings: of the run; `air.model`, `air.plan` and `air.links` say what air it is.
        scheduler: its time.
        streams: its draws.

    Raises:
        UsageError: when a file of the settings is wrong, or the physical air has neither.
    """

    def __init__(self, settings: StackSettings, scheduler: Scheduler, streams: Streams) -> None:
        self.inputs: list[InputFile] = []
        self.site: Site | None = None
        self._settings = settings
        self._streams = streams
        self._field: InterferenceField | None = None
        air = settings.air
        self.links: AdjustableLinks = SymmetricLinks(air.rss, air.loss)
        self.air = Air(scheduler, streams, self.links)
        if air.model == "physical":
            if not air.plan and not air.links:
                raise UsageError("air.model is physical: expected air.plan=FILE or air.links=FILE")
            self._open(Path(air.plan) if air.plan else None)
        elif air.plan or air.links:
            raise UsageError("air.plan and air.links are for the physical air: set air.model too")

    @property
    def interference(self) -> InterferenceField:
        """What else is on the air.

        Raises:
            UsageError: when the air is ideal.
        """
        if self._field is None:
            raise UsageError("the ideal air has no interference: give the home a floor plan")
        return self._field

    def on_plan(self, name: str) -> None:
        """Give the home a floor plan, unless the run has given it one; before the home.

        Args:
            name: of a file among the installed plans, or a path.

        Raises:
            UsageError: when the file is wrong.
        """
        if self._field is None:
            installed = INSTALLED / PLANS / name
            self._open(installed if installed.exists() else Path(name))

    def on_site(self, site: Site, path: Path) -> None:
        """Give the air a site that was read already, as of a building; before any radio is there.

        Args:
            site: the plan with every device, and what else is on the air.
            path: of the file it is from.
        """
        self.site = site
        self._note(path)
        self._open(None)

    def check(self, names: Iterable[str]) -> None:
        """Refuse a plan, or measured links, in which a device of the home is missing.

        Raises:
            UsageError: with every one that is missing.
        """
        if not isinstance(self.links, PropagatedLinks):
            return
        missing = [name for name in names if name not in self.links.places]
        if missing:
            there = ", ".join(self.links.places) or "none"
            raise UsageError(
                *(f"the plan has no device {name!r}: it has {there}" for name in missing)
            )

    def _open(self, plan: Path | None) -> None:
        settings = self._settings
        matrix = self._matrix(settings.air.links)
        if plan is not None:
            self.site = read_site(plan)
            self._note(plan)
        building = _NOWHERE if self.site is None else self.site.plan
        places = {device.name: device.place for device in building.devices}
        for name in () if matrix is None else matrix.names():
            places.setdefault(name, Place(name))
        path = radio_path(settings.propagation, building, matrix, self._streams.seed)
        links = PropagatedLinks(places.values(), path, settings.propagation.audible)
        links.set_default_loss(settings.air.loss)
        sources = () if self.site is None else self.site.sources
        self._field = InterferenceField(sources, links.places, path, self._streams)
        self.links = links
        self.air.use(links, self._reception(links, self._field))

    def _reception(self, links: PropagatedLinks, field: InterferenceField) -> PhysicalReception:
        settings = self._settings
        spread = settings.propagation
        fading = None
        if spread.fading:
            fading = Fading(self._streams.seed, spread.fading, spread.fading_hold)
        physics = PhysicalSettings(settings.receiver, settings.reception)
        return PhysicalReception(links, physics, field, fading)

    def _matrix(self, name: str) -> LinkMatrix | None:
        if not name:
            return None
        matrix = read_links(Path(name))
        self._note(Path(name))
        return matrix

    def _note(self, path: Path) -> None:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        self.inputs.append(InputFile(str(path), digest))


def radio_path(
    settings: PropagationSettings, plan: FloorPlan, matrix: LinkMatrix | None, seed: int
) -> RadioPath:
    """What lies between places: measured where it was measured, by the model elsewhere.

    Measured losses hold the shadowing of their links already; only a model adds some.
    """
    model: PathLoss | None = path_loss_of(settings, plan) if plan.devices else None
    spread = settings.shadowing if matrix is None else 0.0
    shadowing = Shadowing(seed, spread, settings.band_correlation)
    if matrix is not None:
        return RadioPath(replace(matrix, otherwise=model), shadowing)
    return RadioPath(model or path_loss_of(settings, plan), shadowing)
