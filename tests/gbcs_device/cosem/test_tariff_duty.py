"""Tariffs that suppliers set, executed by a meter and read back (GBCS ECS01a, ECS17d, ECS17e)."""

from datetime import UTC, datetime

import pytest

from emulator.cosem.date_times import NEVER, NOW
from emulator.cosem.server.made_values import parts_of
from emulator.cosem.server.members import MeterVariant
from emulator.dlms.access import AccessResult
from emulator.dlms.data import Data, array, long_unsigned, octet_string, structure, unsigned
from emulator.dlms.data_types import DataType
from emulator.metering.quantities import Channel
from emulator.testing.scenes.cosem_scene import act, attribute, method, put
from tests.gbcs_device.cosem.living_meter import BEGIN, LivingMeter, integers, results_of, seconds

IMMEDIATE = "ECS01a_1.1.1_IMMEDIATE_BLOCK_SUCCESS"
FUTURE = "ECS01a_1.1.1_FUTURE_DATED_TOU_BLOCK_SUCCESS"


def times_of_use(living: LivingMeter, element: int = 0) -> list[int]:
    collections = living.sealed("0-0:43.2.9.255", 1, "0-0:94.44.34.1", (0, 0))
    return integers(parts_of(collections)[element])


def blocks(living: LivingMeter) -> list[int]:
    return integers(parts_of(living.sealed("0-0:43.2.10.255", 1, "0-0:94.44.34.2", (0, 0)))[0])


def test_block_tariff_counts_by_block_and_shows_its_price() -> None:
    # reference message: thresholds and prices of three blocks of time of use 1
    living = LivingMeter()
    assert set(living.reference(IMMEDIATE)) == {AccessResult.SUCCESS}
    thresholds = integers(living.read(21, "0-0:16.0.11.255"))
    living.take(1_000)
    living.wait(hours=1)
    assert living.read(3, "0-0:94.44.1.7").value == 1_361

    living.wait(hours=thresholds[0] / 1_000)

    counted = blocks(living)
    assert living.read(3, "0-0:94.44.1.7").value == 2_289
    assert counted[0] == thresholds[0]
    assert counted[16] == 1_000
    assert len(counted) == 64


def test_future_dated_tariff_comes_into_force_at_its_date() -> None:
    # reference message: on 15 January 2030 at 09:00, a Tuesday. Its summer began in 2015 and its
    # winter in 2014, so summer holds: 101 from 06:00, 102 from 23:00, register 1 at weekends.
    living = LivingMeter(begin=datetime(2030, 1, 14, tzinfo=UTC))
    assert set(living.reference(FUTURE)) == {AccessResult.SUCCESS}
    living.take(1_000)
    living.wait(hours=33)
    assert times_of_use(living)[0] == 33_000

    living.wait(hours=14)
    assert (blocks(living)[0], blocks(living)[16]) == (10_000, 4_000)
    living.wait(days=5)

    # up to Sunday 23:00: nights of Tuesday to Thursday and the first six hours of Saturday
    # carry on with what the day before ended with, where a day does not begin at midnight
    counted = blocks(living)
    day, night = counted[0] + counted[16], counted[1] + counted[17]
    assert (day, night) == ((14 + 3 * 17) * 1_000, (3 * 7 + 1) * 1_000)
    assert times_of_use(living)[0] == (33 + 47) * 1_000


def test_registers_add_up_to_what_was_imported() -> None:
    living = LivingMeter(begin=datetime(2030, 1, 14, tzinfo=UTC))
    living.reference(FUTURE)
    living.take(1_234)
    living.wait(days=9)

    counted = sum(times_of_use(living)) + sum(blocks(living))

    assert counted == 9 * 24 * 1_234


def test_block_counters_are_reset_by_command() -> None:
    # GBCS ECS05
    living = LivingMeter()
    living.reference(IMMEDIATE)
    living.take(2_000)
    living.wait(hours=20)
    assert living.read(3, "0-0:94.44.1.7").value == 5_566

    assert living.reference("ECS05_1.7_SUCCESS") == [AccessResult.SUCCESS]

    assert living.read(3, "0-0:94.44.1.7").value == 1_361
    assert not any(blocks(living))


def test_each_change_of_prices_is_written_down() -> None:
    # GBCS ECS20b
    living = LivingMeter()
    living.take(1_000)
    living.wait(hours=5)
    living.reference(IMMEDIATE)

    log = living.sealed("0-0:43.2.3.255", 7, "0-0:98.1.2.255", (0, 0))

    assert [integers(each)[:2] for each in parts_of(log)] == [[seconds(BEGIN) + 5 * 3_600, 5_000]]


