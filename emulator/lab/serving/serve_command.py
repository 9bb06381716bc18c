"""What `hanlab serve` does once its words are read: check, bring the home up, serve, and end."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from socket import socket
from typing import Any, Final
from urllib.parse import SplitResult

import typer

from emulator.dcc.incidents.records import Regime
from emulator.dcc.requests.anomaly import Threshold
from emulator.duis.certificates import Signer, SigningCertificates, signer_of
from emulator.duis.desk import DuisDesk
from emulator.duis.key_archive import key_archive
from emulator.duis.schema import Schema
from emulator.duis.smki import SmkiRepository
from emulator.gbcs.protection.key_store import KeyUse
from emulator.kernel.collector import keep_what_is_there
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.kernel.units import START, Calendar
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.send_command import HomeChoice
from emulator.lab.kept.end_request import ended_by_request
from emulator.lab.kept.progress import ProgressLine
from emulator.lab.kept.recording import InputRecorder
from emulator.lab.laboratory import LabOptions
from emulator.lab.radios.outside import FULL_SPEED, speed_factor
from emulator.lab.radios.paced_clock import PacedClock
from emulator.lab.runs.run_inputs import DEFAULT_OUT
from emulator.lab.self_service.outbox import Carrier, carrier
from emulator.lab.self_service.self_service import TEMPLATES, SelfService
from emulator.lab.serving.client_keys import ClientKeys, read_client_keys
from emulator.lab.serving.doors import Door, Doors, check_bind, listen
from emulator.lab.serving.duis_door import DuisDoor
from emulator.lab.serving.estate import open_estate
from emulator.lab.serving.front import Front
from emulator.lab.serving.left_behind import installed_without, leave_to_another
from emulator.lab.serving.loop_line import LoopLine
from emulator.lab.serving.posting import Delivery, response_address
from emulator.lab.serving.readers import Readers, readers_for
from emulator.lab.serving.reading_process import WhatToKnow
from emulator.lab.serving.smki_door import smki_application
from emulator.lab.serving.threshold_file import read_thresholds
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.workbench.guard import own_hosts
from emulator.lab.workbench.home_watch import HomeWatch
from emulator.lab.workbench.workbench import Workbench
from emulator.lab.world.parties import BROKER

INTERRUPTED: Final = 130
_SMKI_LARGEST: Final = 64 << 10
OUTBOX: Final = "outbox.mbox"
RUNS: Final = "runs"
"""The folder of the workbench's runs, in that of everything it keeps."""
_TITLES: Final = {"duis": "DUIS", "smki": "SMKI", "workbench": "workbench"}

