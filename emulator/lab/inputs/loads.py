"""`--load [DEVICE=]SOURCE`: what a home takes through its meters, from a file or a household model.

A column of a file, or a model's channel, goes to every meter that measures it, unless a device is
named. A later `--load` replaces what an earlier one said of the same channel.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Final

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.streams import Streams
from emulator.lab.shipments.device_names import names_for
from emulator.lab.shipments.shipment import Shipment
from emulator.metering.demand.household import Household, demand_of
from emulator.metering.demand.profile import Fill, Profile
from emulator.metering.demand.profile_file import read_profile
from emulator.metering.demand.profile_times import TimeZone
from emulator.metering.quantities import Channel
from emulator.metering.step_function import StepFunction

HOUSEHOLD: Final = "household"
MEASURED_BY: Final[Mapping[str, frozenset[Channel]]] = {
    "ESME": frozenset(set(Channel) - {Channel.GAS}),
    "GSME": frozenset({Channel.GAS}),
}
"""What a meter of each type may measure; what a single one does not have, it ignores."""
HOUSEHOLD_DAYS: Final = 400
"""How long a model of a household goes on: thirteen months, as profile logs are long."""

Demand = Mapping[Channel, StepFunction]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReading:
    """How the files of loads are read: `--time-zone` and `--fill`."""

    zone: TimeZone | None = None
    fill: Fill = Fill.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """One `--load`, checked.

    Args:
        device: whose meter; None for every meter that measures it.
        text: as written.
        path: the file; None for a model.
        demand: what is taken, for a run that begins then, drawn from these streams.
    """

    device: Eui64 | None
    text: str
    path: Path | None
    demand: Callable[[datetime, Streams], Demand]


def parse_loads(
    texts: Sequence[str], how: LoadReading, shipment: Shipment | None
) -> tuple[Load, ...]:
    """What `--load` arguments say.

    Args:
        texts: each `[DEVICE=]SOURCE`.
        how: files are read.
        shipment: where devices are looked up; None when it could not be read.

    Raises:
        UsageError: with every mistake, one line each; of files with line, value and rule.
        EnvironmentFault: when the extra for Parquet is not installed.
    """
    loads: list[Load] = []
    mistakes: list[str] = []
    for text in texts:
        try:
            loads.append(_load(text, how, shipment))
        except UsageError as refusal:
            mistakes.extend(f"--load {each}" for each in refusal.problems)
    if mistakes:
        raise UsageError(*mistakes)
    return tuple(loads)


def demand_at(
    loads: Sequence[Load], device: Eui64, kind: str, start: datetime, streams: Streams
) -> Demand:
    """What is taken through the meter of a device; nothing through a device without one.

    Args:
        loads: of the run.
        device: which.
        kind: its type in the shipment.
        start: the moment in UTC of instant zero.
        streams: of the run.
    """
    measured = MEASURED_BY.get(kind, frozenset())
    taken: dict[Channel, StepFunction] = {}
    for load in loads:
        if measured and load.device in (None, device):
            demand = load.demand(start, streams)
            taken |= {channel: each for channel, each in demand.items() if channel in measured}
    return taken


def parse_household(text: str) -> Household:
    """The household that `household` or `household:charger=7000,panels=3000` names.

    Raises:
        UsageError: naming what is wrong, and what could be there.
    """
    _, _, rest = text.partition(":")
    known = {each.name for each in fields(Household)}
    values: dict[str, int] = {}
    for part in filter(None, (each.strip() for each in rest.split(","))):
        name, _, value = (each.strip() for each in part.partition("="))
        if name not in known:
            raise UsageError(f"{text}: no {name!r}: expected {', '.join(sorted(known))}")
        if not value.isascii() or not value.isdigit():
            raise UsageError(f"{text}: {name} {value!r}: expected a whole number, 0 or more")
        values[name] = int(value)
    return Household(**values)


def _load(text: str, how: LoadReading, shipment: Shipment | None) -> Load:
    name, mark, source = text.partition("=")
    if not mark or "/" in name or ":" in name or "." in name:
        name, source = "", text
    device = _device(name.strip(), shipment) if name else None
    if source.partition(":")[0].strip() == HOUSEHOLD:
        return _modelled(device, text, parse_household(source.strip()))
    path = Path(source)
    profile = read_profile(path, how.zone, how.fill)
    return Load(device=device, text=text, path=path, demand=_from(profile, source))


def _modelled(device: Eui64 | None, text: str, household: Household) -> Load:
    def demand(start: datetime, streams: Streams) -> Demand:
        return demand_of(household, streams.stream("household", text), start, HOUSEHOLD_DAYS)

    return Load(device=device, text=text, path=None, demand=demand)


def _from(profile: Profile, name: str) -> Callable[[datetime, Streams], Demand]:
    def demand(start: datetime, _: Streams) -> Demand:
        first, last = profile.period
        if last <= start:
            raise UsageError(
                f"--load {name}: ends {_told(last)}, before the run begins at {_told(start)}: "
                f"let it begin with the profile: --start {_told(first)}"
            )
        return {channel: profile.demand(channel, start) for channel in profile.rates}

    return demand


def _told(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%MZ}"


def _device(name: str, shipment: Shipment | None) -> Eui64 | None:
    if shipment is None:
        return None
    meters = [each for each in shipment.joining if each.type in MEASURED_BY]
    names = names_for(meters)
    for eui64, known in names.items():
        if name.upper() == known or name.upper() == format_eui64(eui64):
            return eui64
    there = ", ".join(names.values()) or "none: the shipment has no meter"
    raise UsageError(f"{name}: no meter of that name: expected {there}")
