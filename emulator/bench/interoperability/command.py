"""`hanlab bench event`: devices of several makers with each other."""

from pathlib import Path
from typing import Annotated

import typer


def event(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Event in TOML.")],
    *,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where the report goes [default: FILE.event]."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write to --out whatever is there.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print event.json on stdout, talk on stderr.")
    ] = False,
) -> None:
    """Try devices with each other by role pairs, as an interoperability event does.

    Connectivity, interoperability, interchangeability, functionality (SEC H14.49), and every hub
    variant (H14.9(b)). No certification or accreditation is provided.

    Examples:
      hanlab bench event event.toml
      hanlab bench event event.toml --out results --json | jq .counts

    Files written:
      event.html  event.json
    """
    from emulator.bench.interoperability.event_work import run_event  # noqa: PLC0415 - help must not wait

    folder = file.parent / f"{file.stem}.event" if out is None else out
    raise typer.Exit(run_event(file, folder, as_json=as_json, force=force))
