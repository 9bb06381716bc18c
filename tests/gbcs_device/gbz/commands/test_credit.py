"""Balances and debts that a supplier adjusts."""

import pytest

from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.state.balances import (
    add_credit,
)
from emulator.testing.scenes.gbz_scene import attribute, component, filled, meter, statuses
from emulator.zcl.payloads.prepayment import ChangeDebt, CreditAdjustment

PREPAYMENT = 0x0705
CREDIT, EMERGENCY, DEBT = (0x0705, 0x0001), (0x0705, 0x0002), (0x0705, 0x0005)
BILL = (0x0702, 0x0A00)


def balances(executor: GbzExecutor) -> list[object]:
    """Credit, emergency credit, accumulated debt, bill."""
    return [attribute(executor, *each) for each in (CREDIT, EMERGENCY, DEBT, BILL)]


@pytest.mark.parametrize(
    ("kind", "value", "after"),
    [
        (0, 5, [105, 20, 30, 40]),
        (0, -200, [-100, 20, 30, 40]),
        (1, 7, [7, 0, 0, 40]),
        (2, 0, [100, 20, 30, 0]),
        (3, 5, [100, 20, 30, 45]),
        (3, -50, [100, 20, 30, 0]),
    ],
)
def test_each_kind_of_adjustment(kind: int, value: int, after: list[object]) -> None:
    executor = meter({CREDIT: 100, EMERGENCY: 20, DEBT: 30, BILL: 40})
    request = filled(CreditAdjustment, credit_adjustment_type=kind, credit_adjustment_value=value)

    assert statuses(executor, component(PREPAYMENT, request)) == [(0x05, 0)]

    assert balances(executor) == after


def test_an_unknown_kind_of_adjustment_is_refused() -> None:
    executor = meter({CREDIT: 100})
    request = filled(CreditAdjustment, credit_adjustment_type=4, credit_adjustment_value=1)

    assert statuses(executor, component(PREPAYMENT, request)) == [(0x05, 0x85)]

    assert attribute(executor, *CREDIT) == 100


def test_a_balance_stays_what_an_attribute_can_hold() -> None:
    executor = meter({CREDIT: 0x7FFFFFF0})

    assert add_credit(executor.store, 0x7FFFFFF0) == 0x7FFFFFFF
    assert add_credit(executor.store, -0x7FFFFFFF) == 0
    assert add_credit(executor.store, -0x7FFFFFFF - 9) == -0x7FFFFFFF


@pytest.mark.parametrize(
    ("kind", "attribute_", "after"),
    [
        (0, 0x0211, 50),
        (1, 0x0211, 60),
        (2, 0x0221, 50),
        (3, 0x0221, 60),
        (4, 0x0231, 50),
        (5, 0x0231, 60),
    ],
)
def test_each_kind_of_debt(kind: int, attribute_: int, after: int) -> None:
    executor = meter(dict.fromkeys([(PREPAYMENT, each) for each in (0x0211, 0x0221, 0x0231)], 10))
    request = filled(ChangeDebt, debt_amount_type=kind, debt_amount=50)

    assert statuses(executor, component(PREPAYMENT, request)) == [(0x02, 0)]

    debts = [attribute(executor, PREPAYMENT, each) for each in (0x0211, 0x0221, 0x0231)]
    assert attribute(executor, PREPAYMENT, attribute_) == after
    assert sorted(map(str, debts)) == ["10", "10", str(after)]


def test_how_a_debt_is_recovered_is_held() -> None:
    executor = meter()
    request = ChangeDebt(
        issuer_event_id=1,
        debt_label=b"D",
        debt_amount=-5,
        debt_recovery_method=1,
        debt_amount_type=4,
        debt_recovery_start_time=2,
        debt_recovery_collection_time=3,
        debt_recovery_frequency=4,
        debt_recovery_amount=6,
        debt_recovery_balance_percentage=7,
    )

    statuses(executor, component(PREPAYMENT, request))

    numbers = (0x0230, 0x0231, 0x0232, 0x0233, 0x0234, 0x0236, 0x0237, 0x0239)
    found = [attribute(executor, PREPAYMENT, each) for each in numbers]
    assert found == [b"D", 0, 1, 2, 3, 4, 6, 7]


def test_a_debt_of_no_kind_is_refused() -> None:
    request = filled(ChangeDebt, debt_amount_type=6)

    assert statuses(meter(), component(PREPAYMENT, request)) == [(0x02, 0x85)]
