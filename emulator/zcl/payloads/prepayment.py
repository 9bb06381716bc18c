"""What commands of the Prepayment cluster say, each declared once (ZSE 1.4 D.7).

Times are seconds since 2000-01-01 UTC.
"""

from typing import Annotated

from emulator.wire.codecs import I32, U8, U16, U32, Many, Prefixed, Remaining
from emulator.wire.struct import Struct

Octets = Annotated[bytes, Prefixed()]


class SelectAvailableEmergencyCredit(Struct):
    """Select Available Emergency Credit (ZSE 1.4 D.7)."""

    command_issue_date_time: U32
    originating_device: U8
    rest: Remaining = b""
    """Site id and meter serial number, where sent."""


class ChangeDebt(Struct):
    """Change Debt (ZSE 1.4 D.7)."""

    issuer_event_id: U32
    debt_label: Octets
    debt_amount: I32
    debt_recovery_method: U8
    debt_amount_type: U8
    debt_recovery_start_time: U32
    debt_recovery_collection_time: U16
    debt_recovery_frequency: U8
    debt_recovery_amount: I32
    debt_recovery_balance_percentage: U16


class EmergencyCreditSetup(Struct):
    """Emergency Credit Setup (ZSE 1.4 D.7)."""

    issuer_event_id: U32
    start_time: U32
    emergency_credit_limit: U32
    emergency_credit_threshold: U32


class ConsumerTopUp(Struct):
    """Consumer Top Up (ZSE 1.4 D.7)."""

    originating_device: U8
    top_up_code: Octets


class CreditAdjustment(Struct):
    """Credit Adjustment (ZSE 1.4 D.7)."""

    issuer_event_id: U32
    start_time: U32
    credit_adjustment_type: U8
    credit_adjustment_value: I32


class ChangePaymentMode(Struct):
    """Change Payment Mode (ZSE 1.4 D.7)."""

    provider_id: U32
    issuer_event_id: U32
    implementation_date_time: U32
    proposed_payment_control_configuration: U16
    cut_off_value: I32


class GetPrepaySnapshot(Struct):
    """Get Prepay Snapshot (ZSE 1.4 D.7)."""

    earliest_start_time: U32
    latest_end_time: U32
    snapshot_offset: U8
    snapshot_cause: U32


class GetTopUpLog(Struct):
    """Get Top Up Log (ZSE 1.4 D.7)."""

    latest_end_time: U32
    number_of_records: U8


class SetLowCreditWarningLevel(Struct):
    """Set Low Credit Warning Level (ZSE 1.4 D.7)."""

    low_credit_warning_level: U32


class GetDebtRepaymentLog(Struct):
    """Get Debt Repayment Log (ZSE 1.4 D.7)."""

    latest_end_time: U32
    number_of_debts: U8
    debt_type: U8


class SetMaximumCreditLimit(Struct):
    """Set Maximum Credit Limit (ZSE 1.4 D.7)."""

    provider_id: U32
    issuer_event_id: U32
    implementation_date_time: U32
    maximum_credit_level: U32
    maximum_credit_per_top_up: U32


class SetOverallDebtCap(Struct):
    """Set Overall Debt Cap (ZSE 1.4 D.7)."""

    provider_id: U32
    issuer_event_id: U32
    implementation_date_time: U32
    overall_debt_cap: I32


class PublishPrepaySnapshot(Struct):
    """Publish Prepay Snapshot (ZSE 1.4 D.7)."""

    snapshot_id: U32
    snapshot_time: U32
    total_snapshots_found: U8
    command_index: U8
    total_number_of_commands: U8
    snapshot_cause: U32
    snapshot_payload_type: U8
    snapshot_sub_payload: Remaining = b""


class ChangePaymentModeResponse(Struct):
    """Change Payment Mode Response (ZSE 1.4 D.7)."""

    friendly_credit: U8
    friendly_credit_calendar_id: U32
    emergency_credit_limit: U32
    emergency_credit_threshold: U32


class ConsumerTopUpResponse(Struct):
    """Consumer Top Up Response (ZSE 1.4 D.7)."""

    result_type: U8
    top_up_value: I32
    source_of_top_up: U8
    credit_remaining: I32


class LoggedTopUp(Struct):
    """One top-up of the log (ZSE 1.4 D.7)."""

    top_up_code: Octets
    top_up_amount: I32
    top_up_time: U32


class PublishTopUpLog(Struct):
    """Publish Top Up Log (ZSE 1.4 D.7)."""

    command_index: U8
    total_number_of_commands: U8
    top_ups: Annotated[tuple[LoggedTopUp, ...], Many(LoggedTopUp)]


class LoggedRepayment(Struct):
    """One repayment of debt in the log (ZSE 1.4 D.7)."""

    collection_time: U32
    amount_collected: U32
    debt_type: U8
    outstanding_debt: U32


class PublishDebtLog(Struct):
    """Publish Debt Log (ZSE 1.4 D.7)."""

    command_index: U8
    total_number_of_commands: U8
    repayments: Annotated[tuple[LoggedRepayment, ...], Many(LoggedRepayment)]
