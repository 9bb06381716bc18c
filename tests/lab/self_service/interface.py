"""The whole interface behind a guard, and somebody in front of it, for the tests beside this."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from emulator.dcc.incidents.records import Regime
from emulator.lab.self_service.outbox import FileCarrier
from emulator.lab.self_service.self_service import TEMPLATES, SelfService
from emulator.lab.workbench.guard import Guard, own_hosts
from emulator.lab.workbench.workbench import Workbench
from tests.lab.self_service.stranded import stranded_home
from tests.lab.workbench.asked import HOST, asked
from tests.lab.workbench.homes import OwnLoop, watched_home


def interface(folder: Path, regime: Regime = Regime.SSI) -> Guard:
    workbench = Workbench(OwnLoop(), watched_home(), folder, (TEMPLATES,))
    own = SelfService(stranded_home(), regime, FileCarrier(folder / "outbox.mbox"), lambda _: None)
    routes = own.routes(OwnLoop(), workbench.pages, workbench.visitors, f"http://{HOST}")
    return workbench.application(own_hosts("127.0.0.1", 8080), routes)


@dataclass
class Person:
    """Somebody at a browser."""

    application: Guard
    cookie: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def open(self, path: str) -> httpx.Response:
        answer = asked(self.application, path, headers=self.cookie)
        if "set-cookie" in answer.headers:
            self.cookie = {"cookie": answer.headers["set-cookie"].partition(";")[0]}
        found = re.search('name="token" value="([^"]+)"', answer.text)
        self.token = found[1] if found else self.token
        return answer

    def post(self, path: str, **fields: str) -> httpx.Response:
        form = str(httpx.QueryParams({"token": self.token, **fields}))
        return asked(self.application, path, method="POST", headers=self.cookie, content=form)

    def be(self, name: str) -> "Person":
        self.open("/ssi")
        assert self.post("/ssi/sign-in", user=name).status_code == 303
        return self


@dataclass
class Program:
    """A program that speaks JSON."""

    application: Guard
    name: str = ""
    token: str = ""

    def call(
        self, path: str, fields: Mapping[str, object] | None = None, **headers: str
    ) -> httpx.Response:
        own = {"authorization": f"Bearer {self.token}"} if self.token else {}
        kind = {} if fields is None else {"content-type": "application/json"}
        return asked(
            self.application,
            f"/api/ssi{path}",
            method="GET" if fields is None else "POST",
            headers={**own, **kind, **headers},
            content="" if fields is None else json.dumps(fields),
        )

    def be(self, name: str) -> "Program":
        answer = self.call("/sessions", {"user": name})
        return Program(self.application, name, answer.json()["token"])
