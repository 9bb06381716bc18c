"""The gas proxy function copies what the meter carried out, when it did."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs.gbz_alert import FutureDatedOutcome
from emulator.gbcs_device.device_clock import DeviceClock
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.executor import GbzExecutor
from emulator.gbcs_device.gbz.proxy.tap_off import (
    MOST_UNANSWERED,
    PassedFromMeter,
    PassedToMeter,
    TapOff,
    TappedOff,
)
from emulator.gbcs_device.gbz.state.as_shipped import GPF
from emulator.gbcs_device.gbz.state.store import MeterStore
from emulator.gbcs_device.primitives import AlertRequest, PartnerJoined, PartnerUnjoined
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Calendar
from emulator.testing.judges.reference_data import reference_messages
from emulator.testing.scenes.gbz_scene import (
    METER,
    MOMENT,
    PROXY,
    SUPPLIER,
    command,
    component,
    filled,
    reference_pairs,
)
from emulator.testing.scenes.tap_off_scene import GCS01A, LATER, TOOK_EFFECT, Proxy, alert, tariff
from emulator.zcl.payloads.calendar import GetWeekProfiles, PublishCalendar, PublishWeekProfile
from emulator.zcl.payloads.device_management import UpdateSiteID
from emulator.zcl.payloads.events import ClearEventLogRequest, LoggedEvent
from emulator.zcl.payloads.prepayment import SetOverallDebtCap
from emulator.zcl.payloads.price import PublishTariffInformation


def test_what_the_meter_carried_out_is_taken_over() -> None:
    proxy = Proxy()

    effects = proxy.hear([tariff(77)])

    assert effects == (TappedOff(GCS01A, 1000),)
    assert proxy.standing_charge() == 77
    (logged,) = proxy.executor.store.events.events
    assert (logged.event_id, logged.event_data) == (0x8154, bytes.fromhex("006B"))


def test_nothing_is_taken_over_before_the_meter_answers() -> None:
    proxy = Proxy()

    proxy.tap.handle(PassedToMeter(command([tariff(77)], code=GCS01A).message.encode()), START)

    assert proxy.standing_charge() == 0


def test_taking_over_ends_with_the_first_that_failed() -> None:
    proxy = Proxy()
    components = [tariff(77), component(0x0700, filled(PublishTariffInformation), 1)]

    effects = proxy.hear(components, InjectedFault(1, 0xC0))

    reason = "component 1 was not carried out"
    assert effects == (TappedOff(GCS01A, 1000, reason), AlertRequest(0x819E, device=PROXY))
    assert proxy.standing_charge() == 77
    assert proxy.executor.store.events.events[0].event_id == 0x8155


def test_prepayment_is_passed_over_and_other_things_are_refused() -> None:
    proxy = Proxy()
    debt = component(0x0705, filled(SetOverallDebtCap, overall_debt_cap=9), 0)
    site = component(0x0708, filled(UpdateSiteID), 1)

    effects = proxy.hear([debt, site, tariff(77, sequence=2)])

    reason = "cluster 0708 is not for the gas proxy function"
    assert effects[0] == TappedOff(GCS01A, 1000, reason)
    assert proxy.standing_charge() == 0
    assert proxy.executor.store.attributes.get(0x0705, 0x0006) is None


def test_what_the_proxy_cannot_do_is_told() -> None:
    proxy = Proxy()
    weeks = component(0x0707, filled(PublishWeekProfile, issuer_calendar_id=7))
    proxy.gas_meter.execute(
        command([component(0x0707, filled(PublishCalendar, issuer_calendar_id=7))])
    )

    effects = proxy.hear([weeks])

    assert effects[0] == TappedOff(GCS01A, 1000, "component 0 could not be taken over")


def test_a_tariff_of_a_later_date_takes_effect_with_the_meters_alert() -> None:
    proxy = Proxy()
    proxy.hear([tariff(77, LATER)])
    assert proxy.executor.waiting() == ()
    assert proxy.standing_charge() == 0

    effects = proxy.tap.handle(PassedFromMeter(alert(0x8F66, TOOK_EFFECT).encode()), START)

    assert effects == [TappedOff(GCS01A, 1000)]
    assert proxy.standing_charge() == 77
    assert proxy.tap.handle(PassedFromMeter(alert(0x8F66, TOOK_EFFECT).encode()), START) == []


def test_what_the_meter_could_not_do_later_is_dropped() -> None:
    proxy = Proxy()
    proxy.hear([tariff(77, LATER)])

    proxy.tap.handle(PassedFromMeter(alert(0x8F67, TOOK_EFFECT).encode()), START)
    proxy.tap.handle(PassedFromMeter(alert(0x8F66, TOOK_EFFECT).encode()), START)

    assert proxy.standing_charge() == 0


@pytest.mark.parametrize(
    "other",
    [
        replace(TOOK_EFFECT, message_code=0x00A3),
        replace(TOOK_EFFECT, counter=1001),
        replace(TOOK_EFFECT, cluster=0x0707),
        replace(TOOK_EFFECT, command=0x05),
    ],
)
def test_the_alert_of_something_else_changes_nothing(other: FutureDatedOutcome) -> None:
    proxy = Proxy()
    proxy.hear([tariff(77, LATER)])

    assert proxy.tap.handle(PassedFromMeter(alert(0x8F66, other).encode()), START) == []

    assert proxy.standing_charge() == 0


def test_a_cancelled_tariff_is_held_no_longer() -> None:
    proxy = Proxy()
    proxy.hear([tariff(77, LATER)])

    proxy.hear([tariff(77, 0xFFFFFFFF)])

    assert proxy.tap.handle(PassedFromMeter(alert(0x8F66, TOOK_EFFECT).encode()), START) == []


def test_a_calendar_of_a_later_date_waits_with_its_weeks() -> None:
    proxy = Proxy()
    head = filled(PublishCalendar, issuer_calendar_id=7, start_time=LATER)
    weeks = filled(PublishWeekProfile, issuer_calendar_id=7, week_id=1)
    proxy.hear([component(0x0707, head, 0), component(0x0707, weeks, 1)])
    assert proxy.executor.store.calendars.in_force(0).weeks == ()

    outcome = replace(TOOK_EFFECT, cluster=0x0707, command=0x00)
    proxy.tap.handle(PassedFromMeter(alert(0x8F66, outcome).encode()), START)

    asked = filled(GetWeekProfiles, issuer_calendar_id=0xFFFFFFFF)
    assert proxy.executor.store.calendars.find(asked.issuer_calendar_id).weeks == (weeks,)


def test_the_copy_of_the_meters_log_is_cleared_with_it() -> None:
    proxy = Proxy()
    for log in (3, 6, 7):
        proxy.executor.store.events.add(
            LoggedEvent(log_id=log, event_id=1, event_time=1, event_data=b"")
        )

    proxy.hear([component(0x0709, ClearEventLogRequest(log_id=3))], code=0x0015)

    assert [each.log_id for each in proxy.executor.store.events.events][:2] == [3, 7]


def test_only_so_many_commands_are_remembered() -> None:
    proxy = Proxy()
    asked = [
        command([tariff(number)], code=GCS01A, counter=1000 + number)
        for number in range(MOST_UNANSWERED + 1)
    ]
    for each in asked:
        proxy.tap.handle(PassedToMeter(each.message.encode()), START)

    outcomes = []
    for each in (asked[0], asked[1]):
        heard = PassedFromMeter(proxy.answer(each).encode())
        outcomes.append(proxy.tap.handle(heard, START))

    assert outcomes[0] == ()
    assert proxy.standing_charge() == 1


def test_what_was_heard_survives_a_loss_of_power() -> None:
    proxy, again = Proxy(), Proxy()
    proxy.hear([tariff(77, LATER)])
    asked = command([tariff(66)], code=GCS01A, counter=2000)
    proxy.tap.handle(PassedToMeter(asked.message.encode()), START)
    saved = json.loads(json.dumps(proxy.tap.snapshot()))

    again.tap.restore(saved)

    assert again.tap.snapshot() == saved
    again.tap.handle(PassedFromMeter(alert(0x8F66, TOOK_EFFECT).encode()), START)
    assert again.standing_charge() == 77


@pytest.mark.parametrize(
    "saved",
    [
        {"unanswered": ["zz"], "held": [], "meter": None},
        {"unanswered": [5], "held": [], "meter": None},
        {"unanswered": [], "held": [], "meter": "1"},
        {"unanswered": [], "held": []},
        {"unanswered": [], "meter": 1},
    ],
)
def test_a_saved_state_that_is_none_is_refused(saved: dict[str, object]) -> None:
    with pytest.raises(LocalError, match="saved state"):
        Proxy().tap.restore(saved)


@pytest.mark.parametrize(
    ("joined", "meter_"),
    [
        (PartnerJoined(METER, DeviceType.GSME), METER),
        (PartnerJoined(METER, DeviceType.GSME, PROXY), METER),
        (PartnerJoined(METER, DeviceType.GSME, SUPPLIER), None),
        (PartnerJoined(METER, DeviceType.PPMID), None),
    ],
)
def test_the_meter_is_that_of_the_proxys_device_log(
    joined: PartnerJoined, meter_: Eui64 | None
) -> None:
    tap = TapOff(GbzExecutor(MeterStore(GPF)), PROXY, DeviceClock(Calendar(MOMENT)))

    assert tap.handle(joined, START) == ()

    assert tap.meter == meter_


@pytest.mark.parametrize(
    ("unjoined", "meter_"),
    [
        (PartnerUnjoined(METER), None),
        (PartnerUnjoined(METER, PROXY), None),
        (PartnerUnjoined(METER, SUPPLIER), METER),
        (PartnerUnjoined(PROXY), METER),
    ],
)
def test_a_meter_that_left_is_not_listened_to(
    unjoined: PartnerUnjoined, meter_: Eui64 | None
) -> None:
    proxy = Proxy()

    proxy.tap.handle(unjoined, START)

    assert proxy.tap.meter == meter_
    assert bool(proxy.hear([tariff(77)])) == (meter_ is not None)


def test_nothing_is_ever_due() -> None:
    tap = Proxy().tap

    assert tap.deadline is None
    assert tap.wake(START) == ()


def test_a_reference_tariff_is_taken_over_with_its_alerts() -> None:
    proxy = Proxy()
    (pair,) = (
        each for each in reference_pairs() if "GCS01a_1.1.1_FUTURE_DATED_BLOCK_SUCC" in each.name
    )
    alerts = [each for each in reference_messages() if "GCS01a_1.1.1_8F66" in each.name]

    proxy.tap.handle(PassedToMeter(pair.message.encode()), START)
    first = proxy.tap.handle(PassedFromMeter(pair.answer.encode()), START)
    assert proxy.standing_charge() == 0
    later = [proxy.tap.handle(PassedFromMeter(each.octets), START) for each in alerts]

    assert first == (TappedOff(GCS01A, 1005),)
    assert later == [[TappedOff(GCS01A, 1005)]] * 5
    assert proxy.standing_charge() == 54_794
    assert proxy.executor.store.attributes.get(0x0700, 0x0403) == 11_000
    assert proxy.executor.store.attributes.get(0x0700, 0x0102) == 3_000_000
    assert len(proxy.executor.store.calendars.in_force(0).weeks) == 1


def test_the_moment_is_that_of_the_proxys_clock() -> None:
    proxy = Proxy()
    proxy.listen(MOMENT + timedelta(hours=2))

    proxy.hear([tariff(77, LATER)])

    assert proxy.standing_charge() == 77
