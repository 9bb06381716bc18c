from pathlib import Path

import pytest

from emulator.lab.workbench.guard import Guard
from tests.lab.self_service.interface import Program, interface
from tests.lab.self_service.stranded import CODE, meter_id, supply_point
from tests.lab.workbench.asked import asked

METER = meter_id()


@pytest.fixture
def guard(tmp_path: Path) -> Guard:
    return interface(tmp_path)


def test_an_incident_goes_its_way_in_json(guard: Guard) -> None:
    nobody = Program(guard)
    gaining, installing = nobody.be("gaining supplier"), nobody.be("supplier")

    raised = gaining.call("/requests", {"device": METER})
    noted = installing.call("/requests/1/notes", {"install_code": CODE.hex(), "text": "here"})
    moved = gaining.call("/requests/1/assignee", {"to": "third supplier"})
    closed = gaining.call("/requests/1/outcome", {"outcome": "COMMISSIONED"})

    statuses = [each.status_code for each in (raised, noted, moved, closed)]
    assert statuses == [201, 201, 403, 201]
    assert raised.json()["happened"][0]["number"] == 1
    assert "MP121 PIA 4" in moved.json()["clause"]
    assert gaining.call("/requests/1").json()["notes"][0]["install_code"] == CODE.hex().upper()
    assert installing.call("/mail").json()[0]["about"] == 1
    assert nobody.be("network operator").call("/requests").json() == []


def test_the_inventory_is_told_in_json(guard: Guard) -> None:
    user = Program(guard).be("network operator")

    (found,) = user.call(f"/devices?mpxn={supply_point()}").json()
    one = user.call(f"/devices/{METER}").json()

    assert found["eui64"] == one["eui64"] == METER
    assert one["history"]
    assert user.call("/devices?mpxn=1&uprn=2").status_code == 400
    assert user.call("/devices/x").status_code == 400
    assert user.call("/devices/00-00-00-00-00-00-00-01").status_code == 404


@pytest.mark.parametrize(
    "path", ["/devices", f"/devices/{METER}", "/requests", "/requests/1", "/mail"]
)
def test_a_program_that_has_not_said_who_it_is_is_told_nothing(guard: Guard, path: str) -> None:
    strange = Program(guard, token="x" * 32)

    assert Program(guard).call(path).status_code == 401
    assert strange.call(path).status_code == 401


def test_a_cookie_is_not_enough_for_a_program(guard: Guard) -> None:
    token = Program(guard).be("supplier").token

    answer = Program(guard).call("/requests", {"device": METER}, cookie=f"hanlab-session={token}")

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("kind", "content", "status"),
    [
        ("text/plain", '{"user": "supplier"}', 415),
        ("application/json", "[" * 50_000, 400),
        ("application/json", "[]", 400),
        ("application/json", '{"user": 1}', 400),
        ("application/json", '{"user": "nobody"}', 400),
        ("application/json", "", 400),
        ("application/json", " " * 70_000, 413),
    ],
)
def test_what_is_no_document_is_refused(guard: Guard, kind: str, content: str, status: int) -> None:
    headers = {"content-type": kind}
    answer = asked(guard, "/api/ssi/sessions", method="POST", headers=headers, content=content)

    assert answer.status_code == status
    assert answer.json()["refused"]


def test_a_wrong_document_says_what_is_wrong(guard: Guard) -> None:
    user = Program(guard).be("supplier")

    assert user.call("/requests", {"device": "x"}).status_code == 400
    assert user.call("/requests/1/outcome", {"outcome": "x"}).status_code == 400
    assert user.call("/requests/1/notes", {"text": "x"}).status_code == 404
    assert user.call("/codes", {"device": METER, "install_code": CODE.hex()}).status_code == 409
    assert user.call("/requests/1/notes", {"text": ["x"]}).status_code == 400
