"""Top-ups newest first, repayments oldest first, each log with its length."""

from dataclasses import replace

import pytest

from emulator.gbcs_device.gbz.state.payment_logs import RepaymentLog, TopUpLog
from emulator.zcl.payloads.prepayment import (
    GetDebtRepaymentLog,
    GetTopUpLog,
    LoggedRepayment,
    LoggedTopUp,
)

TOP_UPS = GetTopUpLog(latest_end_time=300, number_of_records=5)
REPAYMENTS = GetDebtRepaymentLog(latest_end_time=300, number_of_debts=10, debt_type=2)


def top_up(time: int) -> LoggedTopUp:
    """A top-up."""
    return LoggedTopUp(top_up_code=b"%d" % time, top_up_amount=1, top_up_time=time)


def repayment(time: int, debt: int = 2) -> LoggedRepayment:
    """A repayment."""
    return LoggedRepayment(
        collection_time=time, amount_collected=1, debt_type=debt, outstanding_debt=0
    )


def top_ups() -> TopUpLog:
    """A log of three, of which four came."""
    made = TopUpLog(3)
    for time in (100, 200, 300, 400):
        made.add(top_up(time))
    return made


def test_the_latest_top_ups_are_kept_newest_first() -> None:
    assert top_ups().top_ups == (top_up(400), top_up(300), top_up(200))


@pytest.mark.parametrize(
    ("earliest", "latest", "number", "found"),
    [(0, 400, 5, [400, 300, 200]), (201, 399, 5, [300]), (0, 400, 1, [400]), (401, 500, 5, [])],
)
def test_top_ups_of_a_period(earliest: int, latest: int, number: int, found: list[int]) -> None:
    asked = replace(TOP_UPS, latest_end_time=latest, number_of_records=number)

    assert [each.top_up_time for each in top_ups().find(asked, earliest)] == found


def test_repayments_of_a_debt_in_a_period() -> None:
    made = RepaymentLog(4)
    for each in (repayment(1), repayment(100), repayment(200, 1), repayment(300), repayment(301)):
        made.add(each)

    assert len(made.repayments) == 4
    assert made.find(REPAYMENTS, 100) == (repayment(100), repayment(300))
    assert made.find(replace(REPAYMENTS, number_of_debts=1), 0) == (repayment(100),)


def test_saved_logs_come_back() -> None:
    repayments, again, others = RepaymentLog(4), TopUpLog(3), RepaymentLog(4)
    repayments.add(repayment(1))

    again.restore({"top_ups": top_ups().snapshot()}, "top_ups")
    others.restore({"repayments": repayments.snapshot()}, "repayments")

    assert again.top_ups == top_ups().top_ups
    assert others.repayments == repayments.repayments
