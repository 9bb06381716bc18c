"""Prepayment is set up now or later, and read back."""

import pytest

from emulator.gbcs_device.gbz.own_snapshots import take_prepay_snapshot
from emulator.gbcs_device.gbz.state.moments import moment_of
from emulator.gbcs_device.gbz.state.snapshots import SnapshotCause
from emulator.testing.scenes.gbz_scene import (
    answers,
    attribute,
    command,
    component,
    filled,
    meter,
    statuses,
)
from emulator.wire.struct import Struct
from emulator.zcl.payloads.prepayment import (
    ChangePaymentMode,
    ChangePaymentModeResponse,
    EmergencyCreditSetup,
    GetDebtRepaymentLog,
    GetPrepaySnapshot,
    GetTopUpLog,
    LoggedRepayment,
    LoggedTopUp,
    PublishDebtLog,
    PublishPrepaySnapshot,
    PublishTopUpLog,
    SelectAvailableEmergencyCredit,
    SetLowCreditWarningLevel,
    SetMaximumCreditLimit,
    SetOverallDebtCap,
)

PREPAYMENT = 0x0705
LATER = 600_000_000
SET_UP: tuple[tuple[Struct, dict[int, object]], ...] = (
    (
        filled(EmergencyCreditSetup, emergency_credit_limit=5, emergency_credit_threshold=6),
        {0x0010: 5, 0x0011: 6},
    ),
    (filled(SetOverallDebtCap, overall_debt_cap=-7), {0x0006: -7}),
    (SetLowCreditWarningLevel(low_credit_warning_level=8), {0x0031: 8}),
    (
        filled(SetMaximumCreditLimit, maximum_credit_level=9, maximum_credit_per_top_up=10),
        {0x0021: 9, 0x0022: 10},
    ),
    (
        filled(ChangePaymentMode, proposed_payment_control_configuration=0x0C94, cut_off_value=3),
        {0x0000: 0x0C94, 0x0040: 3},
    ),
)
DATES = {"start_time", "implementation_date_time"}
NAMES = [type(each).__name__ for each, _ in SET_UP]


@pytest.mark.parametrize(("request_", "values"), SET_UP, ids=NAMES)
def test_what_is_set_up_now_is_read_back(request_: Struct, values: dict[int, object]) -> None:
    executor = meter()

    answers(executor, command([component(PREPAYMENT, request_)]))

    assert {each: attribute(executor, PREPAYMENT, each) for each in values} == values
    assert executor.waiting() == ()


@pytest.mark.parametrize(("request_", "values"), SET_UP, ids=NAMES)
def test_what_is_set_up_for_later_waits(request_: Struct, values: dict[int, object]) -> None:
    executor = meter()
    fields = {each.name: getattr(request_, each.name) for each in request_.plan}
    dated = filled(type(request_), **(fields | dict.fromkeys(DATES & set(fields), LATER)))
    component_ = component(PREPAYMENT, dated, since=LATER)

    answers(executor, command([component_]))

    assert {each: attribute(executor, PREPAYMENT, each) for each in values} != values
    (waiting,) = executor.waiting()
    waiting.carry_out(moment_of(LATER))
    assert {each: attribute(executor, PREPAYMENT, each) for each in values} == values


def test_a_cut_off_value_of_all_ones_leaves_it_unchanged() -> None:
    executor = meter({(PREPAYMENT, 0x0040): 55})

    answers(executor, command([component(PREPAYMENT, filled(ChangePaymentMode, cut_off_value=-1))]))

    assert attribute(executor, PREPAYMENT, 0x0040) == 55


def test_a_change_of_mode_is_answered_with_what_prepayment_is_set_up_to_do() -> None:
    executor = meter({(PREPAYMENT, 0x0010): 5, (PREPAYMENT, 0x0011): 6})
    held = filled(ChangePaymentModeResponse, friendly_credit=1, friendly_credit_calendar_id=2)
    asked = command([component(PREPAYMENT, filled(ChangePaymentMode))])

    (first,) = answers(executor, asked)
    executor.store.published.hold(held)
    (second,) = answers(executor, asked)

    assert first.header.command == 0x02
    assert first.payload == bytes.fromhex("00 00000000 05000000 06000000")
    assert second.payload == bytes.fromhex("01 02000000 05000000 06000000")


def test_emergency_credit_is_selected_and_other_states_stay() -> None:
    executor = meter({(PREPAYMENT, 0x0003): 0x01})
    request = filled(SelectAvailableEmergencyCredit)

    assert statuses(executor, component(PREPAYMENT, request)) == [(0x00, 0)]

    assert attribute(executor, PREPAYMENT, 0x0003) == 0x11


def test_top_ups_since_a_moment_are_read_back() -> None:
    executor = meter()
    top_ups = [LoggedTopUp(top_up_code=b"7", top_up_amount=1, top_up_time=at) for at in (10, 20)]
    for each in top_ups:
        executor.store.top_ups.add(each)
    request = GetTopUpLog(latest_end_time=99, number_of_records=5)

    (some,) = answers(executor, command([component(PREPAYMENT, request, since=11)]))
    (every,) = answers(executor, command([component(PREPAYMENT, request)]))

    assert PublishTopUpLog.decode(some.payload).top_ups == (top_ups[1],)
    assert PublishTopUpLog.decode(every.payload).top_ups == (top_ups[1], top_ups[0])
    assert statuses(executor, component(PREPAYMENT, request, since=21)) == [(0x08, 0x8B)]


def test_repayments_since_a_moment_are_read_back() -> None:
    executor = meter()
    repayments = [
        LoggedRepayment(collection_time=at, amount_collected=1, debt_type=2, outstanding_debt=0)
        for at in (10, 20)
    ]
    for each in repayments:
        executor.store.repayments.add(each)
    request = GetDebtRepaymentLog(latest_end_time=99, number_of_debts=10, debt_type=2)

    (some,) = answers(executor, command([component(PREPAYMENT, request, since=11)]))

    assert PublishDebtLog.decode(some.payload).repayments == (repayments[1],)
    assert statuses(executor, component(PREPAYMENT, request, since=21)) == [(0x0A, 0x8B)]


def test_snapshots_are_read_back() -> None:
    executor = meter()
    asked = filled(
        GetPrepaySnapshot, latest_end_time=9, snapshot_cause=SnapshotCause.CHANGE_OF_MODE
    )
    assert statuses(executor, component(PREPAYMENT, asked)) == [(0x07, 0x8B)]
    taken = take_prepay_snapshot(executor.store, SnapshotCause.CHANGE_OF_MODE, 9)

    (answer,) = answers(executor, command([component(PREPAYMENT, asked)]))

    assert PublishPrepaySnapshot.decode(answer.payload) == taken
