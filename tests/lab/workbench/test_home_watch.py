import json
from dataclasses import replace

import pytest

from emulator.dcc.service_request import DeviceAlert, RequestId, ServiceResponse
from emulator.kernel.identity import Eui64
from emulator.lab.workbench.home_watch import News, premises_of
from tests.lab.workbench.homes import begin, watched_home, watched_homes


@pytest.fixture(scope="module")
def news() -> News:
    watch = watched_home()
    work = watch.work
    work.pre_notify_hub()
    work.side.dcc.request("other user", "8.2", parameters={})
    begin(work)
    return watch.news()


def test_news_are_the_devices_the_frames_and_the_time(news: News) -> None:
    (home,) = news.premises

    assert [row.name for row in home.devices] == ["CHF", "GPF", "ESME"]
    assert home.devices[0].joined
    assert news.charts[1].rows
    assert (news.moment.isoformat(), news.now) == ("2026-01-05T00:01:00+00:00", 60_000_000)


def test_what_the_dcc_told_its_users_is_told(news: News) -> None:
    told = [(each.what, each.user, each.good) for each in news.told]

    assert ("answer", "supplier", True) in told
    assert ("answer", "other user", False) in told


def test_messages_over_the_wan_are_decoded(news: News) -> None:
    assert all(message.detail for message in news.messages)


def test_nothing_is_told_twice() -> None:
    watch = watched_home()
    watch.work.pre_notify_hub()

    assert watch.news().told
    assert not watch.news().told


def test_each_hub_begins_premises_of_its_own() -> None:
    watch = watched_home()
    rows = watch.work.lab.device_rows()
    flats = [
        replace(row, name=f"flat {flat} {row.name}", eui64=Eui64(row.eui64 + flat))
        for flat in (1, 2)
        for row in rows
    ]

    homes = premises_of(flats)

    assert [home.name for home in homes] == ["flat 1", "flat 2"]
    assert {len(home.devices) for home in homes} == {3}
    assert premises_of(()) == ()


def test_what_the_dcc_sends_is_told_by_the_names_of_services_and_devices() -> None:
    watch = watched_home()
    name = RequestId(watch.work.side.supplier, watch.work.hub, 1)
    response = ServiceResponse(request_id=name, srv="4.1.1", code="I0", successful=True)
    alert = DeviceAlert(user=name.originator, device=name.target, code=0x8F12, message=b"")
    told = [watch.told_of(each) for each in (response, replace(response, srv="none"), alert)]

    assert [each and (each.device, each.code, each.words) for each in told] == [
        ("CHF", "I0", "4.1.1 Read Instantaneous Import Registers"),
        ("CHF", "I0", "none"),
        ("CHF", "0x8F12", ""),
    ]
    assert watch.told_of("anything else") is None


def test_the_air_of_another_home_is_listened_to_while_somebody_watches_it() -> None:
    watch = watched_homes()
    second = watch.homes[1]
    watch.news((2,))
    begin(second)

    seen = watch.news((1, 2))
    watch.news((1,))
    second.lab.run("1 min")
    again = watch.news((2,))

    assert seen.charts[2].rows
    assert not seen.charts[1].rows
    assert not again.charts[2].rows
    assert watch.news((0, 3, 10**9)).charts == {}


def test_files_are_those_of_the_home_that_is_named() -> None:
    watch = watched_homes()

    first, second = (json.loads(watch.file("devices.json", number) or b"") for number in (1, 2))

    assert [row["name"] for row in first] == ["CHF", "GPF", "ESME"]
    assert [row["name"] for row in second] == ["home 2 CHF", "home 2 GPF", "home 2 ESME"]
    assert watch.file("devices.json", 3) is None
