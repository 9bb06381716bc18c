"""`hanlab itch`: an emulated wired ITCH, a test hub whose SM WAN is disabled."""

from pathlib import Path
from typing import Annotated, Final

import typer

app: Final = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def itch() -> None:
    """The wired ITCH: a dual-band test hub without SM WAN, on a line to a PC.

    Examples:
      hanlab itch serve --port ./itch
      hanlab gfi send ECS17b --to ESME --line ./itch
    """


@app.command("serve")
def serve(  # noqa: PLR0913 - typer reads the command line off this signature
    *,
    port: Annotated[
        str, typer.Option(metavar="PATH|tcp://HOST:PORT", help="Where the PC finds it.")
    ],
    devices: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Shipment file (CSV) [default: a dual-fuel home]."),
    ] = None,
    keystore: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keys [default: the test keys of hanlab].")
    ] = None,
    line_settings: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Transport, as TOML.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="What every draw is keyed by.")] = 1,
    wan: Annotated[bool, typer.Option("--wan", help="Connect its SM WAN: refused.")] = False,
    duration: Annotated[
        float | None, typer.Option("--for", min=0.1, metavar="SECONDS", help="End after that.")
    ] = None,
    beyond_loopback: Annotated[
        bool, typer.Option("--beyond-loopback", help="Let other machines come to a TCP port.")
    ] = False,
) -> None:
    """Be a wired ITCH with a home: commands come in by the wire, responses and alerts go out.

    Lines of text are those of the GFI tool. Its SM WAN is disabled, so --wan is refused.

    Examples:
      hanlab itch serve --port ./itch
      hanlab itch serve --port tcp://127.0.0.1:47350 --devices shipment.csv
    """
    from emulator.bench.wired_itch.serving import ItchServing, serve_itch  # noqa: PLC0415 - help

    asked = ItchServing(
        port=port,
        devices=devices,
        keystore=keystore,
        line_settings=line_settings,
        seed=seed,
        wan=wan,
        seconds=duration,
        beyond_loopback=beyond_loopback,
    )
    raise typer.Exit(serve_itch(asked))
