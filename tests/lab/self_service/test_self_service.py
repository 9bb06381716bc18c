import mailbox
from pathlib import Path

from starlette.applications import Starlette

from emulator.dcc.incidents.records import Regime
from emulator.lab.self_service.outbox import FileCarrier
from emulator.lab.self_service.self_service import TEMPLATES, SelfService
from emulator.lab.workbench.guard import Guard
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.visitors import Visitors
from tests.lab.self_service.interface import Program
from tests.lab.self_service.stranded import meter_id, stranded_home
from tests.lab.workbench.homes import OwnLoop


def test_what_is_asked_for_is_told_by_mail(tmp_path: Path) -> None:
    path = tmp_path / "outbox.mbox"
    own = SelfService(stranded_home(), Regime.SSI, FileCarrier(path), lambda _: None)
    routes = own.routes(OwnLoop(), Pages(TEMPLATES), Visitors(), "http://127.0.0.1:8080")
    guard = Guard(Starlette(routes=routes), frozenset({"127.0.0.1:8080"}))

    asked = Program(guard).be("gaining supplier").call("/requests", {"device": meter_id()})
    own.close()

    assert asked.status_code == 201
    read = mailbox.mbox(path)
    assert [each["To"] for each in read] == ["supplier <supplier@hanlab.invalid>"]
    read.close()
