"""Payment in advance as suppliers set it up, and what a meter makes of it (GBCS ECS02 to ECS09)."""

from datetime import UTC, datetime

import pytest

from emulator.cosem.server.made_values import number_of, parts_of
from emulator.dlms.access import AccessResult
from emulator.dlms.data import BitString, Data, long_unsigned
from emulator.dlms.data_types import DataType
from emulator.testing.scenes.cosem_scene import Item, act, attribute, method, put
from tests.gbcs_device.cosem.living_meter import BEGIN, LivingMeter, integers, results_of, seconds

PREPAYMENT = "ECS03_1.6_IMMEDIATE_SINGLE_SUCCESS"
"""Disablement threshold 556,677 millipence."""
TERMS = "ECS08a_2.1_IMMEDIATE_SUCCESS"
"""Emergency credit 300,000 from 100,000 on; credit is low below 200,000."""
TARIFF = "ECS01a_1.1.1_IMMEDIATE_BLOCK_SUCCESS"
"""1,361 millipence a kilowatt hour up to 10 kWh, then 2,289; 20,000 a day."""


def pay(amount: int) -> Item:
    return act(method(112, "0-0:19.10.0.255", 1), Data(DataType.DOUBLE_LONG, amount))


def threshold(amount: int) -> tuple[Item, Item]:
    passive = put(attribute(9000, "0-0:94.44.128.22", 4), Data(DataType.DOUBLE_LONG, amount))
    now = Data(DataType.OCTET_STRING, bytes.fromhex("0000000000000000008000FF"))
    return passive, put(attribute(9000, "0-0:94.44.128.22", 6), now)


def balances(living: LivingMeter) -> list[int]:
    return integers(living.sealed("0-0:43.2.1.255", 1, "0-0:94.44.34.30", (0, 0)))


def prepaid(credit: int, begin: datetime = BEGIN) -> LivingMeter:
    """A meter in prepayment mode, with so much above a disablement threshold of nothing."""
    living = LivingMeter(begin=begin)
    living.reference(TARIFF)
    living.do(pay(credit))
    living.reference(PREPAYMENT)
    living.do(*threshold(0))
    living.reference("ECS42_7.1_SUCCESS")
    living.alerts()
    return living


def test_balance_falls_by_what_is_used_and_supply_ends_when_it_is_gone() -> None:
    # SMETS2 5.5.7: disablement; alert 8F0F
    living = prepaid(13_610)
    living.take(1_000)
    living.wait(hours=9)
    assert living.read(112, "0-0:19.10.0.255").value == 13_610 - 9 * 1_361
    assert living.read(70, "0-0:96.3.10.255", 3).value == 1

    living.wait(hours=3)

    assert balances(living)[0] == 0
    assert living.read(70, "0-0:96.3.10.255", 3).value == 0
    assert 0x8F0F in living.alerts()
    assert living.look().imported == 10_000


def test_top_up_arms_the_supply() -> None:
    living = prepaid(1_361)
    living.take(1_000)
    living.wait(hours=2)
    living.alerts()

    assert results_of(living.do(pay(5_000))) == [AccessResult.SUCCESS]

    assert living.read(70, "0-0:96.3.10.255", 3).value == 2
    assert living.alerts() == [0x8F32]


def test_emergency_credit_is_offered_activated_and_used() -> None:
    # GBCS ECS09, SMETS2 5.7.4.16, 5.7.4.17
    living = prepaid(250_000)
    assert set(living.reference(TERMS)) == {AccessResult.SUCCESS}
    assert living.reference("ECS09_2.5_SUCCESS") == [AccessResult.OTHER_REASON]
    living.take(10_000)
    living.wait(hours=12)
    assert balances(living)[0] < 100_000

    assert living.reference("ECS09_2.5_SUCCESS") == [AccessResult.SUCCESS]

    assert balances(living)[1] == 300_000
    living.wait(hours=20)
    assert balances(living)[0] == 0
    assert 0 < balances(living)[1] < 300_000


def test_debts_are_collected_as_they_are_set() -> None:
    # reference message: 30,000 at 30,000 a day and 15,000 at 150,000 a day; 10 % of payments
    living = prepaid(1_000_000)
    assert set(living.reference("ECS07_2.3_SUCCESS")) == {AccessResult.SUCCESS}
    assert balances(living)[3:] == [30_000, 15_000, 50_000]

    living.wait(days=1)

    assert balances(living) == [1_000_000 - 20_000 - 45_000, 0, 0, 0, 0, 50_000]
    assert living.read(7, "0-0:98.1.8.255").value is not None


def test_standing_charge_that_credit_does_not_cover_becomes_accumulated_debt() -> None:
    # SMETS2 5.5.7, 5.7.5.1
    living = prepaid(1_000)
    living.wait(days=2)

    assert balances(living)[:3] == [0, 0, 39_000]


def test_balance_and_debts_are_reset() -> None:
    # GBCS ECS04b
    living = prepaid(1_000)
    living.wait(days=2)

    assert set(living.reference("ECS04b_1.5_SUCCESS")) == {AccessResult.SUCCESS}

    assert balances(living)[:3] == [0, 0, 0]


