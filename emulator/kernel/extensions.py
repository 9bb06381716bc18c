"""Kinds by name: devices, radios and commands come in through entry points, also from others.

Nothing below imports the concrete kinds above it; a package that declares an entry point in one of
these groups adds to what the command line offers.
"""

from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final, Literal, get_args

from emulator.kernel.errors import EnvironmentFault, UsageError

Group = Literal[
    "hanlab.devices",
    "hanlab.defects",
    "hanlab.radios",
    "hanlab.probes",
    "hanlab.dongles",
    "hanlab.coordinators",
    "hanlab.sniffers",
    "hanlab.lines",
    "hanlab.ports",
    "hanlab.commands",
]

GROUPS: Final[tuple[Group, ...]] = get_args(Group)


def names(group: Group) -> tuple[str, ...]:
    """The names of every kind in `group`, sorted."""
    return tuple(sorted({point.name for point in entry_points(group=group)}))


def load(group: Group, name: str) -> Any:
    """The object a kind is made by.

    Raises:
        UsageError: when no package declares that name.
        EnvironmentFault: when the package that declares it cannot be imported.
    """
    return loader(group)(name)


def loader(group: Group) -> Callable[[str], Any]:
    """A `load` for one group that looks through the installed packages only once."""
    declared: dict[str, EntryPoint] = {}
    for point in entry_points(group=group):
        declared.setdefault(point.name, point)

    def load_kind(name: str) -> Any:
        point = declared.get(name)
        if point is None:
            there = "there is " + (", ".join(sorted(declared)) or "none installed")
            raise UsageError(f"no {group.removeprefix('hanlab.')} named {name!r}: {there}")
        try:
            return point.load()
        except Exception as fault:
            raise EnvironmentFault(
                f"{group} {name!r} ({point.value}) does not load: {fault}"
            ) from fault

    return load_kind