_Say = Callable[[str, str, dict[str, Any]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeChoice:
    """What is to be served.

    Args:
        home: the premises, or the first of them.
        premises: how many there are, alike in their types of devices.
        duis_port: 0 for any that is free, also `smki_port` and `port`, that of the workbench.
        response_url: where responses and alerts are brought to; None for nowhere.
        key_store: that of the client software; None for keys of ours only.
        supplier: whose keys of those the home is installed under; None for the first.
        schemas: folder with the schemas of DUIS; None for no validation.
        sign: whether what is sent is signed.
        speed: virtual seconds in a second, or `real`.
        start: when the home is installed, UTC; None for the usual moment.
        out: folder for what the workbench keeps; made when there is something.
        outbox: where e-mails go, `smtp://HOST:PORT` or a file; empty for a file in `out`.
        regime: how install codes are asked for.
        thresholds: file with those of anomaly detection; None for none.
        left: devices that stay without power, pending, their supply point gained by another.
        bind: address that is listened on.
        knows: whether somebody knows what another than loopback means.
    """

    home: HomeChoice
    premises: int = 1
    duis_port: int = 8079
    smki_port: int = 8083
    port: int = 8080
    response_url: str | None = None
    key_store: Path | None = None
    supplier: Eui64 | None = None
    schemas: Path | None = None
    sign: bool = False
    speed: str = "real"
    start: datetime | None = None
    out: Path = DEFAULT_OUT / "serve"
    outbox: str = ""
    regime: Regime = Regime.SSI
    thresholds: Path | None = None
    left: tuple[str, ...] = ()
    bind: str = "127.0.0.1"
    knows: bool = False


@dataclass(frozen=True, slots=True)
class _Checked:
    """What was found out before anything started."""

    address: SplitResult | None
    keys: ClientKeys | None
    schema: Schema | None
    factor: float
    carrier: Carrier
    thresholds: tuple[Threshold, ...]
    options: LabOptions


@dataclass(frozen=True, slots=True)
class _Opened:
    """What is open before the home comes up.

    Args:
        ports: that are listened on, by the name of the service.
        desk: reads documents.
        readers: read them beside this process.
    """

    watch: HomeWatch
    ports: Mapping[str, socket]
    desk: DuisDesk
    readers: Readers


def serve_command(choice: ServeChoice, *, as_json: bool) -> int:
    """Bring the home up and serve it until Ctrl-C; the exit status.

    Raises:
        UsageError: with every mistake of the words and files; then nothing was started.
        EnvironmentFault: when a port is in use, or the home does not come up.
    """
    checked = _check(choice)
    say = _say_json if as_json else _say
    for note in () if checked.keys is None else checked.keys.notes:
        _complain(f"note: {note}")
    line = ProgressLine(sys.stderr)
    shipment = read_shipment(choice.home.devices or USUAL_HOME)
    estate = open_estate(shipment, choice.premises, checked.options, line.show)
    work = estate.first
    installed = installed_without(work, choice.left)
    with ExitStack() as stack, ended_by_request():
        ports = {
            name: stack.enter_context(listen(choice.bind, port, option))
            for name, port, option in (
                ("duis", choice.duis_port, "--duis-port"),
                ("smki", choice.smki_port, "--smki-port"),
                ("workbench", choice.port, "--port"),
            )
        }
        desk = DuisDesk(_certificates(work, checked.keys), checked.schema)
        know = WhatToKnow.of(desk.certificates, choice.schemas, desk.bounds)
        readers = Readers(readers_for(choice.premises), know, desk.read)
        stack.callback(readers.close)
        opened = _Opened(HomeWatch(work, estate.homes[1:]), ports, desk, readers)
        stack.callback(work.lab.save_state)
        stack.callback(work.lab.release)
        try:
            estate.bring_up(installed)
            leave_to_another(work)
            line.clear()
            work.lab.progress = None
            estate.keep_little()
            # installing the homes is no business of anomaly detection
            work.side.dcc.detect(checked.thresholds)
            keep_what_is_there()
            _serve(choice, checked, opened, say)
        except KeyboardInterrupt:
            say("stopped", "stopped", {})
            return INTERRUPTED
        finally:
            line.clear()
    raise EnvironmentFault("nothing more can come")


def _serve(choice: ServeChoice, checked: _Checked, opened: _Opened, say: _Say) -> None:
    """Serve until somebody ends it."""
    watch, ports, desk, loop = opened.watch, opened.ports, opened.desk, LoopLine()
    work = watch.work
    signer = _own_signer(work) if choice.sign else None
    front = Front(work.side.dcc, work.lab.scheduler, desk, loop, signer)
    front.tell = _complain
    with ExitStack() as stack:
        clock = PacedClock(checked.factor, InputRecorder(keeps=False))
        clock.open(loop.name, lambda: loop, loop.receive)
        clock.give_way(lambda: loop.asked)
        stack.callback(clock.close)
        work.lab.scheduler.pace = clock
        if checked.address is not None:
            delivery = Delivery(checked.address, _complain)
            stack.callback(delivery.close)
            front.deliver_to(delivery.post)
        repository = SmkiRepository(_repository(work, checked.keys))
        archive = key_archive(work.side.pki.keys)
        self_service = SelfService(work, choice.regime, checked.carrier, _complain)
        stack.callback(self_service.close)
        workbench = Workbench(loop, watch, choice.out / RUNS, (TEMPLATES,))
        stack.callback(workbench.close)
        place = _place(choice.bind, ports["workbench"])
        ssi = self_service.routes(loop, workbench.pages, workbench.visitors, place)
        hosts = own_hosts(choice.bind, ports["workbench"].getsockname()[1])
        doors = Doors(
            (
                Door(DuisDoor(front, opened.readers, desk.bounds.octets), ports["duis"]),
                Door(smki_application(repository, archive, _SMKI_LARGEST), ports["smki"]),
                Door(workbench.application(hosts, ssi), ports["workbench"]),
            )
        )
        stack.callback(doors.close)
        stack.callback(workbench.end_streams)
        _begin(choice, work, ports, say)
        work.lab.scheduler.run()


def _check(choice: ServeChoice) -> _Checked:
    """Everything that can be wrong, found at once."""
    problems: list[str] = []

    def tried(check: Callable[[], Any]) -> Any:
        try:
            return check()
        except UsageError as mistake:
            problems.extend(mistake.problems)
            return None

    tried(lambda: check_bind(choice.bind, knows=choice.knows))
    url, schemas, store = choice.response_url, choice.schemas, choice.key_store
    limits = choice.thresholds
    address = None if url is None else tried(lambda: response_address(url))
    schema = None if schemas is None else tried(lambda: Schema(schemas))
    keys = None if store is None else tried(lambda: read_client_keys(store))
    factor = tried(lambda: _factor(choice.speed))
    outgoing = tried(lambda: carrier(choice.outbox or str(choice.out / OUTBOX)))
    thresholds = () if limits is None else tried(lambda: read_thresholds(limits))
    if store is None and choice.supplier is not None:
        problems.append("--supplier: whose keys they are is told by --key-store, which is missing")
    moment = choice.start or Calendar().moment(START)
    supplier = () if keys is None else tried(lambda: keys.supplier(moment, choice.supplier))
    if problems:
        raise UsageError(*problems)
    options = replace(choice.home.options("serve"), supplier=supplier, start=choice.start)
    return _Checked(address, keys, schema, factor, outgoing, thresholds, options)


def _factor(speed: str) -> float:
    if speed == FULL_SPEED:
        raise UsageError("--speed max: people outside live in time; expected real or a factor")
    return speed_factor(speed)


def _certificates(work: Installation, keys: ClientKeys | None) -> SigningCertificates:
    """Those of the client, and those of our own users."""
    own = (signer_of(each) for each in work.side.pki.keys if each.role is not None)
    outside = () if keys is None else keys.signers
    return SigningCertificates((*outside, *(each for each in own if each is not None)))


def _own_signer(work: Installation) -> Signer | None:
    found = work.side.pki.keys.find(BROKER, KeyUse.DIGITAL_SIGNATURE)
    return None if found is None else signer_of(found)


def _repository(work: Installation, keys: ClientKeys | None) -> Iterator[Any]:
    for each in work.side.pki.keys:
        if each.certificate is not None:
            yield each.certificate
    if keys is not None:
        yield from keys.certificates


def _begin(choice: ServeChoice, work: Installation, ports: Mapping[str, socket], say: _Say) -> None:
    places = {name: _place(choice.bind, listener) for name, listener in ports.items()}
    for name, place in places.items():
        say("serving", f"{_TITLES[name]} on {place}", {"service": name, "url": place})
    supplier = format_eui64(work.side.supplier)
    say("supplier", f"supplier {supplier}", {"eui64": supplier})
    held = (each.certificate for each in work.lab.options.supplier)
    end = min((each.not_after for each in held if each is not None), default=None)
    if end is not None:
        told = (
            f"its first certificate ends on {end:%Y-%m-%d}: from then on its signatures are refused"
        )
        say("note", told, {"not_after": end.isoformat()})
    for row in work.lab.device_rows():
        eui64 = format_eui64(row.eui64)
        status = row.smi_status or "no status"
        text = f"{row.name:8} {eui64}  {status}"
        say("device", text, {"name": row.name, "eui64": eui64, "smi_status": row.smi_status})
    if choice.response_url is None:
        say("note", "no --response-url: responses and alerts go nowhere", {})
    say("ready", "ready; Ctrl-C ends it", {})


def _place(bind: str, listener: Any) -> str:
    host = f"[{bind}]" if ":" in bind else bind
    return f"http://{host}:{listener.getsockname()[1]}"


def _complain(text: str) -> None:
    typer.echo(text, err=True)


def _say(_event: str, text: str, _fields: dict[str, Any]) -> None:
    typer.echo(text)
    sys.stdout.flush()


def _say_json(event: str, _text: str, fields: dict[str, Any]) -> None:
    typer.echo(json.dumps({"event": event, **fields}))
    sys.stdout.flush()
