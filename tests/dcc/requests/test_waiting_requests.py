"""Requests that take time: silent devices, dates, schedules, and the end of a device."""

from datetime import timedelta

from emulator.dcc.facts import CommandSent
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.kernel.identity import Eui64
from emulator.kernel.units import hours, seconds
from emulator.testing.scenes.dcc_scene import ESME, GSME, HUB, DccScene, dcc_scene


def connected(*devices: Eui64) -> DccScene:
    scene = dcc_scene()
    scene.commissioned(*devices)
    scene.connect()
    scene.run(seconds(2))
    return scene


def test_silent_device_is_asked_again_and_then_given_up() -> None:
    scene = connected(HUB, ESME)
    scene.home.silent.add(ESME)

    scene.dcc.request("supplier", "6.2.7", ESME)
    scene.run(seconds(60))

    (response,) = scene.dcc.mailbox.responses
    assert response.code == "E21"
    assert [fact.attempt for _, fact in scene.trace.of(CommandSent)] == [1, 2, 3]


def test_hub_without_contact_ends_as_not_reached() -> None:
    scene = connected(HUB, ESME)
    scene.dcc.wan.outage = True

    scene.dcc.request("supplier", "6.2.7", ESME)
    scene.run(seconds(60))

    (response,) = scene.dcc.mailbox.responses
    assert response.code == "E20"


def test_gas_meter_has_time_to_wake() -> None:
    scene = connected(HUB, GSME)
    scene.home.silent.add(GSME)

    scene.dcc.request("supplier", "6.2.7", GSME)
    scene.run(hours(23))
    early = list(scene.dcc.mailbox.responses)
    scene.run(hours(2))

    assert not early
    assert [each.code for each in scene.dcc.mailbox.responses] == ["E21"]


def test_dated_request_waits_at_the_dcc_and_is_authorised_again() -> None:
    scene = connected(HUB, ESME)
    due = scene.moment + timedelta(hours=2)

    scene.dcc.request("supplier", "4.1.1", ESME, execution=due)
    scene.dcc.request("supplier", "4.3", ESME, execution=due + timedelta(hours=1))
    scene.run(hours(1))
    early = len(scene.home.heard)
    scene.run(hours(1.01))
    in_time = len(scene.home.heard)
    scene.registrations.holders = dict.fromkeys(
        scene.registrations.holders, scene.dcc.user("other supplier").eui64
    )
    scene.run(hours(2))

    assert (early, in_time, len(scene.home.heard)) == (0, 1, 1)
    assert [each.code for each in scene.dcc.mailbox.responses] == ["I0", "E4"]


def test_device_held_date_goes_with_the_command() -> None:
    scene = connected(HUB, ESME)
    due = scene.moment + timedelta(hours=2)

    answer = scene.dcc.request(
        "supplier",
        "6.4.1",
        ESME,
        execution=due,
        load_limit_supply_state="UNCHANGED",
        load_limit_power_threshold=1000,
        load_limit_period=60,
        load_limit_restoration_period=60,
    )
    scene.run(seconds(5))

    assert answer.code == "I99"
    assert len(scene.home.heard) == 1


def test_schedule_reads_day_after_day_until_it_is_deleted() -> None:
    scene = connected(HUB, ESME)
    made = scene.dcc.request(
        "supplier",
        "5.1",
        DeviceID=ESME,
        DSPScheduledServiceReferenceVariant="4.6.1",
        ScheduleFrequency="Daily",
        ScheduleStartDate="2026-01-06",
        StartDateOffset=-1,
        EndDateOffset=0,
    )
    assert isinstance(made.body, dict)

    scene.run(hours(24 * 3))
    read = scene.dcc.request("supplier", "5.2", DSPScheduleID=made.body["DSPScheduleID"])
    scene.dcc.request("supplier", "5.3", DSPScheduleID=made.body["DSPScheduleID"])
    scene.run(hours(24 * 3))

    assert made.code == read.code == "I0"
    schedules = [each.schedule for each in scene.dcc.mailbox.responses]
    assert schedules == [1, 1, 1]
    assert all(each.successful for each in scene.dcc.mailbox.responses)


def test_decommissioned_device_drops_what_waits_and_takes_no_more_requests() -> None:
    scene = connected(HUB, ESME)
    scene.home.silent.add(ESME)
    due = scene.moment + timedelta(hours=2)
    scene.dcc.request("supplier", "4.1.1", ESME, execution=due)
    scene.dcc.request("supplier", "6.2.7", ESME)

    answer = scene.dcc.request("supplier", "8.3", DeviceID=ESME)
    later = scene.dcc.request("supplier", "6.2.7", ESME)
    again = scene.dcc.request("supplier", "8.3", DeviceID=ESME)

    assert answer.code == "I99"
    assert scene.status(ESME) is SmiStatus.DECOMMISSIONED
    assert [each.code for each in scene.dcc.mailbox.responses] == ["E5", "E5"]
    assert (later.code, again.code) == ("E5", "E5")
    ended = [each for each in scene.dcc.mailbox.dcc_alerts if each.family.startswith("Device")]
    assert {each.user for each in ended} == {
        scene.dcc.user("supplier").eui64,
        scene.dcc.user("network operator").eui64,
    }