def test_second_element_has_a_tariff_of_its_own() -> None:
    # GBCS ECS01c, SMETS2 5.13
    living = LivingMeter(MeterVariant.TWIN_ELEMENT, begin=datetime(2026, 7, 6, tzinfo=UTC))
    assert set(living.reference("ECS01c_1.1.2_IMMEDIATE_SUCCESS")) == {AccessResult.SUCCESS}
    living.take(1_000, Channel.SECONDARY_IMPORT)
    living.wait(days=1)

    # reference message: summer days are 204 from 06:00, 203 from 18:00, 201 from 23:00; before
    # 06:00 this Monday carries on with the 204 of Sunday
    assert times_of_use(living, 1) == [1_000, 0, 5_000, 18_000]
    assert not any(times_of_use(living))


def day(*switches: tuple[int, int], name: int = 1) -> Data:
    schedule = (
        structure(
            octet_string(bytes((hour, 0, 0, 0))), octet_string(bytes(6)), long_unsigned(script)
        )
        for hour, script in switches
    )
    return structure(unsigned(name), array(*schedule))


def week(name: bytes, *days: int) -> Data:
    return structure(octet_string(name), *(unsigned(each) for each in days))


def season(name: bytes) -> Data:
    start = bytes.fromhex("FFFF 01 01 FF FF FF FF FF 8000 FF")
    return structure(octet_string(b"all"), octet_string(start), octet_string(name))


def prices(*charges: int, scale: int = -5) -> Data:
    number = Data(DataType.INTEGER, 0)
    elements = (
        structure(octet_string(bytes((place,))), Data(DataType.LONG, charge))
        for place, charge in enumerate(charges, 1)
    )
    return structure(
        structure(number, Data(DataType.INTEGER, scale)),
        structure(long_unsigned(3), octet_string(bytes(6)), number),
        array(*elements),
    )


@pytest.mark.parametrize(
    ("class_id", "name", "member", "value", "result"),
    [
        (20, "0-0:13.0.0.255", 9, array(day((0, 49))), AccessResult.OTHER_REASON),
        (20, "0-0:13.0.0.255", 9, array(day((24, 1))), AccessResult.OTHER_REASON),
        (20, "0-0:13.0.0.255", 9, array(day((0, 1)), day((0, 2))), AccessResult.OTHER_REASON),
        (20, "0-0:13.0.0.255", 9, array(unsigned(1)), AccessResult.TYPE_UNMATCHED),
        (20, "0-0:13.0.0.255", 8, array(week(b"1", 1, 1)), AccessResult.TYPE_UNMATCHED),
        (113, "0-0:19.20.0.255", 6, prices(-1), AccessResult.OTHER_REASON),
        (113, "0-0:19.20.0.255", 6, prices(15, scale=-6), AccessResult.OTHER_REASON),
        (113, "0-0:19.20.4.255", 6, prices(1, 2), AccessResult.OTHER_REASON),
        (
            21,
            "0-0:16.1.11.255",
            2,
            array(*(Data(DataType.DOUBLE_LONG_UNSIGNED, each) for each in (20, 10))),
            AccessResult.OTHER_REASON,
        ),
    ],
)
def test_table_that_cannot_be_executed_is_refused(
    class_id: int, name: str, member: int, value: Data, result: AccessResult
) -> None:
    living = LivingMeter()
    table = attribute(class_id, name, member)
    before = living.executor.store.value(table)

    assert results_of(living.do(put(table, value))) == [result]
    assert living.executor.store.value(table) == before


@pytest.mark.parametrize(
    ("weeks", "days"),
    [
        ([week(b"1", 1, 1, 1, 1, 1, 1, 2)], [day((0, 1))]),
        ([week(b"2", 1, 1, 1, 1, 1, 1, 1)], [day((0, 1))]),
        ([week(b"1", 1, 1, 1, 1, 1, 1, 1)], [day((7, 1), (7, 2))]),
    ],
    ids=["day is missing", "week is missing", "times do not ascend"],
)
def test_tables_that_contradict_each_other_do_not_come_into_force(
    weeks: list[Data], days: list[Data]
) -> None:
    living = LivingMeter()
    table = [attribute(20, "0-0:13.0.0.255", member) for member in range(11)]
    items = (
        put(table[7], array(season(b"1"))),
        put(table[8], array(*weeks)),
        put(table[9], array(*days)),
        put(table[10], octet_string(NOW)),
    )

    assert results_of(living.do(*items))[3] == AccessResult.OTHER_REASON
    assert parts_of(living.read(20, "0-0:13.0.0.255", 5)) == ()
    assert results_of(living.do(put(table[10], octet_string(NEVER)))) == [AccessResult.SUCCESS]


def test_script_that_there_is_not_is_refused() -> None:
    living = LivingMeter()
    run = act(method(9, "0-0:10.0.100.255", 1), long_unsigned(98))

    assert results_of(living.do(run)) == [AccessResult.OBJECT_UNAVAILABLE]


def test_tariff_survives_a_loss_of_power() -> None:
    living = LivingMeter()
    living.reference(IMMEDIATE)
    living.take(1_000)
    living.wait(hours=15)

    again = living.restarted()

    assert blocks(again) == blocks(living)
    assert again.read(3, "0-0:94.44.1.7") == living.read(3, "0-0:94.44.1.7")
