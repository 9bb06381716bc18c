"""What `hanlab send` does once its words are read: check, bring the home up, send, and tell."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

import typer
from rich.console import Console
from rich.table import Table

from emulator.gbcs.commands.listing import value_rows
from emulator.gbcs.use_cases.destructive import destructive
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError
from emulator.lab.inputs.overrides import Overrides, parse_overrides
from emulator.lab.inputs.scenario_files import USUAL_HOME
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.exchange import (
    exchange_document,
    exchange_use_case,
    print_exchange,
)
from emulator.lab.interactive.given_values import example
from emulator.lab.interactive.operator_steps import confirmed
from emulator.lab.interactive.order_words import OrderWords, read_order
from emulator.lab.interactive.premises import (
    bring_up,
    hand_over,
    needed_for,
    open_home,
)
from emulator.lab.interactive.radio_options import RadioOptions
from emulator.lab.interactive.sender import Role, UseCaseOrder
from emulator.lab.interactive.use_case_choice import chosen_use_case
from emulator.lab.kept.progress import ProgressLine
from emulator.lab.lab import ROOMS
from emulator.lab.laboratory import LabOptions
from emulator.lab.runs.run import INTERRUPTED
from emulator.lab.shipments.shipment import read_shipment

PASS: Final = 0
FAIL: Final = 1


@dataclass(frozen=True, slots=True)
class HomeChoice:
    """The home that a command is about.

    Args:
        devices: shipment file; None for the dual-fuel home that comes with hanlab.
        state: the folder of an earlier run, or of this one for a later.
        seed: what every random draw is keyed by.
        radios: that are not simulated.
        yes: whether nobody needs to be asked before a destructive use case on a real device.
        assignments: what settings are, each `ROOM.SETTING=VALUE`.
    """

    devices: Path | None = None
    state: Path | None = None
    seed: int = 1
    radios: RadioOptions = field(default_factory=RadioOptions)
    yes: bool = False
    assignments: tuple[str, ...] = ()

    def options(self, name: str) -> LabOptions:
        """What the laboratory is asked for.

        Raises:
            UsageError: with every mistake of the settings, or of the shipment file.
        """
        overrides = Overrides()
        if self.assignments:
            shipment = read_shipment(self.devices or USUAL_HOME)
            overrides = parse_overrides(self.assignments, ROOMS, shipment)
        return LabOptions(
            seed=self.seed,
            state=self.state,
            name=name,
            radios=self.radios.urls,
            speed=self.radios.speed,
            overrides=overrides,
        )

    def agreed(self, use_case: UseCase, source: TextIO) -> bool:
        """Whether a use case may be sent: a destructive one to a real device is asked about.

        Raises:
            UsageError: when nobody can be asked.
        """
        if not self.radios.real or not destructive(use_case):
            return True
        question = f"{use_case} is destructive, and a device is really there; send it?"
        return confirmed(question, yes=self.yes, source=source)


def send_command(words: OrderWords, choice: HomeChoice, *, as_json: bool) -> int:
    """Send one use case, tell a person or a program what came of it, and give the exit status.

    Raises:
        UsageError: with every mistake of the words; then nothing happened.
        EnvironmentFault: when the home does not come up.
    """
    if not words.target:
        raise UsageError("no --to: expected the device that gets it, like --to ESME")
    line = ProgressLine(sys.stderr)
    work = open_home(choice.devices, choice.options("send"), line.show)
    order = read_order(work, words)
    if not choice.agreed(order.use_case, sys.stdin):
        return INTERRUPTED
    try:
        _prepare(work, order)
        found = exchange_use_case(work, order)
    except KeyboardInterrupt:
        return INTERRUPTED
    finally:
        line.clear()
        work.lab.save_state()
    if as_json:
        typer.echo(json.dumps(exchange_document(found), indent=2, ensure_ascii=False))
    else:
        print_exchange(found, Console())
    if found.interrupted:
        return INTERRUPTED
    return PASS if found.good else FAIL


def print_values(use_case: str, *, as_json: bool) -> None:
    """Print the values that a use case takes, and a command line with them.

    Raises:
        UsageError: when there is no such use case, or no command can be made of it.
    """
    chosen = chosen_use_case(use_case)
    rows = value_rows(chosen)
    if as_json:
        typer.echo(json.dumps(rows, indent=2, ensure_ascii=False, default=str))
        return
    typer.echo(str(chosen))
    table = Table("value", "needed", "expected", "clause")
    for row in rows:
        table.add_row(str(row["name"]), _need(row), str(row["expected"]), str(row["clause"]))
    Console().print(table if rows else "takes no value")
    typer.echo(f"for example: {example(chosen)}")


def _need(row: dict[str, object]) -> str:
    if row["required"]:
        return "yes"
    return "no" if row["default"] is None else f"no: {row['default']}"


def _prepare(work: Installation, order: UseCaseOrder) -> None:
    """Bring up what the order needs; a meter that was just installed knows no network operator."""
    devices = needed_for(work, order.target)
    fresh = {each.description.eui64 for each in devices if not each.remembers}
    bring_up(work, devices)
    if order.role is Role.NETWORK_OPERATOR and order.target in fresh:
        hand_over(work, order.target)
