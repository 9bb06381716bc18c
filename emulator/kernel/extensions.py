"""Kinds by name: devices, radios and commands come in through entry points, also from others.

Nothing below imports the concrete kinds above it; a package that declares an entry point in one of
these groups adds to what the command line offers.
"""

import sys
from functools import lru_cache
from importlib.metadata import EntryPoint, EntryPoints, entry_points
from typing import Any, Final, Literal

from emulator.kernel.errors import EnvironmentFault, UsageError

Group = Literal["hanlab.devices", "hanlab.radios", "hanlab.commands"]

GROUPS: Final[tuple[Group, ...]] = ("hanlab.devices", "hanlab.radios", "hanlab.commands")


def names(group: Group) -> tuple[str, ...]:
    """The names of every kind in `group`, sorted."""
    return tuple(sorted(_declared(group, tuple(sys.path)).names))


def load(group: Group, name: str) -> Any:
    """The object a kind is made by.

    Raises:
        UsageError: when no package declares that name.
        EnvironmentFault: when the package that declares it cannot be imported.
    """
    found = _declared(group, tuple(sys.path)).select(name=name)
    if not found:
        raise UsageError(f"no {group.removeprefix('hanlab.')} named {name!r}: {_known(group)}")
    point: EntryPoint = next(iter(found))
    try:
        return point.load()
    except Exception as fault:
        raise EnvironmentFault(
            f"{group} {name!r} ({point.value}) does not load: {fault}"
        ) from fault


@lru_cache(maxsize=8)
def _declared(group: Group, _path: tuple[str, ...]) -> EntryPoints:
    """The entry points of a group on this path; to read every package takes milliseconds."""
    return entry_points(group=group)


def _known(group: Group) -> str:
    return "there is " + (", ".join(names(group)) or "none installed")
