import json

import pytest

from emulator.kernel.errors import UsageError
from emulator.metering.prepayment.debts import PaymentDebt, TimeDebt
from emulator.metering.quantities import DAY, HOUR


@pytest.mark.parametrize(
    ("start", "end", "due"),
    [(0, DAY - 1, 0), (0, DAY, 50), (DAY - 1, 3 * DAY, 120), (5 * DAY, DAY, 0)],
)
def test_debt_by_time_is_due_as_its_periods_end(start: int, end: int, due: int) -> None:
    assert TimeDebt(120, 50, DAY).due(start, end) == due


def test_debt_that_is_collected_is_owed_no_more() -> None:
    debt = TimeDebt(120, 50, HOUR)
    debt.collect(debt.due(0, 2 * HOUR))

    assert debt.remaining == 20
    assert debt.due(2 * HOUR, 3 * HOUR) == 20


@pytest.mark.parametrize("terms", [(-1, 0, DAY), (0, -1, DAY), (0, 0, 5)])
def test_debt_by_time_that_is_none_is_refused(terms: tuple[int, int, int]) -> None:
    with pytest.raises(UsageError):
        TimeDebt(*terms)


def test_share_of_a_top_up_goes_to_the_debt_until_it_is_paid() -> None:
    debt = PaymentDebt(1_500, 2_500)

    assert [debt.take(4_000, 0) for _ in range(3)] == [1_000, 500, 0]


def test_cap_holds_in_any_seven_days() -> None:
    debt = PaymentDebt(10_000, 10_000, cap=1_000)

    assert [debt.take(700, day * DAY) for day in (0, 3, 6, 7, 10)] == [700, 300, 0, 700, 300]


@pytest.mark.parametrize("terms", [(-1, 0, None), (0, 10_001, None), (0, -1, None), (0, 0, -1)])
def test_debt_by_payment_that_is_none_is_refused(terms: tuple[int, int, int | None]) -> None:
    with pytest.raises(UsageError):
        PaymentDebt(*terms)


def test_snapshot_remembers_what_was_paid() -> None:
    debt, other = PaymentDebt(10_000, 10_000, cap=1_000), PaymentDebt()
    debt.take(700, DAY)
    other.restore(json.loads(json.dumps(debt.snapshot())))

    assert other.take(700, 2 * DAY) == 300
