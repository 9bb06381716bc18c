"""What `hanlab radio serve` prints while it serves."""

import json
import sys
from collections.abc import Callable
from typing import Any, Final

import typer

from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.trace import Record, plain
from emulator.kernel.units import Instant, format_duration
from emulator.lab.kept.end_request import ended_by_request
from emulator.lab.radios import home_automation, host_profile
from emulator.lab.radios.serving import Served, ServeRequest, serving
from emulator.smart_energy.facts import JoinState, KeyEstablished, NetworkKeyReceived
from emulator.zigbee.nwk.facts import Associated

INTERRUPTED: Final = 130

_Say = Callable[[str, str, dict[str, Any]], None]


def serve_command(request: ServeRequest, *, as_json: bool) -> int:
    """Serve until Ctrl-C, or until the process is asked to end, and give the exit status.

    Args:
        request: what is to be served.
        as_json: one JSON object for every event.

    Raises:
        UsageError: with every mistake of the request; then nothing was opened.
        EnvironmentFault: when the port cannot be served, or the dongle was pulled out on purpose.
    """
    say = _say_json if as_json else _say
    with ended_by_request(), serving(request) as served:
        try:
            _begin(request, served, say)
            served.on_fact(lambda record: _tell(record, say))
            served.run()
        except KeyboardInterrupt:
            say("stopped", "stopped", {"at_us": served.scheduler.now})
            return INTERRUPTED
    raise EnvironmentFault(f"{request.port}: nothing more can come")


def _begin(request: ServeRequest, served: Served, say: _Say) -> None:
    hub = () if served.home is None else (served.home.hub,)
    there = [device.name for device in (*hub, *served.devices)]
    around = ", ".join(there) or "nobody"
    say(
        "serving",
        f"{request.kind} dongle on {served.port}; around it: {around}",
        {"kind": request.kind, "port": served.port, "devices": there},
    )
    for wanted, label in (
        (request.default_key, host_profile.LABEL),
        (request.home_automation, home_automation.LABEL),
    ):
        if wanted:
            say("profile", f"devices: {label}", {"profile": label})


def _tell(record: Record, say: _Say) -> None:
    match record.fact:
        case Associated() as fact:
            text = f"{record.node} joins PAN {fact.pan_id:#06x} on channel {fact.channel.number}"
            say("associated", _at(record.at, text), _row(record))
        case NetworkKeyReceived():
            say("network_key", _at(record.at, f"{record.node} has the network key"), _row(record))
        case KeyEstablished():
            say("commissioned", _at(record.at, f"{record.node} agreed its link key"), _row(record))
        case JoinState(state="OPERATING"):
            say("joined", _at(record.at, f"{record.node} is on the network"), _row(record))
        case JoinState(state="IDLE" | "REJOINING", reason=reason):
            say("left", _at(record.at, f"{record.node} left: {reason}"), _row(record))
        case _:
            pass


def _at(at: Instant, text: str) -> str:
    return f"{format_duration(at // 1000 * 1000):>14}  {text}"


def _row(record: Record) -> dict[str, Any]:
    return {"at_us": record.at, "device": record.node, **plain(record.fact)}


def _say(_event: str, text: str, _fields: dict[str, Any]) -> None:
    typer.echo(text)
    sys.stdout.flush()


def _say_json(event: str, _text: str, fields: dict[str, Any]) -> None:
    typer.echo(json.dumps({"event": event, **fields}))
    sys.stdout.flush()
