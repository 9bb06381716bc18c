"""`hanlab itch`: an emulated wired ITCH, a test hub whose SM WAN is disabled."""

from pathlib import Path
from typing import Annotated, Final

import typer

app: Final = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Devices = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Shipment file (CSV) [default: a dual-fuel home]."),
]
_Keystore = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Keys [default: the test keys of hanlab].")
]
_LineSettings = Annotated[Path | None, typer.Option(metavar="FILE", help="Transport, as TOML.")]


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
    devices: _Devices = None,
    keystore: _Keystore = None,
    line_settings: _LineSettings = None,
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


@app.command("request")
def request(  # noqa: PLR0913 - typer reads the command line off this signature
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|-", help="Requests of DUIS, one a document.")
    ],
    *,
    line: Annotated[
        str, typer.Option(metavar="PATH|tcp://HOST:PORT", help="The wire to the ITCH.")
    ],
    devices: _Devices = None,
    keystore: _Keystore = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="One file a response [default: standard output]."),
    ] = None,
    line_settings: _LineSettings = None,
    wait: Annotated[
        float, typer.Option(min=0.1, metavar="SECONDS", help="How long an answer may take.")
    ] = 60.0,
    connect: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="How long to try to connect.")
    ] = 0.0,
) -> None:
    """Send service requests of DUIS down the wire of an ITCH; responses and alerts are XML, too.

    The command is the one that the DCC would make: of variants 1 and 3 at once, of 5 and 7 from
    the pre-command that the user signed. Variant 4 is answered with the pre-command, 2 and 6 with
    the command, and nothing is sent. Requests for the DCC itself are refused.

    Examples:
      hanlab itch request read.xml --line ./itch --devices shipment.csv
      hanlab itch request *.xml --line /dev/ttyUSB0 --line-settings itch.toml --out responses

    Exit status: 0 every device did what it was asked, 1 one did not, 2 bad input, 3 the wire.
    """
    from datetime import UTC, datetime  # noqa: PLC0415 - help must not wait

    from emulator.bench.wired_itch import requesting  # noqa: PLC0415 - as above

    asked = requesting.Requesting(
        files=tuple(files),
        line=line,
        moment=datetime.now(UTC),
        devices=devices,
        keystore=keystore,
        out=out,
        wait=wait,
        connect=connect,
        line_settings=line_settings,
    )
    raise typer.Exit(requesting.send_requests(asked))
