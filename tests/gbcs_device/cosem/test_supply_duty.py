"""The supply of a meter that measures, as suppliers command and limit it."""

import pytest

from emulator.cosem.server.made_values import number_of
from emulator.dlms.access import AccessResult
from emulator.dlms.data import long_unsigned
from emulator.kernel.units import Instant
from emulator.testing.scenes.cosem_scene import act, method
from tests.gbcs_device.cosem.living_meter import LivingMeter, results_of

LIMIT = "ECS28a_6.4.1_IMMEDIATE_SUCCESS"


def state(living: LivingMeter) -> int:
    return number_of(living.read(70, "0-0:96.3.10.255", 3))


@pytest.mark.parametrize(("name", "shown"), [("ECS43_7.2_SUCCESS", 0), ("ECS44_7.3_SUCCESS", 2)])
def test_supply_that_is_switched_off_lets_nothing_through(name: str, shown: int) -> None:
    # GBCS ECS43, ECS44, read back by ECS45
    living = LivingMeter()
    living.take(1_000)
    living.wait(hours=1)

    assert living.reference(name) == [AccessResult.SUCCESS]
    living.wait(hours=5)

    assert state(living) == shown
    assert living.look().imported == 1_000
    assert living.reference("ECS42_7.1_SUCCESS") == [AccessResult.SUCCESS]
    living.wait(hours=1)
    assert state(living) == 1
    assert living.look().imported == 2_000


def test_armed_supply_is_switched_on_by_the_consumer() -> None:
    # SMETS2 5.6.2, 5.6.3.7
    living = LivingMeter()
    living.reference("ECS44_7.3_SUCCESS")
    assert living.alerts() == [0x8F32]

    assert living.meter.press(Instant(living.at))

    assert state(living) == 1
    assert not living.meter.press(Instant(living.at))


def test_load_that_is_too_high_for_too_long_interrupts_the_supply_for_a_while() -> None:
    # reference message: 6,900 W, 300 s, 30 s, supply disabled; alerts 8F01, 8F33, 8F34
    living = LivingMeter()
    assert set(living.reference(LIMIT)) == {AccessResult.SUCCESS}
    living.take(7_000)
    living.wait(hours=300 / 3_600)

    assert living.alerts() == [0x8F01, 0x8F33]
    assert state(living) == 2
    assert living.read(3, "0-0:94.44.42.255").value == 1

    living.wait(hours=30 / 3_600)
    assert living.alerts() == [0x8F34]
    assert state(living) == 1
    assert living.look().imported == 7_000 * 300 // 3_600


def test_load_below_the_limit_is_left_alone() -> None:
    living = LivingMeter()
    living.reference(LIMIT)
    living.take(6_900)
    living.wait(hours=2)

    assert living.alerts() == []
    assert living.read(3, "0-0:94.44.42.255").value == 0


def test_supply_that_the_limit_interrupted_stays_so_through_a_loss_of_power() -> None:
    living = LivingMeter()
    living.reference(LIMIT)
    living.take(7_000)
    living.wait(hours=310 / 3_600)

    again = living.restarted()

    assert state(again) == 2
    again.wait(hours=20 / 3_600)
    assert state(again) == 1


def test_counter_of_the_load_limit_is_reset() -> None:
    # GBCS ECS28b
    living = LivingMeter()
    living.meter.load_limit_counter = 3

    assert living.reference("ECS28b_6.4.2_SUCCESS") == [AccessResult.SUCCESS]

    assert living.read(3, "0-0:94.44.42.255").value == 0


def test_script_that_there_is_not_is_refused() -> None:
    living = LivingMeter()
    unknown = act(method(9, "0-0:10.0.106.255", 1), long_unsigned(53))

    assert results_of(living.do(unknown)) == [AccessResult.OBJECT_UNAVAILABLE]


def test_supply_without_credit_is_not_enabled() -> None:
    living = LivingMeter()
    living.reference("ECS03_1.6_IMMEDIATE_SINGLE_SUCCESS")

    assert state(living) == 0
    assert living.reference("ECS42_7.1_SUCCESS") == [AccessResult.OTHER_REASON]
