"""A year of a dual-fuel household, and how much room the meters of a hundred homes take."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median
from typing import Any

import tests.benchmarks.metered_years
from emulator.cosem.server.members import MeterVariant
from emulator.equipment.meter_machine import MeterMachine
from emulator.equipment.request import RemoteParties
from emulator.gbcs.pki import DEFAULT_ORGANISATIONS, make_pki
from emulator.gbcs_device.cosem.device_objects import MEASURED
from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Streams
from emulator.kernel.units import START, Calendar, Instant
from emulator.metering.demand.household import Household, demand_of
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.maximum_demand import MaximumDemand
from emulator.metering.meter import Meter
from emulator.metering.quantities import COUNT, DAY, HOUR, Channel
from emulator.metering.step_function import StepFunction
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from emulator.metering.tariff_registers import TariffRegisters
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.testing.judges.device_rules import EUI64, made, request_for
from tests.benchmarks.figures import Figure, processor_seconds_of

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 365
ROUNDS = 5
ESMES = 100
LOGGED_DAYS = 400
"""More than thirteen months, so that every log is full."""
ELECTRIC = MEASURED[MeterVariant.SINGLE_ELEMENT]


def measure() -> Iterator[Figure]:
    """Seconds a year, and octets a hundred meters."""
    yield from tests.benchmarks.metered_years.measure()
    demand = demand_of(
        Household(panels=3_000, charger=7_000), Streams(1).stream("home", "demand"), BEGIN, DAYS
    )
    _check(demand, *_year(demand))
    times = [processor_seconds_of(lambda: _year(demand)) for _ in range(ROUNDS)]
    yield Figure(
        name="metering: a year of a dual-fuel household, half-hourly logs",
        figure=round(median(times), 3),
        unit="s",
        target=1.0,
        better="lower",
        detail=f"ESME with 4 channels, two-rate tariff and maximum demand, and GSME; "
        f"{ROUNDS} rounds, median CPU time",
    )
    yield Figure(
        name=f"metering: registers and full logs of {ESMES} ESMEs",
        figure=round(_octets() / 2**20, 1),
        unit="MiB",
        target=400,
        better="lower",
        detail=f"{LOGGED_DAYS} days logged; their meters alone, without stack and objects",
    )
    yield Figure(
        name=f"metering: {ESMES} ESMEs in one process",
        figure=round(_devices() / 2**20, 1),
        unit="MiB",
        target=400,
        better="lower",
        detail=f"each with power, its stack, its objects and {LOGGED_DAYS} days of logs; "
        "besides what one process takes anyway",
    )


def _year(demand: dict[Channel, StepFunction]) -> tuple[Meter, Meter, TariffRegisters]:
    night = TariffCalendar(((Switch(0, 0), Switch(420, 1)),), [(0,) * 7], (Season(1, 1, 0),))
    electric, gas = _meter(ELECTRIC), _meter((Channel.GAS,))
    tariff = TariffRegisters(night)
    electric.followers.append(tariff)
    electric.half_hourly.append((0, MaximumDemand()))
    for channel, function in demand.items():
        (gas if channel is Channel.GAS else electric).load(channel, function, START)
    for meter in (electric, gas):
        meter.advance(Instant(DAYS * DAY))
    return electric, gas, tariff


def _check(
    demand: dict[Channel, StepFunction], electric: Meter, gas: Meter, tariff: TariffRegisters
) -> None:
    for channel, function in demand.items():
        measured = (gas if channel is Channel.GAS else electric).channels[channel]
        expected = function.integral(0, DAYS * DAY)
        assert measured.amount == expected
        assert sum(each.counts for each in measured.daily.entries()) == expected // COUNT
    assert sum(tariff.time_of_use.values()) == electric.channels[Channel.ACTIVE_IMPORT].counts


def _octets() -> int:
    one_kilowatt = StepFunction([(0, 1_000_000), (HOUR, 500_000)])
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    meters = [_meter(ELECTRIC) for _ in range(ESMES)]
    for meter in meters[:1]:
        meter.load(Channel.ACTIVE_IMPORT, one_kilowatt, START)
        meter.advance(Instant(LOGGED_DAYS * DAY))
    full = meters[0].snapshot(Instant(LOGGED_DAYS * DAY))
    for meter in meters[1:]:
        meter.restore(full, Instant(LOGGED_DAYS * DAY))
    del full
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return after - before


def _devices() -> int:
    """Octets that so many whole devices hold, besides the keys of the test PKI."""
    first = request_for("ESME")
    names = [Eui64(EUI64 + number) for number in range(ESMES)]
    keys = make_pki(1, dict.fromkeys(names), DEFAULT_ORGANISATIONS).keys
    request = replace(first, remote=RemoteParties(keys=keys))
    model = made(request)  # what the first of a kind loads is not counted
    model.power_on()
    full = _logged(model)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    devices = [made(replace(request, name=f"ESME {each:x}", eui64=each)) for each in names]
    for device in devices:
        device.power_on()
        _meter_of(device).restore(full, Instant(LOGGED_DAYS * DAY))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return after - before


def _logged(device: SmartEnergyDevice) -> dict[str, Any]:
    """What the meter of a device keeps once its logs are full."""
    meter = _meter_of(device)
    meter.load(Channel.ACTIVE_IMPORT, StepFunction([(0, 500_000)]), START)
    return meter.snapshot(Instant(LOGGED_DAYS * DAY))


def _meter_of(device: SmartEnergyDevice) -> Meter:
    assert device.assembly is not None
    machines = device.assembly.machines
    return next(each.meter for each in machines if isinstance(each, MeterMachine))


def _meter(channels: tuple[Channel, ...]) -> Meter:
    return Meter(DriftingClock(Calendar(BEGIN)), channels)
