import json
from collections import deque

import pytest

from emulator.metering.auxiliary_controllers import (
    FULL,
    AuxiliaryControllers,
    Boost,
    Direction,
    Held,
    Port,
    port_of,
)
from emulator.metering.quantities import DAY, HOUR
from emulator.metering.schedule import Schedule, ScheduleEntry

OUTPUT = Port(Direction.OUTPUT, 1)
EVERY_DAY = frozenset(range(1, 8))


def controllers() -> AuxiliaryControllers:
    made = AuxiliaryControllers(0)
    made.calendar = Schedule(
        [
            ScheduleEntry(60, 0x1150, EVERY_DAY, frozenset()),
            ScheduleEntry(300, 0x1100, EVERY_DAY, frozenset()),
        ]
    )
    return made


def test_calendar_command_and_limit_go_before_each_other() -> None:
    made = controllers()
    made.command(OUTPUT, Held(30, 2 * HOUR, 3 * HOUR))
    made.limit(OUTPUT, Held(20, 150 * HOUR // 60, 4 * HOUR))
    seen = []
    for quarter in range(24):
        own = quarter * HOUR // 4
        made.advance(own)
        seen.append(made.level(OUTPUT, own))

    assert seen == [0] * 4 + [80] * 4 + [30] * 2 + [20] * 6 + [80] * 4 + [0] * 4


def test_changes_of_limits_are_the_same_however_late_they_are_asked_for() -> None:
    late, often = controllers(), controllers()
    for each in (late, often):
        each.limit(OUTPUT, Held(20, HOUR, 2 * HOUR))
    found = [change for own in range(0, DAY, HOUR // 2) for change in often.advance(own)]

    assert late.advance(DAY) == found
    assert [(each.own, each.level) for each in found] == [(HOUR, 20), (2 * HOUR, 80)]


def test_calendar_switches_late_by_the_offset() -> None:
    made = controllers()
    made.offset = HOUR // 4
    made.advance(HOUR)
    before = made.level(OUTPUT, HOUR)
    made.advance(HOUR + HOUR // 4)

    assert (before, made.level(OUTPUT, HOUR + HOUR // 4)) == (0, 80)


def test_boost_goes_before_what_is_asked_but_not_beyond_limits() -> None:
    made = controllers()
    made.command(OUTPUT, Held(30))
    assert not made.begin_boost(0, HOUR)
    made.boostable = frozenset((OUTPUT,))

    assert made.begin_boost(0, HOUR)
    assert made.level(OUTPUT, 0) == FULL
    made.limit(OUTPUT, Held(20))
    assert made.level(OUTPUT, 0) == 20
    assert made.next_change(0) == HOUR
    made.advance(2 * HOUR)

    assert made.boosts == deque([Boost(0, HOUR, frozenset((OUTPUT,)))])


def test_boost_that_is_ended_early_is_written_down_so() -> None:
    made = controllers()
    made.boostable = frozenset((OUTPUT,))
    made.begin_boost(0, HOUR)
    made.begin_boost(HOUR // 2, 2 * HOUR)
    made.end_boost(HOUR)

    assert [(each.start, each.end) for each in made.boosts] == [
        (0, HOUR // 2),
        (HOUR // 2, HOUR),
    ]
    assert made.boost is None


def test_state_is_kept() -> None:
    made, again = controllers(), controllers()
    made.command(OUTPUT, Held(30))
    made.limit(OUTPUT, Held(20, 0, HOUR))
    made.boostable = frozenset((OUTPUT,))
    made.begin_boost(0, HOUR // 4)
    made.advance(HOUR // 2)
    made.begin_boost(HOUR // 2, HOUR)

    again.restore(json.loads(json.dumps(made.snapshot())))

    assert again.snapshot() == made.snapshot()
    assert again.level(OUTPUT, HOUR // 2) == 20


def test_without_anything_asked_nothing_is_due() -> None:
    assert AuxiliaryControllers(0).next_change(0) is None


@pytest.mark.parametrize(
    ("octet", "port"), [(0x23, Port(Direction.INPUT, 3)), (0x16, None), (0x31, None)]
)
def test_octet_names_a_port(octet: int, port: Port | None) -> None:
    assert port_of(octet) == port
