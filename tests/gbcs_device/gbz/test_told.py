"""What each answer tells is held, and what its request could have found is forgotten before."""

from typing import Any

import pytest

from emulator.gbcs_device.gbz.state.calendars import TARIFF
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.gbz.told import COMPLETING, FORGETTING, TELLING
from emulator.testing.scenes.gbz_scene import filled, meter
from emulator.zcl.payloads.calendar import GetDayProfiles, GetSpecialDays, PublishDayProfile
from emulator.zcl.payloads.catalogue import PAYLOADS
from emulator.zcl.payloads.device_management import (
    EventConfiguration,
    GetEventConfiguration,
    ReportEventConfiguration,
)
from emulator.zcl.payloads.metering import GetSnapshot, PublishSnapshot
from emulator.zcl.payloads.prepayment import (
    ChangePaymentModeResponse,
    ConsumerTopUpResponse,
    GetPrepaySnapshot,
    PublishPrepaySnapshot,
)
from emulator.zcl.payloads.price import (
    GetBillingPeriod,
    GetCurrentPrice,
    PublishBillingPeriod,
    PublishPrice,
    PublishTariffInformation,
)

ANY_REQUEST = filled(GetBillingPeriod)


def test_every_request_that_finds_something_has_something_to_forget() -> None:
    asking = {each for each in PAYLOADS.values() if each.__name__.startswith("Get")}
    answers_of_requests = {each for each in asking if each.__name__ != "GetSampledDataResponse"}

    assert set(FORGETTING) == answers_of_requests


@pytest.mark.parametrize(("request_", "kept"), [(GetDayProfiles, 1), (GetSpecialDays, 2)])
def test_only_the_parts_asked_for_are_forgotten(request_: type[Any], kept: int) -> None:
    store = meter().store
    in_force = filled(request_, issuer_calendar_id=0xFFFFFFFF)
    named = filled(request_, issuer_calendar_id=7)
    for part in (filled(PublishDayProfile, day_id=1), filled(PublishDayProfile, day_id=2)):
        TELLING[PublishDayProfile](
            store, filled(GetDayProfiles, issuer_calendar_id=0xFFFFFFFF), part
        )

    FORGETTING[request_](store, named)
    assert len(store.calendars.in_force(TARIFF).days) == 2
    FORGETTING[request_](store, in_force)

    assert len(store.calendars.in_force(TARIFF).days) == (0 if kept == 1 else 2)


def test_parts_of_a_calendar_that_is_only_named_are_not_held() -> None:
    store = meter().store

    TELLING[PublishDayProfile](
        store, filled(GetDayProfiles, issuer_calendar_id=7), filled(PublishDayProfile)
    )

    assert store.calendars.snapshot() == []


@pytest.mark.parametrize(
    ("request_", "held"),
    [
        (GetCurrentPrice, (PublishPrice, PublishTariffInformation)),
        (GetBillingPeriod, (PublishBillingPeriod,)),
    ],
)
def test_what_was_published_is_forgotten(request_: type[Any], held: tuple[type[Any], ...]) -> None:
    store = meter().store
    for each in held:
        store.published.hold(filled(each))

    FORGETTING[request_](store, filled(request_))

    assert [store.published.latest(each) for each in held] == [None] * len(held)


def test_configurations_of_a_group_are_replaced() -> None:
    store = meter().store
    store.event_configurations.configurations = {0x8154: 3, 0x8013: 3}
    report = filled(
        ReportEventConfiguration,
        configurations=(EventConfiguration(event_id=0x81A1, event_configuration=9),),
    )

    FORGETTING[GetEventConfiguration](store, GetEventConfiguration(event_id=0x81FF))
    TELLING[ReportEventConfiguration](store, ANY_REQUEST, report)

    assert store.event_configurations.configurations == {0x8013: 3, 0x81A1: 9}


def test_what_prepayment_is_set_up_to_do_is_held_as_attributes() -> None:
    store = meter().store
    told = filled(
        ChangePaymentModeResponse,
        friendly_credit=1,
        emergency_credit_limit=5,
        emergency_credit_threshold=6,
    )

    TELLING[ChangePaymentModeResponse](store, ANY_REQUEST, told)

    assert store.published.latest(ChangePaymentModeResponse) == told
    assert store.attributes.get(0x0705, 0x0010) == 5
    assert store.attributes.get(0x0705, 0x0011) == 6


@pytest.mark.parametrize(("result", "balance"), [(0, 30), (1, 0)])
def test_the_balance_before_a_top_up_is_held(result: int, balance: int) -> None:
    store = meter().store
    told = ConsumerTopUpResponse(
        result_type=result, top_up_value=70, source_of_top_up=0, credit_remaining=100
    )

    TELLING[ConsumerTopUpResponse](store, ANY_REQUEST, told)

    assert store.attributes.get(0x0705, 0x0001) == balance


def kept(store: MeterStore) -> int:
    """How many snapshots of either kind a store keeps."""
    return len(store.snapshots.snapshots) + len(store.prepay_snapshots.snapshots)


@pytest.mark.parametrize(
    ("request_", "snapshot"),
    [(GetSnapshot, PublishSnapshot), (GetPrepaySnapshot, PublishPrepaySnapshot)],
)
def test_snapshots_are_completed_for_their_own_request(
    request_: type[Any], snapshot: type[Any]
) -> None:
    store = meter().store
    asked = filled(request_, latest_end_time=9, snapshot_cause=2)
    told = filled(snapshot, snapshot_cause=2, total_snapshots_found=3)

    TELLING[snapshot](store, asked, told)
    COMPLETING[snapshot](store, ANY_REQUEST, told)
    assert kept(store) == 1
    COMPLETING[snapshot](store, asked, told)

    assert kept(store) == 3
    FORGETTING[request_](store, asked)
    assert kept(store) == 0
