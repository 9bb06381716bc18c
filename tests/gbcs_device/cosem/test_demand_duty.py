"""Maximum demand, billing periods and late switches of a meter that measures."""

from datetime import timedelta

import pytest

from emulator.cosem.moments import date_time_octets
from emulator.cosem.server.made_values import number_of, parts_of
from emulator.dlms.access import AccessResult
from emulator.dlms.data import array, long_unsigned
from emulator.metering.quantities import Channel
from emulator.testing.scenes.cosem_scene import attribute, put
from tests.gbcs_device.cosem.living_meter import BEGIN, LivingMeter, integers, results_of, seconds


def test_highest_half_hour_is_kept_with_its_time_until_it_is_reset() -> None:
    # GBCS ECS18b, ECS57
    living = LivingMeter()
    living.take(2_000)
    living.wait(hours=1)
    living.take(500)
    living.wait(hours=1)

    assert living.read(4, "1-0:1.6.0.255").value == 2_000
    assert living.read(4, "1-0:1.6.0.255", 5).value == date_time_octets(
        BEGIN + timedelta(minutes=30)
    )
    assert set(living.reference("ECS57_6.18.2_ALL_OPTIONALS_SUCCESS")) == {AccessResult.SUCCESS}
    assert living.read(4, "1-0:1.6.0.255").value == 0
    assert living.read(1, "0-0:94.44.5.1").value == date_time_octets(BEGIN + timedelta(hours=2))


def test_exported_power_has_a_maximum_of_its_own() -> None:
    # GBCS ECS18a
    living = LivingMeter()
    living.take(3_000, Channel.ACTIVE_EXPORT)
    living.wait(hours=1)

    assert living.read(4, "1-0:2.6.0.255").value == 3_000
    assert living.read(4, "1-0:1.6.0.255").value == 0


def test_configurable_time_counts_only_its_half_hours() -> None:
    # reference message: from 17:00 to 22:00 (GBCS ECS37)
    living = LivingMeter()
    assert living.reference("ECS37_6.18.1_SUCCESS") == [AccessResult.SUCCESS]
    living.take(5_000)
    living.wait(hours=17)
    assert living.read(4, "1-0:1.6.1.255").value == 0
    living.take(1_000)
    living.wait(hours=5)
    living.take(5_000)
    living.wait(hours=1)

    assert living.read(4, "1-0:1.6.1.255").value == 1_000


def test_billing_data_log_has_an_entry_for_each_period() -> None:
    # reference message: 1 January, April, July and October (GBCS ECS30a, ECS20c, alert 8F0A)
    living = LivingMeter()
    assert living.reference("ECS30a_6.8_SUCCESS") == [AccessResult.SUCCESS]
    living.take(1_000)
    living.wait(days=200)

    log = parts_of(living.sealed("0-0:43.2.2.255", 7, "0-0:98.1.0.255", (0, 0)))

    # 1 April is day 86 after 5 January, 1 July is day 177
    expected = [[seconds(BEGIN) + day * 86_400, day * 24_000] for day in (86, 177)]
    assert [integers(each)[:2] for each in log] == expected
    assert living.alerts() == [0x8F0A, 0x8F0A]


def test_billing_calendar_survives_a_loss_of_power() -> None:
    living = LivingMeter()
    living.reference("ECS30a_6.8_SUCCESS")
    living.take(1_000)
    living.wait(days=100)

    again = living.restarted()
    again.take(1_000)
    again.wait(days=100)
    again.look()

    assert [each.own for each in again.meter.bills] == [
        1_000_000 * (seconds(BEGIN) + day * 86_400) for day in (86, 177)
    ]


def test_block_counters_begin_again_with_each_billing_period() -> None:
    living = LivingMeter()
    living.reference("ECS01a_1.1.1_IMMEDIATE_BLOCK_SUCCESS")
    living.reference("ECS30a_6.8_SUCCESS")
    living.take(1_000)
    living.wait(days=86, hours=2)

    assert living.look().blocks != ()
    assert living.read(3, "0-0:94.44.1.7").value == 1_361


def test_tariff_switches_late_by_the_randomised_offset() -> None:
    # GBCS ECS38, SMETS2 5.7.4.33: a limit of 900 s, of which the meter takes its share
    living = LivingMeter()
    living.reference("ECS38_7.12_SUCCESS")
    offset = number_of(living.read(1, "0-0:94.44.0.0"))

    living.look()

    assert 0 < offset < 900
    assert living.meter.tariff.offset == 1_000_000 * offset
    assert len(living.read(1, "0-0:94.44.0.2").value) == 8  # type: ignore[arg-type]  # octets


@pytest.mark.parametrize(
    ("item", "result"),
    [
        (put(attribute(1, "0-0:94.44.0.1", 2), long_unsigned(1_800)), AccessResult.OTHER_REASON),
        (
            put(attribute(22, "0-0:15.0.0.255", 4), array(long_unsigned(1))),
            AccessResult.TYPE_UNMATCHED,
        ),
        (
            put(attribute(10, "0-0:12.0.0.255", 2), array(long_unsigned(1))),
            AccessResult.TYPE_UNMATCHED,
        ),
    ],
)
def test_what_cannot_be_executed_is_refused(
    item: tuple[object, object], result: AccessResult
) -> None:
    assert results_of(LivingMeter().do(item)) == [result]  # type: ignore[arg-type]  # an item
