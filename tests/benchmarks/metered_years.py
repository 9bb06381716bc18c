"""A year of whole meters: tariff, account, demand, logs and alerts, woken as devices are."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from statistics import median

from emulator.cosem.server.members import MeterVariant
from emulator.gbcs_device.cosem.device_objects import MEASURED
from emulator.kernel.streams import Streams
from emulator.kernel.units import START, Calendar, Instant
from emulator.metering.date_patterns import DatePattern, DatePatterns
from emulator.metering.demand.household import Household, demand_of
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.electricity_meter import ElectricityMeter
from emulator.metering.prepayment.debts import TimeDebt
from emulator.metering.prepayment.money import POUND
from emulator.metering.prepayment.terms import PaymentMode, PrepaymentTerms
from emulator.metering.quantities import DAY, Channel
from emulator.metering.step_function import StepFunction
from emulator.metering.tariff_calendar import Season, Switch, TariffCalendar
from emulator.metering.tariff_matrix import TariffTerms
from tests.benchmarks.figures import Figure, processor_seconds_of
from tests.gbcs_device.gas_meter.scene import GasMeter

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 365
END = DAYS * DAY
ROUNDS = 5
TOP_UP = 45 * POUND
"""Each week, on either meter; winters are dear, so supply is interrupted now and then."""
Demand = Mapping[Channel, StepFunction]


def measure() -> Iterator[Figure]:
    """Seconds a year, of each kind of electricity meter and a gas meter beside it."""
    demand = _demand()
    for mode in PaymentMode:
        for variant in MeterVariant:
            year = partial(_year, demand, variant, mode)
            times = [processor_seconds_of(year) for _ in range(ROUNDS)]
            yield Figure(
                name=f"metering: a dual-fuel year, {mode}, {variant}",
                figure=round(median(times), 3),
                unit="s",
                target=1.0,
                better="lower",
                detail="ESME with two rates, debt by time, bills, maximum demand, half-hourly and "
                f"daily logs, and GSME, woken at what they tell; {ROUNDS} rounds, median CPU time",
            )


def _demand() -> Demand:
    home = Household(panels=3_000, charger=7_000)
    found = demand_of(home, Streams(1).stream("home", "demand"), BEGIN, DAYS)
    importing = found[Channel.ACTIVE_IMPORT]
    reactive = StepFunction((at, rate // 5) for at, rate in importing)
    return {**found, Channel.REACTIVE_IMPORT: reactive, Channel.SECONDARY_IMPORT: reactive}


def _year(demand: Demand, variant: MeterVariant, mode: PaymentMode) -> None:
    prepaid = mode is PaymentMode.PREPAYMENT
    electric = _electric(demand, variant, prepaid=prepaid)
    gas = _gas(demand, prepaid=prepaid)
    for week in range(DAYS // 7):
        end = (week + 1) * 7 * DAY
        _live(electric, Instant(end))
        gas.live(end - gas.now)
        if prepaid:
            electric.account.top_up(week + 1, TOP_UP, electric.own(Instant(end)))
            electric.press(Instant(end))
            gas.adjust(TOP_UP)
            gas.work.enable()
    _live(electric, Instant(END))
    gas.live(END - gas.now)
    _check(demand, electric, prepaid=prepaid)


def _check(demand: Demand, meter: ElectricityMeter, *, prepaid: bool) -> None:
    measured = meter.meter.channels[Channel.ACTIVE_IMPORT]
    expected = demand[Channel.ACTIVE_IMPORT].integral(0, END)
    assert measured.amount <= expected if prepaid else measured.amount == expected
    assert sum(meter.tariff.time_of_use.values()) == measured.counts
    assert sum(each.counts for each in measured.profile.entries()) == measured.counts


def _electric(demand: Demand, variant: MeterVariant, *, prepaid: bool) -> ElectricityMeter:
    meter = ElectricityMeter(DriftingClock(Calendar(BEGIN)), MEASURED[variant])
    night = TariffCalendar(((Switch(0, 1), Switch(420, 2)),), [(0,) * 7], (Season(1, 1, 0),))
    prices = {1: 10_000, 2: 25_000}

    def set_up() -> None:
        meter.tariff.terms = TariffTerms(calendar=night, prices=prices, standing_charge=50_000)
        if meter.second is not None:
            meter.second.tariff.terms = TariffTerms(prices={1: 7_000})
        meter.account.terms = PrepaymentTerms()
        meter.set_periods(DatePatterns([DatePattern(0, day=1)]), DatePatterns(), START)

    meter.concerns["all"] = set_up
    meter.outdate()
    meter.advance(START)
    if prepaid:
        meter.account.balance = TOP_UP
        meter.account.time_debts = (TimeDebt(200 * POUND, 100_000, 7 * DAY), TimeDebt())
        meter.account.set_mode(PaymentMode.PREPAYMENT, meter.own(START))
        meter.outdate()
    for channel in MEASURED[variant]:
        if channel in demand:
            meter.load(channel, demand[channel], START)
    return meter


def _gas(demand: Demand, *, prepaid: bool) -> GasMeter:
    gas = GasMeter()
    gas.flat_price(6_000, standing=30_000)
    if prepaid:
        gas.prepay()
        gas.adjust(TOP_UP)
    gas.meter.load(Channel.GAS, demand[Channel.GAS], START)
    return gas


def _live(meter: ElectricityMeter, until: Instant) -> None:
    """Let time pass, and look when the meter has something to tell, as its machine does."""
    at = START
    while (due := meter.deadline(at)) is not None and due <= until:
        at = due
        meter.events.clear()
    meter.advance(until)
