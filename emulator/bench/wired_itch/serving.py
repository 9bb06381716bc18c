"""What `hanlab itch serve` does once its words are read."""

import sys
from dataclasses import dataclass
from pathlib import Path

import typer

from emulator.bench.gfi_line.served_home import ServedHome
from emulator.bench.gfi_line.serving import lab_keys
from emulator.bench.gfi_line.wire_settings import read_wire_settings
from emulator.bench.wired_itch.hub import WAN_DISABLED, WiredItch
from emulator.equipment.request import RemoteParties
from emulator.kernel.errors import UsageError
from emulator.kernel.extensions import load
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.interactive.order_words import Mistakes
from emulator.lab.kept.end_request import ended_by_request
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.run import INTERRUPTED
from emulator.lab.shipments.shipment import read_shipment


@dataclass(frozen=True, slots=True, kw_only=True)
class ItchServing:
    """An ITCH as the command line asks for it; what each option means stands with the command."""

    port: str
    devices: Path | None = None
    keystore: Path | None = None
    line_settings: Path | None = None
    seed: int = 1
    wan: bool = False
    seconds: float | None = None
    beyond_loopback: bool = False


def serve_itch(asked: ItchServing) -> int:
    """Serve an ITCH until Ctrl-C, and give the exit status.

    Raises:
        UsageError: with every mistake; then nothing was opened.
        EnvironmentFault: when the port cannot be served, or the home does not come up.
    """
    mistakes = Mistakes()
    if asked.wan:
        mistakes.problems.append(f"--wan: {WAN_DISABLED}")
    settings = mistakes.read(lambda: read_wire_settings(asked.line_settings))
    shipment = mistakes.read(lambda: read_shipment(asked.devices or USUAL_HOME))
    check = load("hanlab.lines", "check")
    mistakes.read(lambda: check(asked.port, beyond_loopback=asked.beyond_loopback))
    if mistakes.problems or settings is None or shipment is None:
        raise UsageError(*mistakes.problems)
    keys = lab_keys(asked.keystore, [each.eui64 for each in shipment.devices])
    line = load("hanlab.lines", "serve")(asked.port, beyond_loopback=asked.beyond_loopback)
    try:
        with ended_by_request():
            home = ServedHome(
                Lab(shipment, LabOptions(seed=asked.seed, name="itch")), RemoteParties(keys=keys)
            )
            itch = WiredItch(home, line, _tell, settings)
            typer.echo(f"ITCH with {len(shipment.devices)} devices on {line.name}; SM WAN disabled")
            sys.stdout.flush()
            itch.serve(until=asked.seconds)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        line.close()
    _tell(f"{itch.tally.down} messages down, {itch.tally.up} up, {itch.tally.odd} left aside")
    return 0


def _tell(words: str) -> None:
    typer.echo(words, err=True)
