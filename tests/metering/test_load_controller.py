import json

from emulator.kernel.units import START, Calendar, Instant
from emulator.metering.auxiliary_controllers import Direction, Held, Port
from emulator.metering.drifting_clock import DriftingClock
from emulator.metering.event_codes import EventCode
from emulator.metering.load_controller import LoadController
from emulator.metering.quantities import HOUR
from emulator.metering.schedule import Schedule, ScheduleEntry

OUTPUT = Port(Direction.OUTPUT, 1)
EVERY_DAY = frozenset(range(1, 8))


def controller(drift: int = 0) -> LoadController:
    made = LoadController(DriftingClock(Calendar(), drift))

    def set_up() -> None:
        entries = [
            ScheduleEntry(60, OUTPUT.number << 8 | 80, EVERY_DAY, frozenset()),
            ScheduleEntry(120, OUTPUT.number << 8, EVERY_DAY, frozenset()),
        ]
        made.auxiliary.calendar = Schedule(entries)
        made.set_offset(HOUR // 4)

    made.concerns["calendar"] = set_up
    made.outdate()
    return made


def level(made: LoadController, at: int) -> int:
    made.advance(Instant(at))
    return made.auxiliary.level(OUTPUT, made.own(Instant(at)))


def test_calendar_switches_as_much_later_as_the_offset_says() -> None:
    made = controller()

    assert made.deadline(Instant(HOUR)) == HOUR + HOUR // 4
    assert [level(made, at * HOUR // 4) for at in (4, 5, 8, 9)] == [0, 80, 80, 0]


def test_limit_is_told_when_it_begins_and_when_it_ends() -> None:
    made = controller()
    own = made.own(START)
    made.advance(START)
    made.auxiliary.limit(OUTPUT, Held(20, own + 2 * HOUR, own + 3 * HOUR))

    made.advance(Instant(4 * HOUR))

    told = [(each.code, each.own - own) for each in made.events]
    assert told == [
        (EventCode.APC_LEVEL_LIMITED, 2 * HOUR),
        (EventCode.APC_LIMIT_ENDED, 3 * HOUR),
    ]


def test_what_was_due_without_power_is_done_afterwards() -> None:
    made, again = controller(), controller()
    made.advance(START)
    kept = json.loads(json.dumps(made.snapshot(Instant(HOUR))))

    again.restore(kept)

    assert level(again, 3 * HOUR // 2) == 80


def test_clock_is_set() -> None:
    made = controller(drift=10_000_000)

    assert made.synchronise(Instant(100 * HOUR)) == -HOUR
    assert made.own(Instant(100 * HOUR)) == controller().own(Instant(100 * HOUR))
