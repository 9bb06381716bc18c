"""Credit and debt: the commands of the Prepayment cluster (ZSE 1.4 D.7)."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs_device.gbz.commands.answers import Answer, Reply
from emulator.gbcs_device.gbz.commands.credit import adjust_credit, change_debt
from emulator.gbcs_device.gbz.commands.handling import Circumstances, CommandKey, Handling
from emulator.gbcs_device.gbz.commands.top_up import consumer_top_up, refuse_top_up
from emulator.gbcs_device.gbz.state.moments import NOW
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.zcl.payloads.prepayment import (
    ChangeDebt,
    ChangePaymentMode,
    ChangePaymentModeResponse,
    ConsumerTopUp,
    CreditAdjustment,
    EmergencyCreditSetup,
    GetDebtRepaymentLog,
    GetPrepaySnapshot,
    GetTopUpLog,
    PublishDebtLog,
    PublishTopUpLog,
    SelectAvailableEmergencyCredit,
    SetLowCreditWarningLevel,
    SetMaximumCreditLimit,
    SetOverallDebtCap,
)
from emulator.zcl.primitives import Side, ZclStatus

PREPAYMENT: Final = 0x0705
CUT_OFF_VALUE: Final = 0x0040
EMERGENCY_CREDIT_LIMIT: Final = 0x0010
EMERGENCY_CREDIT_THRESHOLD: Final = 0x0011
_UNCHANGED: Final = -1
"""A cut-off value that leaves it as it is (use-case annex of GBCS, GCS02)."""


def select_emergency_credit(
    store: MeterStore, _: SelectAvailableEmergencyCredit, circumstances: Circumstances
) -> Answer:
    """Let the consumer use emergency credit.

    That the command succeeds where there is none to have is unverified.
    """
    circumstances.mechanism.activate_emergency_credit(store)
    return ZclStatus.SUCCESS


def set_up_emergency_credit(
    store: MeterStore, request: EmergencyCreditSetup, _: Circumstances
) -> Answer:
    """Hold how much emergency credit there is, and from which balance on."""
    limit, threshold = request.emergency_credit_limit, request.emergency_credit_threshold
    store.attributes.set(PREPAYMENT, EMERGENCY_CREDIT_LIMIT, limit)
    store.attributes.set(PREPAYMENT, EMERGENCY_CREDIT_THRESHOLD, threshold)
    return ZclStatus.SUCCESS


def set_overall_debt_cap(store: MeterStore, request: SetOverallDebtCap, _: Circumstances) -> Answer:
    """Hold how much debt is recovered at most."""
    store.attributes.set(PREPAYMENT, 0x0006, request.overall_debt_cap)
    return ZclStatus.SUCCESS


def set_low_credit_warning(
    store: MeterStore, request: SetLowCreditWarningLevel, _: Circumstances
) -> Answer:
    """Hold below which balance the consumer is warned."""
    store.attributes.set(PREPAYMENT, 0x0031, request.low_credit_warning_level)
    return ZclStatus.SUCCESS


def set_maximum_credit(
    store: MeterStore, request: SetMaximumCreditLimit, _: Circumstances
) -> Answer:
    """Hold the highest balance and the highest top-up."""
    store.attributes.set(PREPAYMENT, 0x0021, request.maximum_credit_level)
    store.attributes.set(PREPAYMENT, 0x0022, request.maximum_credit_per_top_up)
    return ZclStatus.SUCCESS


def change_payment_mode(store: MeterStore, request: ChangePaymentMode, _: Circumstances) -> Answer:
    """Let a payment mode take effect."""
    configuration = request.proposed_payment_control_configuration
    store.attributes.set(PREPAYMENT, 0x0000, configuration)
    if request.cut_off_value != _UNCHANGED:
        store.attributes.set(PREPAYMENT, CUT_OFF_VALUE, request.cut_off_value)
    return payment_mode(store, request)


def payment_mode(store: MeterStore, _: ChangePaymentMode) -> Answer:
    """Answer with what prepayment mode is set up to do."""
    told = store.published.latest(ChangePaymentModeResponse)
    response = ChangePaymentModeResponse(
        friendly_credit=0 if told is None else told.friendly_credit,
        friendly_credit_calendar_id=0 if told is None else told.friendly_credit_calendar_id,
        emergency_credit_limit=store.attributes.number(PREPAYMENT, EMERGENCY_CREDIT_LIMIT),
        emergency_credit_threshold=store.attributes.number(PREPAYMENT, EMERGENCY_CREDIT_THRESHOLD),
    )
    return (Reply(0x02, response),)


def get_prepay_snapshot(store: MeterStore, request: GetPrepaySnapshot, _: Circumstances) -> Answer:
    """Answer with the snapshot at the offset asked for."""
    found = store.prepay_snapshots.find(request)
    return ZclStatus.NOT_FOUND if found is None else (Reply(0x01, found),)


def get_top_up_log(store: MeterStore, request: GetTopUpLog, circumstances: Circumstances) -> Answer:
    """Answer with the latest top-ups."""
    found = store.top_ups.find(request, circumstances.from_date_time or NOW)
    log = PublishTopUpLog(command_index=0, total_number_of_commands=1, top_ups=found)
    return (Reply(0x05, log),) if found else ZclStatus.NOT_FOUND


def get_debt_repayment_log(
    store: MeterStore, request: GetDebtRepaymentLog, circumstances: Circumstances
) -> Answer:
    """Answer with the latest repayments of a debt."""
    found = store.repayments.find(request, circumstances.from_date_time or NOW)
    log = PublishDebtLog(command_index=0, total_number_of_commands=1, repayments=found)
    return (Reply(0x06, log),) if found else ZclStatus.NOT_FOUND


def _set_up(request: EmergencyCreditSetup, _: Circumstances) -> int:
    return request.start_time


def _implementation(
    request: SetOverallDebtCap | SetMaximumCreditLimit | ChangePaymentMode, _: Circumstances
) -> int:
    return request.implementation_date_time


def _told_outside(_: SetLowCreditWarningLevel, circumstances: Circumstances) -> int:
    """The command has no field for it, so the extended header says it."""
    return circumstances.from_date_time or NOW


def _handlings() -> Iterator[tuple[int, Handling[Any]]]:
    yield 0x00, Handling(SelectAvailableEmergencyCredit, select_emergency_credit)
    yield 0x02, Handling(ChangeDebt, change_debt)
    yield 0x03, Handling(EmergencyCreditSetup, set_up_emergency_credit, _set_up)
    yield 0x04, Handling(ConsumerTopUp, consumer_top_up, refuse=refuse_top_up)
    yield 0x05, Handling(CreditAdjustment, adjust_credit)
    yield (
        0x06,
        Handling(ChangePaymentMode, change_payment_mode, _implementation, accept=payment_mode),
    )
    yield 0x07, Handling(GetPrepaySnapshot, get_prepay_snapshot)
    yield 0x08, Handling(GetTopUpLog, get_top_up_log)
    yield 0x09, Handling(SetLowCreditWarningLevel, set_low_credit_warning, _told_outside)
    yield 0x0A, Handling(GetDebtRepaymentLog, get_debt_repayment_log)
    yield 0x0B, Handling(SetMaximumCreditLimit, set_maximum_credit, _implementation)
    yield 0x0C, Handling(SetOverallDebtCap, set_overall_debt_cap, _implementation)


HANDLINGS: Final[Mapping[CommandKey, Handling[Any]]] = MappingProxyType(
    {(PREPAYMENT, Side.SERVER, command): each for command, each in _handlings()}
)
"""The commands that a device takes."""
