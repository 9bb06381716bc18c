"""What a run of pytest can choose: on the command line, in its configuration, in a marker."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from emulator.kernel.errors import UsageError

DEFAULT_SEED: Final = 1
MARKER: Final = "lab"
_KNOWN: Final = ("shipment", "seed", "settings", "scenario")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabChoice:
    """What the laboratory of one test is made of.

    Args:
        shipment: file with the devices; None for the dual-fuel home that comes with hanlab.
        seed: what every random draw is keyed by.
        settings: as `hanlab run --set` takes them.
        scenario: path or name of the scenario that `run_scenario` runs; may be empty.
    """

    shipment: Path | None = None
    seed: int = DEFAULT_SEED
    settings: tuple[str, ...] = ()
    scenario: str = ""


def add_options(parser: pytest.Parser) -> None:
    """Add options and settings."""
    group = parser.getgroup("hanlab", "hanlab: emulated homes and devices")
    group.addoption("--hanlab-shipment", metavar="FILE", help="shipment of every test's home")
    group.addoption(
        "--hanlab-seed", type=int, metavar="N", help="what every random draw is keyed by"
    )
    group.addoption(
        "--hanlab-clause", metavar="TEXT", help="only tests whose clause begins with this"
    )
    group.addoption(
        "--hanlab-usecase", metavar="NAME", help="only tests of this use case: ECS17b or 0027"
    )
    group.addoption(
        "--hanlab-out",
        metavar="DIR",
        help="keep the files of failures there, not in pytest's temporary folder",
    )
    parser.addini("hanlab_shipment", "shipment file, beside this configuration", default="")
    parser.addini("hanlab_seed", "what every random draw is keyed by", default="")
    parser.addini("hanlab_usecases", "folder of own use-case records", default="")


def choice_of(node: pytest.Item) -> LabChoice:
    """What a test chooses: its nearest markers, then the command line, then the configuration.

    Raises:
        UsageError: when a marker or the configuration has what it must not have.
    """
    told: dict[str, object] = {}
    for mark in node.iter_markers(MARKER):
        unknown = [name for name in mark.kwargs if name not in _KNOWN]
        if unknown or mark.args:
            wrong = ", ".join((*map(repr, mark.args), *unknown))
            known = ", ".join(_KNOWN)
            raise UsageError(f"{node.nodeid}: marker lab: {wrong}: expected {known}")
        told = {**mark.kwargs, **told}
    settings = told.get("settings", ())
    texts = (settings,) if isinstance(settings, str) else tuple(settings)  # type: ignore[arg-type] # a list
    return LabChoice(
        shipment=_shipment(node, str(told.get("shipment", ""))),
        seed=_seed(node, told.get("seed")),
        settings=tuple(map(str, texts)),
        scenario=_beside(node, str(told.get("scenario", ""))),
    )


def _beside(node: pytest.Item, scenario: str) -> str:
    """The scenario of that path beside the test, where there is one; else the name as it is."""
    near = node.path.parent / scenario
    return str(near) if scenario and near.is_file() else scenario


def _shipment(node: pytest.Item, told: str) -> Path | None:
    """The shipment file: of a marker beside the test, else of pytest's own options."""
    config = node.config
    if told:
        return node.path.parent / told
    option = config.getoption("--hanlab-shipment")
    if option:
        return config.invocation_params.dir / str(option)
    written = config.getini("hanlab_shipment")
    return config.rootpath / str(written) if written else None


def _seed(node: pytest.Item, told: object) -> int:
    option = node.config.getoption("--hanlab-seed")
    written = node.config.getini("hanlab_seed")
    for each in (told, option, written):
        if each is None or each == "":
            continue
        try:
            return int(str(each))
        except ValueError:
            raise UsageError(f"seed {each!r}: expected a number") from None
    return DEFAULT_SEED
