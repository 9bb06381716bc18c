"""What each answer tells of the state behind it, and what a request could have found.

Used to take over a state from answers: first what a request could find is forgotten, then what
its answers say is held.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from emulator.gbcs_device.gbz.commands.prepayment import (
    EMERGENCY_CREDIT_LIMIT,
    EMERGENCY_CREDIT_THRESHOLD,
)
from emulator.gbcs_device.gbz.commands.top_up import TopUpResult
from emulator.gbcs_device.gbz.state.balances import (
    CREDIT_REMAINING,
    PREPAYMENT,
)
from emulator.gbcs_device.gbz.state.calendars import IN_FORCE, Part
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.wire.struct import Struct
from emulator.zcl.payloads.calendar import (
    GetDayProfiles,
    GetSeasons,
    GetSpecialDays,
    GetWeekProfiles,
    PublishDayProfile,
    PublishSeasons,
    PublishSpecialDays,
    PublishWeekProfile,
)
from emulator.zcl.payloads.device_management import (
    GetEventConfiguration,
    ReportEventConfiguration,
)
from emulator.zcl.payloads.events import GetEventLog, PublishEventLog
from emulator.zcl.payloads.metering import (
    GetSampledData,
    GetSampledDataResponse,
    GetSnapshot,
    PublishSnapshot,
)
from emulator.zcl.payloads.prepayment import (
    ChangePaymentModeResponse,
    ConsumerTopUpResponse,
    GetDebtRepaymentLog,
    GetPrepaySnapshot,
    GetTopUpLog,
    PublishDebtLog,
    PublishPrepaySnapshot,
    PublishTopUpLog,
)
from emulator.zcl.payloads.price import (
    GetBillingPeriod,
    GetCurrentPrice,
    PublishBillingPeriod,
    PublishPrice,
    PublishTariffInformation,
)

TellingTable: TypeAlias = Mapping[type[Struct], Callable[[MeterStore, Any, Any], None]]
CalendarRequest = GetDayProfiles | GetWeekProfiles | GetSeasons | GetSpecialDays


def _forget_parts(store: MeterStore, request: CalendarRequest) -> None:
    kind = IN_FORCE.get(request.issuer_calendar_id)
    if kind is None:
        return
    calendar = store.calendars.in_force(kind)
    match request:
        case GetDayProfiles():
            calendar = replace(calendar, days=())
        case GetWeekProfiles():
            calendar = replace(calendar, weeks=())
        case GetSeasons():
            calendar = replace(calendar, seasons=())
        case GetSpecialDays():
            calendar = replace(calendar, special_days=())
    store.calendars.hold(kind, calendar)


def _forget_price(store: MeterStore, _: GetCurrentPrice) -> None:
    store.published.forget(PublishPrice)
    store.published.forget(PublishTariffInformation)


def _forget_billing_period(store: MeterStore, _: GetBillingPeriod) -> None:
    store.published.forget(PublishBillingPeriod)


def _forget_snapshots(store: MeterStore, request: GetSnapshot) -> None:
    store.snapshots.forget(request)


def _forget_prepay_snapshots(store: MeterStore, request: GetPrepaySnapshot) -> None:
    store.prepay_snapshots.forget(request)


def _forget_samples(store: MeterStore, request: GetSampledData) -> None:
    store.samples.series.pop(request.sample_id, None)


def _forget_events(store: MeterStore, request: GetEventLog) -> None:
    store.events.forget(request)


def _forget_configurations(store: MeterStore, request: GetEventConfiguration) -> None:
    for event, _ in store.event_configurations.group(request.event_id):
        del store.event_configurations.configurations[event]


def _forget_top_ups(store: MeterStore, _: GetTopUpLog) -> None:
    store.top_ups.top_ups = ()


def _forget_repayments(store: MeterStore, _: GetDebtRepaymentLog) -> None:
    store.repayments.repayments = ()


def _tell_part(store: MeterStore, request: CalendarRequest, answer: Part) -> None:
    kind = IN_FORCE.get(request.issuer_calendar_id)
    if kind is not None:
        store.calendars.hold(kind, store.calendars.in_force(kind).with_part(answer))


def _tell_published(store: MeterStore, _: Struct, answer: Struct) -> None:
    store.published.hold(answer)


def _tell_snapshot(store: MeterStore, _: Struct, answer: PublishSnapshot) -> None:
    store.snapshots.add(answer)


def _tell_prepay_snapshot(store: MeterStore, _: Struct, answer: PublishPrepaySnapshot) -> None:
    store.prepay_snapshots.add(answer)


def _tell_samples(store: MeterStore, _: Struct, answer: GetSampledDataResponse) -> None:
    store.samples.series[answer.sample_id] = answer


def _tell_events(store: MeterStore, _: Struct, answer: PublishEventLog) -> None:
    for event in answer.events:
        store.events.add(event)


def _tell_configurations(store: MeterStore, _: Struct, answer: ReportEventConfiguration) -> None:
    for each in answer.configurations:
        store.event_configurations.set(each.event_id, each.event_configuration)


def _tell_top_ups(store: MeterStore, _: Struct, answer: PublishTopUpLog) -> None:
    store.top_ups.top_ups = answer.top_ups


def _tell_repayments(store: MeterStore, _: Struct, answer: PublishDebtLog) -> None:
    store.repayments.repayments = answer.repayments


def _tell_payment_mode(store: MeterStore, _: Struct, answer: ChangePaymentModeResponse) -> None:
    limit, threshold = answer.emergency_credit_limit, answer.emergency_credit_threshold
    store.published.hold(answer)
    store.attributes.set(PREPAYMENT, EMERGENCY_CREDIT_LIMIT, limit)
    store.attributes.set(PREPAYMENT, EMERGENCY_CREDIT_THRESHOLD, threshold)


def _tell_balance(store: MeterStore, _: Struct, answer: ConsumerTopUpResponse) -> None:
    if answer.result_type == TopUpResult.ACCEPTED:
        before = answer.credit_remaining - answer.top_up_value
        store.attributes.set(PREPAYMENT, CREDIT_REMAINING, before)


def _complete_snapshots(store: MeterStore, request: Struct, told: PublishSnapshot) -> None:
    if isinstance(request, GetSnapshot):
        store.snapshots.complete(request, told)


def _complete_prepay_snapshots(
    store: MeterStore, request: Struct, told: PublishPrepaySnapshot
) -> None:
    if isinstance(request, GetPrepaySnapshot):
        store.prepay_snapshots.complete(request, told)


FORGETTING: Final[Mapping[type[object], Callable[[MeterStore, Any], None]]] = {
    GetDayProfiles: _forget_parts,
    GetWeekProfiles: _forget_parts,
    GetSeasons: _forget_parts,
    GetSpecialDays: _forget_parts,
    GetCurrentPrice: _forget_price,
    GetBillingPeriod: _forget_billing_period,
    GetSnapshot: _forget_snapshots,
    GetPrepaySnapshot: _forget_prepay_snapshots,
    GetSampledData: _forget_samples,
    GetEventLog: _forget_events,
    GetEventConfiguration: _forget_configurations,
    GetTopUpLog: _forget_top_ups,
    GetDebtRepaymentLog: _forget_repayments,
}
"""By request: have nothing of what it could find."""

TELLING: Final[TellingTable] = {
    PublishDayProfile: _tell_part,
    PublishWeekProfile: _tell_part,
    PublishSeasons: _tell_part,
    PublishSpecialDays: _tell_part,
    PublishPrice: _tell_published,
    PublishBillingPeriod: _tell_published,
    PublishSnapshot: _tell_snapshot,
    PublishPrepaySnapshot: _tell_prepay_snapshot,
    GetSampledDataResponse: _tell_samples,
    PublishEventLog: _tell_events,
    ReportEventConfiguration: _tell_configurations,
    PublishTopUpLog: _tell_top_ups,
    PublishDebtLog: _tell_repayments,
    ChangePaymentModeResponse: _tell_payment_mode,
    ConsumerTopUpResponse: _tell_balance,
}
"""By answer: hold what it says."""

COMPLETING: Final[TellingTable] = {
    PublishSnapshot: _complete_snapshots,
    PublishPrepaySnapshot: _complete_prepay_snapshots,
}
"""By answer: hold also what it counts but no answer tells."""
