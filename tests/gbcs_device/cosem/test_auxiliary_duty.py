"""Auxiliary controllers of a meter, as suppliers and load controllers command them."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.made_values import parts_of
from emulator.dlms.access import AccessResult
from emulator.dlms.data import (
    BitString,
    Data,
    array,
    boolean,
    long_unsigned,
    octet_string,
    structure,
    unsigned,
)
from emulator.dlms.data_coding import encode_data
from emulator.dlms.data_types import DataType
from emulator.gbcs_device.cosem.load_switch_duty import CONTROLLER_SCRIPTS, LIMIT_SCRIPTS
from emulator.kernel.units import START, Instant, later, minutes
from emulator.testing.scenes.cosem_scene import act, attribute, put
from tests.gbcs_device.cosem.living_meter import LivingMeter, integers, results_of

NEW_YEAR = datetime(2015, 1, 1, tzinfo=UTC)
"""Two days before what the reference messages ask for: an hour from 3 January on."""


def levels(living: LivingMeter, controller: int) -> tuple[int, int]:
    told = json.loads(str(living.read(1, f"0-0:94.44.0.3{controller}").value))
    return told["outputState"], told["inputState"]


def test_command_holds_for_its_time() -> None:
    # reference message ECS47a: output of the fifth at 100 % for an hour
    living = LivingMeter(begin=NEW_YEAR)
    assert set(living.reference("ECS47a_7.13_APC_OUTPUT_SUCCESS")) == {AccessResult.SUCCESS}
    assert levels(living, 5) == (0, 0)

    living.wait(days=2)
    assert levels(living, 5) == (100, 0)
    assert living.read(70, "0-5:96.3.10.255").value == 0xFF
    living.wait(hours=1)

    assert levels(living, 5) == (0, 0)
    (entry,) = parts_of(living.read(7, "0-17:99.98.2.255"))
    assert integers(entry)[1:] == [0x1564, 1, 0]


def test_limit_bounds_what_is_asked_and_tells_when_it_begins_and_ends() -> None:
    # reference messages ECS47e, ECS101, ECS102: input of the third at 50 % for an hour
    living = LivingMeter(begin=NEW_YEAR)
    assert results_of(living.do(act(CONTROLLER_SCRIPTS, long_unsigned(0x2350)))) == [0]
    assert set(living.reference("ECS47e_7.16_APC_INPUT_SUCCESS")) == {AccessResult.SUCCESS}
    assert levels(living, 3) == (0, 80)
    assert living.meter.deadline(Instant(0)) == 2 * 24 * 3_600_000_000

    living.wait(days=2)
    assert levels(living, 3) == (0, 50)
    (began,) = living.logs.record(living.meter.events.popleft())
    living.wait(hours=1)
    assert levels(living, 3) == (0, 80)
    (ended,) = living.logs.record(living.meter.events.popleft())

    start = NEW_YEAR + timedelta(days=2)
    times = (octet_string(date_time_octets(each)) for each in (start, start + timedelta(hours=1)))
    told = b"".join(encode_data(each) for each in (unsigned(0x23), *times, unsigned(50)))
    assert (began.code, began.content) == (0x8F86, told)
    assert (ended.code, ended.content) == (
        0x8F87,
        encode_data(unsigned(0x23)) + encode_data(unsigned(80)),
    )


def test_switch_is_on_for_the_minutes_of_its_command() -> None:
    # reference message ECS47, SRV 7.5: the first is activated for 30 minutes
    living = LivingMeter(begin=NEW_YEAR)
    assert set(living.reference("ECS47Activate_7.5_SUCCESS")) == {AccessResult.SUCCESS}
    assert living.meter.deadline(Instant(0)) == later(START, minutes(30))

    living.wait(hours=0.49)
    assert levels(living, 1) == (100, 0)
    living.wait(hours=0.01)

    assert levels(living, 1) == (0, 0)


def test_switch_is_off_for_the_minutes_of_its_command_and_on_by_its_calendar_again() -> None:
    # reference messages: ECS46c closes the first from 6:00 to 10:00; ECS47, SRV 7.6, an hour off
    living = LivingMeter(begin=datetime(2015, 6, 22, tzinfo=UTC))
    living.reference("ECS46c_6.14.2_IMMEDIATE_SOME_OPTIONALS_SUCCESS")
    living.wait(hours=7)
    off = put(attribute(1, "0-0:94.44.117.2", 2), long_unsigned(60))
    assert results_of(living.do(off, act(CONTROLLER_SCRIPTS, long_unsigned(0x0112)))) == [0, 0]

    assert levels(living, 1) == (0, 0)
    living.wait(hours=1)

    assert levels(living, 1) == (100, 0)


def test_switch_goes_back_to_its_calendar() -> None:
    # GBCS ECS46d, then ECS47: on, off, and reset
    living = LivingMeter(begin=NEW_YEAR)
    assert set(living.reference("ECS46d_6.14.3_IMMEDIATE_ALCS_SUCCESS")) == {0}
    living.look()

    for script, level in ((0x0111, 100), (0x0112, 0)):
        assert results_of(living.do(act(CONTROLLER_SCRIPTS, long_unsigned(script)))) == [0]
        assert levels(living, 1)[0] == level
    living.do(act(CONTROLLER_SCRIPTS, long_unsigned(0x0120)))
    assert living.meter.auxiliary.calendar.entries


def test_calendar_switches_to_the_levels_that_it_names() -> None:
    # reference message ECS46d: weekdays of summer 2015, output 1 at 0 % from 9:00, 50 % from 9:30
    living = LivingMeter(begin=datetime(2015, 6, 22, tzinfo=UTC))
    assert set(living.reference("ECS46d_6.14.3_IMMEDIATE_APC_OUTPUT_SUCCESS")) == {0}

    living.wait(hours=9.25)
    assert levels(living, 1) == (0, 0)
    living.wait(hours=0.5)
    assert levels(living, 1) == (50, 0)


def test_calendar_of_switches_closes_and_opens_them() -> None:
    # reference message ECS46c: controller 1 every day from 6:00 to 10:00
    living = LivingMeter(begin=datetime(2015, 6, 22, tzinfo=UTC))
    assert set(living.reference("ECS46c_6.14.2_IMMEDIATE_SOME_OPTIONALS_SUCCESS")) == {0}

    levels_by_hour = []
    for hours in (5.0, 2.0, 4.0):
        living.wait(hours=hours)
        levels_by_hour.append(levels(living, 1)[0])

    assert levels_by_hour == [0, 100, 0]


def test_calendar_that_names_no_controller_is_refused() -> None:
    living = LivingMeter()
    named = attribute(10, "0-1:12.0.2.255", 2)
    before = living.executor.store.value(named)
    entry = structure(
        long_unsigned(1),
        boolean(yes=True),
        octet_string(bytes.fromhex("00000A0067FF")),
        long_unsigned(0x3180),
        octet_string(bytes(4)),
        long_unsigned(0xFFFF),
        Data(DataType.BIT_STRING, BitString(7, b"\xfe")),
        Data(DataType.BIT_STRING, BitString(0, b"")),
        octet_string(bytes.fromhex("FFFFFFFFFF")),
        octet_string(bytes.fromhex("FFFFFFFFFF")),
    )

    assert results_of(living.do(put(named, array(entry)))) == [AccessResult.OTHER_REASON]
    assert living.executor.store.value(named) == before


@pytest.mark.parametrize("script", [0x0011, 0x0611, 0x0113, 0x1165, 0x3100])
def test_unknown_controller_or_state_is_refused(script: int) -> None:
    living = LivingMeter()
    for scripts in (CONTROLLER_SCRIPTS, LIMIT_SCRIPTS):
        refused = results_of(living.do(act(scripts, long_unsigned(script))))
        assert refused == [AccessResult.OBJECT_UNAVAILABLE]
    wrong: Data = unsigned(1)
    assert results_of(living.do(act(CONTROLLER_SCRIPTS, wrong))) == [AccessResult.TYPE_UNMATCHED]


def test_command_survives_a_loss_of_power() -> None:
    living = LivingMeter(begin=NEW_YEAR)
    living.reference("ECS47a_7.13_APC_OUTPUT_SUCCESS")

    again = living.restarted()
    again.wait(days=2)

    assert levels(again, 5) == (100, 0)
