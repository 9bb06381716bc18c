"""Components are answered in order; after one that failed none is attempted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.gbz.component_run import ComponentRun
from emulator.gbcs_device.gbz.frames import AnswerFrames
from emulator.gbcs_device.gbz.meter import CommandSource
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.gbz.state.tokens import CheckDigitJudge
from emulator.testing.scenes.gbz_scene import SUPPLIER, component, filled, marked, meter, read
from emulator.zcl.payloads.calendar import GetDayProfiles, PublishCalendar, PublishDayProfile
from emulator.zcl.payloads.device_management import UpdateCIN
from emulator.zcl.payloads.events import GetEventLog
from emulator.zcl.payloads.prepayment import SetMaximumCreditLimit, SetOverallDebtCap
from emulator.zcl.primitives import ZclStatus

FAILED = ZclStatus(0xC0)
SOURCE = CommandSource(
    code=0x006F, counter=1, originator=SUPPLIER, moment=500_000_000, tokens=CheckDigitJudge()
)
UPDATE = component(0x0708, filled(UpdateCIN, customer_id_number=b"1"), 1)
EMPTY = component(0x0709, filled(GetEventLog, event_control_and_log_id=3), 2)
READ = read(0x0702, 0x0301, 0x0302, sequence=0)


def run(
    components: Sequence[GbzComponent],
    faults: Mapping[int, ZclStatus] | None = None,
    store: MeterStore | None = None,
) -> ComponentRun:
    """The components, done."""
    frames = AnswerFrames(SOURCE.code, False, marked)
    made = ComponentRun(store or meter().store, SOURCE, frames, faults or {})
    for index, each in enumerate(components, 1):
        made.take(each, len(components) - index)
    return made


def told(made: ComponentRun) -> list[str]:
    """Command and payload of each answer, in digits."""
    return [f"{each.header.command:02x} {each.payload.hex()}" for each in made.answers]


def test_an_empty_log_stops_nothing() -> None:
    made = run([EMPTY, UPDATE])

    assert told(made) == ["0b 008b", "0b 0600"]
    assert not made.stopped


@pytest.mark.parametrize(
    ("faults", "answers"),
    [
        ({}, ["0b 0600", "0b 008b"]),
        ({2: FAILED}, ["0b 06c0", "0b ff01"]),
        ({3: FAILED}, ["0b 0600", "0b 00c0"]),
    ],
)
def test_attributes_and_commands_are_items(
    faults: dict[int, ZclStatus], answers: list[str]
) -> None:
    store = meter().store

    made = run([READ, UPDATE, EMPTY], faults, store)

    assert told(made)[1:] == answers
    assert made.stopped == bool(faults)
    done = store.attributes.get(0x0702, 0x0311)
    assert done == (b"" if 2 in faults else b"1")


@pytest.mark.parametrize("item", [0, 1])
def test_a_read_that_fails_answers_its_other_attributes(item: int) -> None:
    store = meter().store
    values = ["0103 00 22 010000", "0203 00 22 e80300"]
    values[item] = ("0103", "0203")[item] + "c0"

    made = run([READ, UPDATE], {item: FAILED}, store)

    assert told(made) == ["01 " + "".join(values).replace(" ", ""), "0b ff01"]
    assert store.attributes.get(0x0702, 0x0311) == b""


def test_an_attribute_that_is_not_there_fails_a_read() -> None:
    assert told(run([read(0x0702, 0x7777), UPDATE])) == ["01 777786", "0b ff01"]


def test_a_read_that_cannot_be_understood_fails() -> None:
    assert told(run([replace(READ, payload=b"\x01"), UPDATE])) == ["0b 0080", "0b ff01"]


def test_two_dates_in_one_command_are_refused() -> None:
    first = component(
        0x0705, filled(SetMaximumCreditLimit, implementation_date_time=600_000_000), 0
    )
    other = component(0x0705, filled(SetOverallDebtCap, implementation_date_time=600_000_001), 1)
    now = component(0x0705, filled(SetOverallDebtCap), 1)
    store = meter().store

    assert told(run([first, other, UPDATE], store=store)) == ["0b 0b00", "0b 0c85", "0b ff01"]
    assert len(store.waiting.commands) == 1
    assert told(run([first, now, UPDATE])) == ["0b 0b00", "0b 0c00", "0b 0600"]
    assert told(run([first, replace(first), UPDATE])) == ["0b 0b00", "0b 0b00", "0b 0600"]


def test_an_answer_holds_no_more_components_than_can_be_counted() -> None:
    store = meter().store
    days = [
        component(0x0707, filled(PublishDayProfile, issuer_calendar_id=7, day_id=number))
        for number in range(127)
    ]
    run([component(0x0707, filled(PublishCalendar, issuer_calendar_id=7)), *days], store=store)
    asked = component(0x0707, filled(GetDayProfiles, issuer_calendar_id=7))

    fits = run([asked, asked, UPDATE], store=store)
    too_many = run([asked, asked, UPDATE, UPDATE], store=store)

    assert len(fits.answers) == 255
    assert not fits.stopped
    assert told(too_many)[127:] == ["0b 0189", "0b ff01", "0b ff01"]
