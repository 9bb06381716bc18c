"""What a scenario, or a person at the prompt, lets a home take through a meter from now on."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Final

from emulator.equipment.meter_machine import TakeLoad
from emulator.kernel.errors import UsageError
from emulator.kernel.units import START
from emulator.lab.displays.meter_week import meter_of
from emulator.lab.inputs.loads import HOUSEHOLD_DAYS, MEASURED_BY, Demand
from emulator.lab.lab import Lab
from emulator.metering.demand.household import Household, demand_of
from emulator.metering.demand.profile import Fill
from emulator.metering.demand.profile_file import read_profile
from emulator.metering.demand.profile_times import TimeZone
from emulator.metering.power_import import ELEMENTS
from emulator.metering.quantities import Channel
from emulator.metering.step_function import StepFunction
from emulator.smart_energy.device import SmartEnergyDevice

_UNITS: Final = {
    "w": (Channel.ACTIVE_IMPORT, 1_000),
    "kw": (Channel.ACTIVE_IMPORT, 1_000_000),
    "var": (Channel.REACTIVE_IMPORT, 1_000),
    "kvar": (Channel.REACTIVE_IMPORT, 1_000_000),
    "l/h": (Channel.GAS, 1_000),
    "m3/h": (Channel.GAS, 1_000_000),
}
"""What a unit measures, and thousandths of a count an hour in one of it."""
_EXPORTED: Final = {
    Channel.ACTIVE_IMPORT: Channel.ACTIVE_EXPORT,
    Channel.REACTIVE_IMPORT: Channel.REACTIVE_EXPORT,
}
_AMOUNT: Final = re.compile(r"(-?)(\d{1,9}(?:\.\d{1,6})?)\s*([A-Za-z][A-Za-z0-9/]*)")
_MOST: Final = 1_000_000_000
"""A thousand kilowatts, more than which no home has."""


def rate_of_amount(text: str) -> tuple[Channel, int]:
    """The channel and rate that an amount like `2.5 kW`, `-3 kW` or `1.2 m3/h` says.

    A negative amount is exported.

    Raises:
        UsageError: when it is none.
    """
    found = _AMOUNT.fullmatch(text.strip())
    unit = None if found is None else _UNITS.get(found[3].lower())
    if found is None or unit is None:
        raise UsageError(f"{text!r}: expected an amount as 2.5 kW, -3 kW, 500 var or 1.2 m3/h")
    channel, size = unit
    if found[1]:
        if channel not in _EXPORTED:
            raise UsageError(f"{text!r}: gas only comes in: expected 0 or more")
        channel = _EXPORTED[channel]
    rate = Decimal(found[2]) * size
    if rate != rate.to_integral_value() or rate > _MOST:
        raise UsageError(f"{text!r}: expected at most 1000 kW, in whole thousandths of a W or l/h")
    return channel, int(rate)


def take(lab: Lab, meter: SmartEnergyDevice, amount: str, *, element: int = 1) -> None:
    """From now on the home takes this through a meter, until told otherwise.

    Of import and export, the other one stops.

    Args:
        lab: where it is.
        meter: which; it has power.
        amount: like `2.5 kW`, `-3 kW` for export, or `1.2 m3/h`.
        element: of a meter that has several, through which it imports.

    Raises:
        UsageError: when that is no amount, or the meter does not measure it or has no power.
    """
    channel, rate = rate_of_amount(amount)
    _check(meter, channel)
    if element != 1:
        channel = _channel_of(meter, channel, element)
    others = {a: b for pair in _EXPORTED.items() for a, b in (pair, pair[::-1])}
    demand = {channel: StepFunction([(lab.scheduler.now, rate)])}
    if channel in others:
        demand[others[channel]] = StepFunction()
    _post(meter, demand)


def take_profile(
    lab: Lab, path: Path, zone: TimeZone | None = None, fill: Fill = Fill.NONE
) -> None:
    """From now on the home takes what a file says, through every meter with power.

    Raises:
        UsageError: naming everything that is wrong with the file, or when no meter has power.
        EnvironmentFault: when it cannot be read.
    """
    profile = read_profile(path, zone, fill)
    start = lab.calendar.moment(START)
    _take_through_all(lab, {each: profile.demand(each, start) for each in profile.rates})


def take_household(lab: Lab, household: Household, days: int = HOUSEHOLD_DAYS) -> None:
    """From now on the home takes what a model of a household does, drawn from the run's seed.

    Raises:
        UsageError: when no meter has power.
    """
    start = lab.calendar.moment(START)
    stream = lab.streams.stream("household", "scenario")
    _take_through_all(lab, demand_of(household, stream, start, days))


def _take_through_all(lab: Lab, demand: Demand) -> None:
    meters = [each for each in lab.home().joiners if each.description.kind in MEASURED_BY]
    powered = [each for each in meters if each.powered]
    if not powered:
        raise UsageError("no meter has power: loads can be set once one has")
    for device in powered:
        measured = MEASURED_BY[device.description.kind]
        _post(device, {channel: each for channel, each in demand.items() if channel in measured})


def _check(meter: SmartEnergyDevice, channel: Channel) -> None:
    if channel not in MEASURED_BY.get(meter.description.kind, frozenset()):
        raise UsageError(f"{meter.name} does not measure {channel}")
    if not meter.powered:
        raise UsageError(f"{meter.name} has no power: its load can be set once it has")


def _channel_of(meter: SmartEnergyDevice, channel: Channel, element: int) -> Channel:
    """The channel of another element of a meter."""
    there = [each for each in ELEMENTS if each in meter_of(meter).channels]
    if channel is not Channel.ACTIVE_IMPORT or not 1 <= element <= len(there):
        raise UsageError(
            f"{meter.name} has no element {element} for that: an element imports active power, and "
            "a second one is there with electricity_meter.variant=twin"
        )
    return there[element - 1]


def _post(meter: SmartEnergyDevice, demand: Demand) -> None:
    for channel, function in demand.items():
        meter.post(TakeLoad(channel, function))
