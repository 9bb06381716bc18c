from pathlib import Path

import pytest

from emulator.dcc.incidents.records import Regime
from emulator.lab.workbench.guard import Guard
from tests.lab.self_service.interface import Person, interface
from tests.lab.self_service.stranded import CODE, meter_id, supply_point

METER = meter_id()


@pytest.fixture
def guard(tmp_path: Path) -> Guard:
    return interface(tmp_path)


def test_who_has_not_said_who_they_are_sees_no_device(guard: Guard) -> None:
    person = Person(guard)

    pages = [person.open(path) for path in ("/ssi", f"/ssi/devices/{METER}", "/ssi/requests/1")]
    posted = person.post("/ssi/requests", device=METER)

    assert all("Who are you?" in page.text for page in pages)
    assert all("Pending" not in page.text for page in pages)
    assert (posted.status_code, posted.headers["location"]) == (303, "/ssi")


def test_an_incident_is_raised_answered_and_ended_on_pages(guard: Guard) -> None:
    gaining, installing = Person(guard).be("gaining supplier"), Person(guard).be("supplier")
    gaining.open(f"/ssi/devices/{METER}")
    raised = gaining.post("/ssi/requests", device=METER)
    place = raised.headers["location"]
    installing.open(place)
    noted = installing.post(f"{place}/notes", install_code=CODE.hex(), text="<b>here</b>")
    seen = gaining.open(place).text
    ended = gaining.post(f"{place}/outcome", outcome="COMMISSIONED")

    assert place == "/ssi/requests/1"
    assert noted.status_code == ended.status_code == 303
    assert CODE.hex().upper() in seen
    assert "&lt;b&gt;here&lt;/b&gt;" in seen
    assert "commissioned" in gaining.open("/ssi/requests").text
    assert "assigned to you" in installing.open("/ssi/mail").text
    assert CODE.hex().upper() in gaining.open(f"/ssi/devices/{METER}").text
    assert CODE.hex().upper() not in installing.open(f"/ssi/devices/{METER}").text


def test_others_are_refused_and_offered_nothing(guard: Guard) -> None:
    gaining, other = Person(guard).be("gaining supplier"), Person(guard).be("network operator")
    place = gaining.post("/ssi/requests", device=METER).headers["location"]

    read = other.open(place)
    ended = other.post(f"{place}/outcome", outcome="WITHDRAWN")
    offered = gaining.open(place).text

    assert (read.status_code, ended.status_code) == (403, 403)
    assert "MP121" in read.text
    assert f"{place}/assignee" not in offered
    assert f"{place}/assignee" in Person(guard).be("DCC helpdesk").open(place).text


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/ssi/requests", {"device": "x"}, 400),
        ("/ssi/requests", {"device": "00-00-00-00-00-00-00-01"}, 403),
        ("/ssi/requests/9/notes", {"text": "x"}, 404),
        ("/ssi/requests/9/outcome", {"outcome": "<b>"}, 400),
        ("/ssi/codes", {"device": METER, "install_code": CODE.hex()}, 409),
    ],
)
def test_a_wrong_form_says_what_is_wrong(
    guard: Guard, path: str, fields: dict[str, str], status: int
) -> None:
    person = Person(guard).be("supplier")

    answer = person.post(path, **fields)

    assert answer.status_code == status
    assert "<b>" not in answer.text.partition("notice-bad")[2].partition("</div>")[0]


def test_a_form_of_another_site_does_nothing(guard: Guard) -> None:
    person = Person(guard).be("gaining supplier")
    person.token = "x" * 32

    assert person.post("/ssi/requests", device=METER).status_code == 403
    assert person.post("/ssi/sign-in", user="supplier").status_code == 403
    assert "None that you may see" in person.open("/ssi/requests").text


def test_devices_are_found_and_mistakes_told(guard: Guard) -> None:
    person = Person(guard).be("supplier")

    found = person.open(f"/ssi?by=mpxn&value={supply_point()}").text
    wrong = person.open("/ssi?by=eui64&value=%3Cb%3E").text

    assert METER in found
    assert found.count("/ssi/devices/") == 1
    assert "notice-bad" in wrong
    assert "&lt;b&gt;" in wrong
    assert person.open("/ssi/devices/x").status_code == 404


def test_a_code_is_held_and_read_where_the_inventory_has_it(tmp_path: Path) -> None:
    guard = interface(tmp_path, Regime.SMI)
    installing, gaining = Person(guard).be("supplier"), Person(guard).be("gaining supplier")
    installing.open(f"/ssi/devices/{METER}")
    held = installing.post("/ssi/codes", device=METER, install_code=CODE.hex())
    read = gaining.post("/ssi/requests", device=METER, mpxn=supply_point())

    assert held.headers["location"] == read.headers["location"] == f"/ssi/devices/{METER}"
    assert CODE.hex().upper() in gaining.open(f"/ssi/devices/{METER}").text
