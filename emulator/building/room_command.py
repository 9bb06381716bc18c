"""What `hanlab building room` does: a coordination is gone through, and told."""

import json
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from emulator.alt_han.meter_room.placement import fit
from emulator.building.notices_picture import notices_picture
from emulator.building.room_file import CoordinatedRoom, read_room
from emulator.building.room_picture import room_picture
from emulator.kernel.errors import EnvironmentFault


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRequest:
    """What was asked for.

    Args:
        room: the file.
        svg: file for the room as it is afterwards; None without.
        notices: file for the notices drawn; None without.
    """

    room: Path
    svg: Path | None = None
    notices: Path | None = None


def room_command(request: RoomRequest, *, as_json: bool) -> int:
    """Go through a coordination and tell where it stands.

    Returns:
        0; 1 when what is to be installed does not fit.

    Raises:
        UsageError: with every mistake and every step that a rule bars.
        EnvironmentFault: when a file cannot be written.
    """
    done = read_room(request.room)
    coordinator = done.coordinator
    found = fit(coordinator.ledger.room, done.needs)
    _write(request.svg, room_picture(found.room))
    _write(request.notices, notices_picture(tuple(coordinator.notices), done.until))
    missing = [need.name for need in found.missing]
    if as_json:
        typer.echo(json.dumps(_document(done, missing), indent=2))
    else:
        _print(done, missing, Console())
    return int(bool(missing))


def _write(path: Path | None, text: str) -> None:
    if path is None:
        return
    try:
        path.write_text(text, "utf-8")
    except OSError as fault:
        raise EnvironmentFault(f"{path}: {fault.strerror}") from fault


def _document(done: CoordinatedRoom, missing: list[str]) -> dict[str, object]:
    coordinator = done.coordinator
    return {
        "room": coordinator.ledger.room.name,
        "stage": coordinator.stage.value,
        "steps": len(coordinator.history),
        "until": done.until.isoformat(),
        "no_space_for": missing,
        "notices": [
            {
                "number": each.number,
                "party": each.party,
                "mpan": each.mpan,
                "occasion": each.occasion.value,
                "clause": each.clause,
                "since": each.since.isoformat(),
                "due": None if each.due is None else each.due.isoformat(),
                "sent": None if each.sent is None else each.sent.isoformat(),
                "state": each.punctuality(done.until).value,
            }
            for each in coordinator.notices
        ],
    }


def _print(done: CoordinatedRoom, missing: list[str], console: Console) -> None:
    coordinator = done.coordinator
    told = f"{coordinator.ledger.room.name}: {coordinator.stage.value}"
    console.print(f"{told}, {len(coordinator.history)} steps", highlight=False, markup=False)
    space = f"no space for {', '.join(missing)}" if missing else "everything fits"
    console.print(space, highlight=False, markup=False)
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("Notice", "To", "Clause", "Due", "State"):
        table.add_column(heading)
    for each in coordinator.notices:
        due = "" if each.due is None else f"{each.due:%Y-%m-%d %H:%M}"
        state = each.punctuality(done.until).value
        table.add_row(each.occasion.value, each.party, each.clause, due, state)
    if table.row_count:
        console.print(table)
