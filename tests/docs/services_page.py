"""The page of service requests: what a home behind the DCC's desk answers to each."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from emulator.dcc.dcc import RequestPlan
from emulator.dcc.service_request import RequestId
from emulator.duis.request import DuisRequest
from emulator.duis.schema import Schema
from emulator.gbcs.service_requests.catalogue import service_request, service_requests
from emulator.kernel.identity import Eui64
from emulator.kernel.units import hours, minutes, seconds
from emulator.lab.installing.handover import issuing, switch_registration
from emulator.lab.interactive.premises import hand_over
from emulator.lab.world.parties import GAINING_SUPPLIER
from emulator.testing.scenes.duis_scene import duis_folder
from tests.lab.serving.adapted_templates import (
    SPARE_HUBS,
    Parts,
    adapted,
    srv_of,
    template_files,
)
from tests.lab.serving.desk_home import DeskHome, code_of, desk_home

_HEAD: Final = """\
# Service requests, and what answers them

Written by `make reference`, which brings a published template of each of the 129 variants to the
desk of `hanlab serve` and waits; a test compares. Users, devices, certificates and supply points of
the templates are replaced by those of the home, which is the dual-fuel one that comes with hanlab.
Critical requests are transformed, signed and brought back.

`I0` and `I99` stand for success and for acceptance, `E...` for refusals; a code behind `>` is that
of the signed pre-command. "carried out" and "not carried out" are what the device's own answer
says: a meter with one element answers so, for example, where a request is about a second.

| variant | | sent to | at once | later | |
|---|---|---|---|---|---|
"""
_FIRST_COUNTER: Final = 5_000
_BETWEEN: Final = seconds(40)
"""Longer than a device that listens may take."""
_WAKES: Final = minutes(40)
"""Until a gas meter, which wakes every half hour, has answered."""
_LOCAL: Final = frozenset(("ECS17b_4.1.1_REQUEST_DUIS.XML",))
"""The template that asks for a local command, which nothing comes of here."""
_CHANGES_JOINS: Final = ("8.7.1", "8.7.2", "8.8.1", "8.8.2")


@dataclass(frozen=True, slots=True)
class Brought:
    """A request that was brought to the desk.

    Args:
        device: kind of the target; empty for the DCC.
        codes: of the answers at once.
        reason: of a refusal, as people at the terminal are told.
    """

    request: DuisRequest
    device: str
    codes: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page."""

    srv: str
    device: str
    codes: tuple[str, ...]
    later: str
    note: str

    @property
    def silent(self) -> bool:
        """Whether a request that was accepted for a device never ended."""
        return bool(self.device) and self.codes[-1] == "I99" and not self.later

    def __str__(self) -> str:
        name = service_request(self.srv).name
        target = self.device or "DCC"
        cells = (self.srv, name, target, " > ".join(self.codes), self.later, self.note)
        return f"| {' | '.join(cells)} |\n"


def services_page() -> str:
    """The page, every request brought."""
    return page_of(lines())


def page_of(told: tuple[Line, ...]) -> str:
    """The page with these lines."""
    return _HEAD + "".join(map(str, told))


def lines() -> tuple[Line, ...]:
    """What came of each request, in the order of the variants."""
    folder = duis_folder()
    home = desk_home(schema=Schema(folder / "schema"))
    with closing(home.line):
        _prepare(home)
        brought = list(_bring_all(home, _chosen(template_files(folder / "templates"))))
        home.run(hours(2))
    for octets in home.sent:
        home.check(octets)
    order = [each.srv for each in service_requests()]
    brought.sort(key=lambda each: order.index(each.request.srv))
    return tuple(_line(home, each) for each in brought)


def _prepare(home: DeskHome) -> None:
    """Meters know their network operator, and hubs that requests are about are listed."""
    for device in home.work.home.joiners:
        hand_over(home.work, device.description.eui64)
    for hub in SPARE_HUBS:
        details = dict.fromkeys(("DeviceManufacturer", "DeviceModel", "FirmwareVersion"), "1")
        told = {"DeviceID": hub, "DeviceType": "CHF", **details}
        home.work.side.dcc.ask("supplier", RequestPlan("12.2", None, told))


def _chosen(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """One template for each variant and device; one that is carried out at once where there is."""
    found: dict[tuple[str, str], Path] = {}
    for path in paths:
        key = (srv_of(path), _target(path))
        if key not in found or _prefers(path, found[key]):
            found[key] = path
    kept = frozenset(found.values())
    return tuple(path for path in paths if path in kept)


def _target(path: Path) -> str:
    written = path.read_text(encoding="utf-8").partition("RequestID>")[2]
    return written.partition("<")[0].split(":")[1]


def _prefers(path: Path, held: Path) -> bool:
    if "DATED" in held.name or held.name in _LOCAL:
        return "DATED" not in path.name
    return "IMMEDIATE" in path.name and "CANCELLATION" in held.name


def _bring_all(home: DeskHome, paths: tuple[Path, ...]) -> Iterator[Brought]:
    work = home.work
    parts = Parts(work.side.dcc.world.name, work.side.pki.keys, issuing(work.side))
    for number, path in enumerate(paths):
        if srv_of(path) == "6.23":
            _change_supplier(home)
        request = adapted(path, parts, _FIRST_COUNTER + 10 * number)
        home.told.clear()
        answers = home.submit(request)
        schedule = answers[0].findtext(".//{*}DSPScheduleID")
        if schedule is not None:
            parts = replace(parts, schedule=int(schedule))
        kind = _kind(home, request.request_id.target)
        yield Brought(request, kind, tuple(map(code_of, answers)), "".join(home.told))
        asleep = kind == "GSME" and request.srv in _CHANGES_JOINS
        home.run(_WAKES if asleep else _BETWEEN)


def _change_supplier(home: DeskHome) -> None:
    for device in home.work.home.joiners:
        if device.description.kind == "ESME":
            switch_registration(home.work, device, GAINING_SUPPLIER)


def _kind(home: DeskHome, target: Eui64) -> str:
    if target == home.work.side.dcc.world.name:
        return ""
    record = home.work.side.inventory.device(target)
    return "unknown device" if record is None else record.kind.value


def _line(home: DeskHome, brought: Brought) -> Line:
    request = brought.request
    refused = brought.codes[-1].startswith("E")
    note = brought.reason.rpartition(f"{brought.codes[-1]}: ")[2] if refused else ""
    later = "" if refused else _later(home, request.request_id)
    return Line(request.srv, brought.device, brought.codes, later, note)


def _later(home: DeskHome, request_id: RequestId) -> str:
    answer = home.response(request_id)
    known = home.work.side.dcc.mailbox.response(request_id)
    if answer is None or known is None:
        return ""
    how = "carried out" if known.successful else known.reason or "not carried out"
    return f"{code_of(answer)}, {how}"
