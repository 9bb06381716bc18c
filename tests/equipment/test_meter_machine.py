"""A meter inside its device: demand in, attributes of the HAN out."""

from emulator.equipment.meter_machine import KeptMeter, MeterMachine, ShownRegister, TakeLoad
from emulator.gbcs_device.primitives import ClockSet
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.units import START, Calendar, Instant, seconds
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.meter import Meter
from emulator.metering.quantities import HOUR, Channel
from emulator.metering.step_function import NOTHING, StepFunction
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.primitives import SetAttributeRequest, Side
from emulator.zigbee.addresses import Endpoint

IMPORT = Channel.ACTIVE_IMPORT
SHOWN = (ShownRegister(IMPORT, Endpoint(2), 0x0000),)
KETTLE = TakeLoad(IMPORT, StepFunction([(HOUR, 3_600_000)]))


def parts(drift: int = 0) -> tuple[Meter, MeterMachine]:
    meter = Meter(DriftingClock(Calendar(), drift), (IMPORT,))
    return meter, MeterMachine(meter, SHOWN, seconds(10), START)


def shows(counts: int) -> list[SetAttributeRequest]:
    return [SetAttributeRequest(Endpoint(2), METERING.id, Side.SERVER, 0x0000, counts)]


def test_meter_without_demand_sleeps() -> None:
    _, machine = parts()

    assert machine.deadline == START
    assert list(machine.wake(START)) == []
    assert machine.deadline is None


def test_meter_sleeps_until_demand_begins_and_then_shows_it_every_ten_seconds() -> None:
    _, machine = parts()
    machine.handle(KETTLE, START)

    assert machine.deadline == HOUR
    assert list(machine.wake(Instant(HOUR))) == []
    assert machine.deadline == HOUR + 10_000_000
    # 3.6 kW is 1 Wh a second
    assert list(machine.wake(Instant(HOUR + 10_000_000))) == shows(10)


def test_early_wake_shows_nothing() -> None:
    _, machine = parts()
    machine.handle(KETTLE, START)

    assert list(machine.wake(Instant(5))) == []


def test_register_that_stands_still_is_not_shown_again() -> None:
    _, machine = parts()
    machine.handle(KETTLE, START)
    machine.wake(Instant(2 * HOUR))

    assert list(machine.handle(TakeLoad(IMPORT, NOTHING), Instant(2 * HOUR))) == []
    assert machine.deadline is None


def test_channel_that_is_not_measured_takes_no_load() -> None:
    meter, machine = parts()

    machine.handle(TakeLoad(Channel.GAS, StepFunction([(0, 1)])), START)

    assert list(meter.channels) == [IMPORT]


def test_time_of_the_hub_sets_the_clock_of_the_meter() -> None:
    meter, machine = parts(drift=10_000)

    machine.handle(ClockSet(accepted=False), Instant(HOUR))
    assert meter.clock.error(Instant(HOUR)) == 36_000
    machine.handle(ClockSet(accepted=True), Instant(HOUR))
    assert meter.clock.error(Instant(HOUR)) == 0


def test_meter_without_power_counts_nothing() -> None:
    meter, machine = parts()
    scheduler = Scheduler()
    kept = KeptMeter(meter, scheduler)
    machine.handle(KETTLE, START)
    scheduler.run(until=Instant(2 * HOUR))
    memory = kept.snapshot()
    scheduler.run(until=Instant(5 * HOUR))
    kept.restore(memory)
    scheduler.run(until=Instant(6 * HOUR))

    # one hour before, one after
    assert meter.counts(IMPORT, scheduler.now) == 7_200