def test_daily_prepayment_log_shows_the_balances_of_each_midnight() -> None:
    # GBCS ECS21b, SMETS2 5.7.5.26
    living = prepaid(1_000_000)
    living.wait(days=3)

    log = living.sealed("0-0:43.2.6.255", 7, "0-0:98.1.8.255", (1, 2))

    assert [integers(each) for each in parts_of(log)] == [
        [seconds(BEGIN) + day * 86_400, 0, 1_000_000 - day * 20_000, 0, 0, 0, 0] for day in (1, 2)
    ]


def test_change_of_payment_mode_is_written_down() -> None:
    # GBCS ECS02, ECS20b
    living = prepaid(1_000)
    before = len(parts_of(living.read(7, "0-0:98.1.2.255")))

    assert set(living.reference("ECS02_1.6_IMMEDIATE_SINGLE_SUCCESS")) == {AccessResult.SUCCESS}

    assert len(parts_of(living.read(7, "0-0:98.1.2.255"))) == before + 1
    assert living.meter.account.mode.value == "credit"


def test_supply_goes_on_while_disablement_is_suspended() -> None:
    # reference message: weekdays from 20:00 to 07:30; alert 8F83
    living = prepaid(1_361, datetime(2015, 1, 5, tzinfo=UTC))
    living.reference(TERMS)
    living.wait(hours=20)
    living.take(1_000)
    living.wait(hours=3)

    assert living.read(70, "0-0:96.3.10.255", 3).value == 1
    assert 0x8F83 in living.alerts()
    living.wait(hours=8.5)
    assert living.read(70, "0-0:96.3.10.255", 3).value == 0


def test_low_credit_is_told_where_the_supplier_wants_to_know() -> None:
    # GBCS 16.2: 810D is configurable, ECS25a
    living = prepaid(250_000)
    living.reference(TERMS)
    assert living.alerts() == []
    living.take(10_000)
    living.wait(hours=5)
    # 10 kWh at 1,361 and 10 kWh at 2,289 leave 213,500; 13,501 more at 5,566 make it low,
    # and 113,500 more offer emergency credit
    living.look()
    happened = [(each.own // 1_000_000, each.code) for each in living.meter.events]
    assert happened == [(seconds(BEGIN) + 8_073, 0x810D), (seconds(BEGIN) + 14_540, 0x8119)]
    assert living.alerts() == []
    told = Data(DataType.BIT_STRING, BitString(256, bytes.fromhex("0004") + bytes(30)))
    living.executor.store.hold(attribute(1, "0-30:97.98.15.255", 2), told)
    living.do(pay(300_000))
    living.take(10_000)
    living.wait(hours=5)
    assert 0x810D in living.alerts()


@pytest.mark.parametrize(
    ("item", "result"),
    [
        (act(method(112, "0-0:19.10.0.255", 1), long_unsigned(1)), AccessResult.TYPE_UNMATCHED),
        (pay(2**31 - 1), AccessResult.OTHER_REASON),
        (
            act(method(113, "0-0:19.20.1.255", 4), Data(DataType.DOUBLE_LONG, -1)),
            AccessResult.OTHER_REASON,
        ),
        (
            act(method(113, "0-0:19.20.3.255", 4), Data(DataType.DOUBLE_LONG, -1)),
            AccessResult.OTHER_REASON,
        ),
        (
            put(attribute(113, "0-0:19.20.1.255", 8), Data(DataType.DOUBLE_LONG_UNSIGNED, 86_401)),
            AccessResult.OTHER_REASON,
        ),
        (
            put(attribute(113, "0-0:19.20.3.255", 13), long_unsigned(10_001)),
            AccessResult.OTHER_REASON,
        ),
        (
            act(method(112, "0-0:19.10.2.255", 2), Data(DataType.DOUBLE_LONG, -1)),
            AccessResult.OTHER_REASON,
        ),
        (
            act(method(112, "0-0:19.10.1.255", 2), Data(DataType.DOUBLE_LONG, 1)),
            AccessResult.OTHER_REASON,
        ),
    ],
)
def test_what_an_account_cannot_do_is_refused(item: Item, result: AccessResult) -> None:
    living = prepaid(5)
    before = balances(living)

    assert results_of(living.do(item)) == [result]
    assert balances(living) == before


def test_account_survives_a_loss_of_power() -> None:
    living = prepaid(1_000_000)
    living.reference("ECS07_2.3_SUCCESS")
    living.take(700)
    living.wait(hours=30)

    again = living.restarted()

    assert balances(again) == balances(living)
    assert number_of(again.read(112, "0-0:19.10.0.255")) == balances(living)[0]
    assert again.meter.account.payment_debt.basis_points == 1_000


def test_home_is_shown_what_the_account_holds() -> None:
    living = prepaid(1_000_000)
    living.reference("ECS07_2.3_SUCCESS")
    shown = [
        living.executor.look(attribute(class_id, name, member), living.moment).value
        for class_id, name, member in (
            (112, "0-0:19.10.0.255", 2),
            (113, "0-0:19.20.1.255", 12),
            (113, "0-0:19.20.3.255", 12),
        )
    ]

    assert shown == [1_000_000, 30_000, 50_000]
