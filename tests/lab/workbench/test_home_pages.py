import pytest
from starlette.applications import Starlette

from emulator.lab.workbench.home_feed import HomeFeed
from emulator.lab.workbench.home_pages import HomePages
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.streams import Streams
from tests.lab.workbench.asked import asked
from tests.lab.workbench.homes import OwnLoop, begin, watched_home, watched_homes


@pytest.fixture(scope="module")
def application() -> Starlette:
    watch, pages = watched_home(), Pages()
    begin(watch.work)
    home = HomePages(HomeFeed(OwnLoop(), watch, pages), pages, Streams())
    return Starlette(routes=home.routes)


def test_the_page_shows_devices_clock_and_where_the_chart_grows(application: Starlette) -> None:
    page = asked(application, "/").text

    assert "2026-01-05 00:01:00" in page
    assert "CHF + GPF" in page
    assert 'data-feed="/premises/1/feed"' in page
    assert '"names":["CHF","ESME"]' in page


@pytest.mark.parametrize("number", [0, 2, 10**9])
def test_premises_that_are_not_there_are_not_found(application: Starlette, number: int) -> None:
    assert asked(application, f"/premises/{number}").status_code == 404
    assert asked(application, f"/premises/{number}/feed").status_code == 404
    assert asked(application, f"/premises/{number}/kept/devices.json").status_code == 404


@pytest.mark.parametrize(
    ("name", "begin_with"),
    [("han.pcapng", b"\x0a\x0d\x0d\x0a"), ("zigbee_pc_keys", b'"'), ("devices.json", b"[")],
)
def test_files_about_the_home_can_be_taken_away(
    application: Starlette, name: str, begin_with: bytes
) -> None:
    answer = asked(application, f"/kept/{name}")

    assert answer.content.startswith(begin_with)
    assert name in answer.headers["content-disposition"]
    assert asked(application, f"/kept/x{name}").status_code == 404


def test_every_home_can_be_chosen_by_its_name() -> None:
    watch, pages = watched_homes(), Pages()
    home = HomePages(HomeFeed(OwnLoop(), watch, pages), pages, Streams())
    application = Starlette(routes=home.routes)

    page = asked(application, "/premises/2").text

    assert '<a href="/premises/1">home 1</a>' in page
    assert '<a href="/premises/2" aria-current="page">home 2</a>' in page
    assert 'data-feed="/premises/2/feed"' in page
    assert "/premises/2/kept/han.pcapng" in page
    assert asked(application, "/premises/2/kept/devices.json").json()[0]["name"] == "home 2 CHF"
