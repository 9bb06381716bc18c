"""Whatever happens to clock and power, and at a year's end: every litre is counted once."""

import json
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from emulator.gbcs_device.gas_meter.working_meter import WorkingGasMeter
from emulator.gbcs_device.gbz.state.as_shipped import GSME
from emulator.gbcs_device.gbz.state.calendars import TARIFF, Calendar
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.kernel.units import Calendar as Time
from emulator.kernel.units import Instant
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.meter import Meter
from emulator.metering.quantities import COUNT, DAY, HOUR, Channel
from emulator.metering.step_function import StepFunction
from tests.gbcs_device.gas_meter.test_calendars import DAYS

YEAR_END = datetime(2025, 12, 30, 21, 7, tzinfo=UTC)
SPAN = 4 * DAY
instants = st.integers(0, SPAN).map(Instant)
demands = st.dictionaries(instants, st.integers(0, 6_000_000), max_size=8).map(
    lambda steps: StepFunction(sorted(steps.items()))
)
happenings = st.lists(
    st.tuples(instants, st.sampled_from(["look", "set clock", "lose power"])), max_size=8
)


def measured() -> tuple[Meter, MeterStore]:
    """A meter and a state in which seven o'clock switches from tier 1 to tier 2."""
    store = MeterStore({**GSME, (0x0700, 0x0611): 2})
    store.calendars.hold(TARIFF, Calendar(None, DAYS[:1]))
    return Meter(DriftingClock(Time(YEAR_END), 40_000), (Channel.GAS,)), store


@settings(max_examples=20, deadline=None)
@given(demands, happenings, st.integers(-3 * HOUR, 3 * HOUR))
def test_registers_of_all_kinds_add_up_to_what_flowed(
    demand: StepFunction, happened: list[tuple[Instant, str]], error: int
) -> None:
    meter, store = measured()
    now = [Instant(0)]
    work = WorkingGasMeter(meter, store, lambda: now[0])
    meter.load(Channel.GAS, demand, now[0])
    for at, what in (*sorted(happened), (Instant(SPAN), "look")):
        now[0] = at
        if what == "look":
            work.measure(store)
        elif what == "set clock":
            meter.synchronise(at, error)
        else:
            kept = json.loads(json.dumps([meter.snapshot(at), work.snapshot()]))
            meter, store = measured()
            meter.load(Channel.GAS, demand, Instant(0))
            work = WorkingGasMeter(meter, store, lambda: now[0])
            meter.restore(kept[0], at)
            work.restore(kept[1])

    litres = demand.integral(0, SPAN) // COUNT
    shown = store.attributes.number
    assert shown(0x0702, 0x0000) == litres
    assert sum(shown(0x0702, 0x0100 + 2 * tier) for tier in range(4)) == litres
    assert sum(shown(0x0702, 0x0700 + block) for block in range(4)) == litres
    channel = meter.channels[Channel.GAS]
    assert sum(each.counts for each in channel.profile.entries()) == (
        litres - channel.open_half_hour
    )
