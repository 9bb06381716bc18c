"""The last week of a meter: half hours, register, balance and events, as they can be plotted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from emulator.equipment.meter_machine import KeptMeter, MeterMachine
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.gbcs_device.facts import AlertSent, CommandExecuted
from emulator.kernel.errors import UsageError
from emulator.kernel.trace import Fact
from emulator.lab.lab import Lab
from emulator.metering.drifting_clock import moment_of, own_time
from emulator.metering.meter import Meter
from emulator.metering.quantities import HALF_HOUR, Channel
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.facts import PowerChanged

WEEK: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Half:
    """A half hour of a profile log: when it began, and whole counts."""

    start: datetime
    counts: int


@dataclass(frozen=True, slots=True)
class Event:
    """What happened at a meter."""

    at: datetime
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterWeek:
    """What a meter measured and what happened to it, up to now.

    Args:
        name: of the meter.
        fuel: gas or electricity.
        profiles: half hours of each channel in which anything passed, oldest first.
        register: of the first channel, counts at the end of each half hour.
        balance: thousandths of a penny, as displays saw it.
        events: alerts, commands that were carried out, and power.
    """

    name: str
    fuel: str
    profiles: dict[Channel, tuple[Half, ...]]
    register: tuple[Half, ...]
    balance: tuple[tuple[datetime, int], ...]
    events: tuple[Event, ...]


def meter_week(lab: Lab, device: SmartEnergyDevice) -> MeterWeek:
    """The last week of a meter.

    Raises:
        UsageError: when the device has no meter, or no power.
    """
    meter = meter_of(device)
    now = lab.scheduler.now
    meter.advance(now)
    end = own_time(lab.calendar.moment(now))
    since = end - WEEK // timedelta(microseconds=1)
    profiles = {
        channel: tuple(
            Half(moment_of(each.interval * HALF_HOUR), each.counts)
            for each in counted.profile.entries(max(0, since))
        )
        for channel, counted in meter.channels.items()
    }
    first = next(iter(meter.channels))
    moment = moment_of(since)
    return MeterWeek(
        name=device.name,
        fuel="gas" if first is Channel.GAS else "electricity",
        profiles={
            channel: halves
            for channel, halves in profiles.items()
            if channel is first or any(each.counts for each in halves)
        },
        register=tuple(_register(meter, first, profiles[first])),
        balance=tuple(each for each in _balance(lab, device) if each[0] >= moment),
        events=tuple(each for each in _events(lab, device.name) if each.at >= moment),
    )


def meter_of(device: SmartEnergyDevice) -> Meter:
    """What counts in a device.

    Raises:
        UsageError: when nothing does, or it has no power.
    """
    if device.assembly is not None:
        for part in (*device.assembly.machines, *device.assembly.persistent.values()):
            if isinstance(part, MeterMachine | KeptMeter):
                return part.meter
    raise UsageError(f"{device.name} has no meter that runs: it cannot be plotted")


def _register(meter: Meter, channel: Channel, halves: Sequence[Half]) -> Iterator[Half]:
    """The register at the end of each half hour, back from what it shows now."""
    counted = meter.channels[channel]
    at = counted.counts - counted.open_half_hour - sum(each.counts for each in halves)
    for each in halves:
        at += each.counts
        yield Half(each.start + timedelta(minutes=30), at)


def _balance(lab: Lab, device: SmartEnergyDevice) -> Iterator[tuple[datetime, int]]:
    """The balance of a meter as displays saw it; of gas they see it at the hub's mirror."""
    kind, eui64 = device.description.kind, device.description.eui64
    supply = lab.home().hub.description.eui64 if kind == "GSME" else eui64
    for sight in lab.world.sightings.of_supply(supply):
        if sight.seen.balance is not None:
            yield lab.calendar.moment(sight.at), sight.seen.balance


def _events(lab: Lab, name: str) -> Iterator[Event]:
    told: set[tuple[int, str]] = set()
    for record in lab.trace.records:
        what = _event(record.fact) if record.node == name else ""
        if what and (record.at, what) not in told:
            told.add((record.at, what))
            yield Event(lab.calendar.moment(record.at), what)


def _event(fact: Fact) -> str:
    match fact:
        case AlertSent():
            return f"alert {fact.alert:04X} {fact.name}".strip()
        case CommandExecuted():
            use_case = known_use_case(fact.message_code)
            name = None if use_case is None else use_case.name
            return name or f"{fact.message_code:04X}"
        case PowerChanged():
            return "power on" if fact.on else "power off"
        case _:
            return ""
