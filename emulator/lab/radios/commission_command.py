"""What `hanlab radio commission` prints."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, Final

import typer

from emulator.kernel.identity import format_eui64
from emulator.lab.radios.commissioning import (
    Commissioned,
    Commissioning,
    CommissionRequest,
    check_commission,
)
from emulator.lab.radios.coordinators import CoordinatorReport
from emulator.lab.radios.paced_clock import PacedClock

FAILED: Final = 1
INTERRUPTED: Final = 130


def commission_command(request: CommissionRequest, *, as_json: bool) -> int:
    """Commission every device, and give the exit status: 1 when one was not through.

    Raises:
        UsageError: with every mistake of the request; then nothing was opened.
        EnvironmentFault: when there is no dongle that answers, or it is lost.
    """
    kind, shipment = check_commission(request)
    request = replace(request, moment=request.moment or datetime.now(UTC))
    for limit in kind.limits:
        _line(as_json, "limit", f"cannot: {limit}", {"cannot": limit})
    clock = PacedClock()
    try:
        run = Commissioning(
            request, kind, shipment, clock, lambda step, device: _told(as_json, step, device)
        )
        report = run.form()
        _line(as_json, "network", _network(report), {**asdict(report), "eui64": _eui(report.eui64)})
        through = run.commission()
        for device in run.devices.values():
            _line(as_json, "device", _summary(device), _row(device))
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        clock.close()
    return 0 if through else FAILED


def _network(report: CoordinatorReport) -> str:
    return (
        f"{report.firmware}, {report.protocol}: PAN {report.pan_id:#06x} on channel "
        f"{report.channel}, room for {report.keys} keys"
    )


def _told(as_json: bool, step: str, device: Commissioned) -> None:
    text = {
        "commissioned": f"{device.name} agreed its link key (suite {device.suite})",
        "refused": f"{device.name} {device.failure}",
    }.get(step)
    if text is not None:
        _line(as_json, step, text, _row(device))


def _summary(device: Commissioned) -> str:
    if not device.done:
        return f"{device.name} {format_eui64(device.eui64)} FAILED: {device.failure}"
    values = ", ".join(f"{what} {value}" for what, value in device.values.items())
    return f"{device.name} {format_eui64(device.eui64)} read under its key: {values}"


def _row(device: Commissioned) -> dict[str, Any]:
    return {**asdict(device), "eui64": _eui(device.eui64)}


def _eui(eui64: int) -> str:
    return format_eui64(eui64)


def _line(as_json: bool, event: str, text: str, fields: dict[str, Any]) -> None:
    typer.echo(json.dumps({"event": event, **fields}) if as_json else text)
