"""What `hanlab radio probe` and `hanlab radio doctor` find out, and how they say it."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console
from rich.text import Text

from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.kernel.extensions import load, loader, names
from emulator.lab.radios.kinds import DongleReport, Probe

ENVIRONMENT: Final = 3


@dataclass(frozen=True, slots=True)
class PortFinding:
    """What a port turned out to be.

    Args:
        port: its path or address.
        state: `ok`, or `broken`.
        detail: what it is; when broken, also what to do.
        report: what the dongle says of itself, None when none answered.
    """

    port: str
    state: str
    detail: str
    report: DongleReport | None = None


def probe(port: str, kind: str | None = None) -> DongleReport:
    """Ask what is at a port; of several kinds of dongle, the first that knows it answers.

    Args:
        port: a path or address, or KIND:PORT as `--radio` takes it.
        kind: the only kind to ask; None asks every one.

    Raises:
        UsageError: when `kind` is not installed, or `port` is no address.
        EnvironmentFault: when nobody knows it; says what is there and what to do.
    """
    written, colon, rest = port.partition(":")
    if kind is None and colon and written in names("hanlab.probes"):
        kind, port = written, rest
    faults: list[EnvironmentFault] = []
    for name in probed_kinds(kind):
        asker: Probe = load("hanlab.probes", name)
        try:
            return asker.probe(port)
        except EnvironmentFault as fault:
            faults.append(fault)
    raise faults[0]


def probed_kinds(kind: str | None) -> Sequence[str]:
    """The kinds of dongle to try.

    Raises:
        UsageError: when there is none, or not that one.
    """
    real = names("hanlab.probes")
    if kind is None and real:
        return sorted(real, key=lambda name: (name != _FIRST, name))
    if kind not in real:
        raise UsageError(
            f"--kind {kind}: expected {', '.join(real) or 'a kind; none is installed'}"
        )
    return (kind,)


_FIRST: Final = "spinel"
"""Tried before the others: its question disturbs nobody."""


def probe_command(port: str, kind: str | None, *, as_json: bool) -> int:
    """Print what is at a port, and give the exit status."""
    report = probe(port, kind)
    if as_json:
        typer.echo(json.dumps(asdict(report), indent=2))
    else:
        _print_report(report, Console())
    return 0


def doctor_command(ports: Sequence[str], *, as_json: bool) -> int:
    """Examine ports, or every one that is plugged in; the exit status says whether all is well."""
    chosen = tuple(ports) or tuple(_plugged_in())
    findings = [examine(port) for port in chosen] or [_NOTHING]
    if as_json:
        typer.echo(json.dumps([_row(finding) for finding in findings], indent=2))
    else:
        for finding in findings:
            mark = Text(finding.state, "green" if finding.state == "ok" else "bold red")
            Console().print(Text.assemble(mark, f"  {finding.detail}"), soft_wrap=True)
    return 0 if all(finding.state == "ok" for finding in findings) else ENVIRONMENT


def examine(port: str, ask: Callable[[str], DongleReport] = probe) -> PortFinding:
    """What a port is; never raises for what it finds there."""
    denied = permission(port)
    if denied is not None:
        return PortFinding(port, "broken", f"{port}: {denied}")
    try:
        report = ask(port)
    except EnvironmentFault as fault:
        return PortFinding(port, "broken", str(fault))
    return PortFinding(port, "ok", f"{port}: {report.firmware}, {report.protocol}", report)


def permission(port: str, allowed: Callable[[str, int], bool] = os.access) -> str | None:
    """What keeps us from a port that is there, and the fix; None when nothing does."""
    path = Path(port.partition("?")[0])
    if "://" in port or not path.exists() or allowed(str(path), os.R_OK | os.W_OK):
        return None
    group = _group(path)
    return (
        f"no permission: it belongs to the group {group}: sudo usermod -aG {group} $USER, then log "
        f'in again; or a udev rule: KERNEL=="{path.name}", MODE="0666"'
    )


def _group(path: Path) -> str:
    try:
        return path.group()
    except (KeyError, OSError, NotImplementedError):
        return "dialout"


def _plugged_in() -> Iterable[str]:
    ports = loader("hanlab.ports")
    return (port.device for name in names("hanlab.ports") for port in ports(name)())


_NOTHING: Final = PortFinding(
    "",
    "broken",
    "no serial port is plugged in: plug a dongle in; a virtual machine is given it by its host",
)


def _row(finding: PortFinding) -> dict[str, Any]:
    return asdict(finding)


def _print_report(report: DongleReport, console: Console) -> None:
    rows = (
        ("port", report.port),
        ("firmware", report.firmware),
        ("protocol", report.protocol),
        ("EUI-64", report.eui64),
        ("can be", report.roles),
        ("can", "\n".join(report.abilities)),
        ("cannot", "\n".join(report.lacks)),
        ("use it", report.use),
    )
    for name, value in rows:
        for place, line in enumerate(value.splitlines() or [""]):
            head = Text(f"{'' if place else name:10}", "bold")
            console.print(Text.assemble(head, line), soft_wrap=True)
