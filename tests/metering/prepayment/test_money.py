from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from emulator.metering.prepayment.money import PENNY, POUND, CostCounter, share
from emulator.metering.quantities import COUNT


def test_a_kilowatt_hour_costs_its_price() -> None:
    assert CostCounter().cost(1_000 * COUNT, 30_007) == 30_007


@given(st.lists(st.tuples(st.integers(0, 10**18), st.integers(0, 10**6))))
def test_nothing_is_lost_to_rounding(parts: list[tuple[int, int]]) -> None:
    counter = CostCounter()
    billed = sum(counter.cost(amount, price) for amount, price in parts)
    exact = sum((Fraction(amount * price, 1_000 * COUNT) for amount, price in parts), Fraction(0))

    assert billed == exact // 1
    assert Fraction(counter.over, 1_000 * COUNT) == exact % 1


def test_what_is_carried_is_carried_on() -> None:
    counter = CostCounter()
    counter.carry(1_000 * COUNT - 1)

    assert counter.cost(1, 1) == 1


def test_share_is_rounded_down() -> None:
    assert share(POUND, 2_500) == 25 * PENNY
    assert share(9_999, 1) == 0
