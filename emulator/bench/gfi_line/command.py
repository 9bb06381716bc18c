"""`hanlab gfi`: an emulated home behind a GFI line, and one who plays GFI at such a line."""

from pathlib import Path
from typing import Annotated, Final

import typer

from emulator.lab.commands.common_options import AsJson

app: Final = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="GBCS messages as lines over TCP, as DCC's GFI tool exchanges them.",
)
_DEVICES: Final = typer.Option(
    metavar="FILE", help="Shipment file (CSV) [default: a dual-fuel home]."
)
_KEYSTORE: Final = typer.Option(
    metavar="DIR", help="Keys of devices and parties [default: the test keys of hanlab]."
)
_LINE: Final = typer.Option(
    "--line", metavar="HOST:PORT|PATH|tcp://", help="Where the line is; a serial path is a wire."
)
_SETTINGS: Final = typer.Option(
    "--line-settings", metavar="FILE", help="Transport of a wire, as TOML."
)
_WAIT: Final = typer.Option(min=0.1, metavar="SECONDS", help="How long an answer may take.")
_CONNECT: Final = typer.Option(min=0.0, metavar="SECONDS", help="How long to try to connect.")
_USUAL: Final = "127.0.0.1:47341"


@app.command("serve")
def serve(  # noqa: PLR0913 - typer reads the command line off this signature
    *,
    devices: Annotated[Path | None, _DEVICES] = None,
    host: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 47341,
    keystore: Annotated[Path | None, _KEYSTORE] = None,
    seed: Annotated[int, typer.Option(min=0, help="What every draw is keyed by.")] = 1,
    connections: Annotated[
        int | None, typer.Option(min=1, help="End after so many connections.")
    ] = None,
) -> None:
    """Put an emulated home behind a line: commands come in, responses and alerts go out.

    Whoever reaches the port commands the home: it listens on loopback unless told otherwise.

    Examples:
      hanlab gfi serve
      hanlab gfi serve --devices shipment.csv --port 0
      hanlab pki make --devices shipment.csv --out keys
      hanlab gfi serve --devices shipment.csv --keystore keys
    """
    from emulator.bench.gfi_line.serving import Serving, serve_home  # noqa: PLC0415 - help must not wait

    asked = Serving(
        devices=devices,
        address=(host, port),
        keystore=keystore,
        seed=seed,
        connections=connections,
    )
    raise typer.Exit(serve_home(asked))


@app.command("send")
def send(  # noqa: PLR0913 - typer reads the command line off this signature
    use_case: Annotated[str, typer.Argument(metavar="USECASE", help="ECS17b or 0027.")],
    values: Annotated[
        list[str] | None, typer.Argument(metavar="NAME=VALUE", help="What the command says.")
    ] = None,
    *,
    to: Annotated[str, typer.Option("--to", metavar="EUI64|TYPE", help="The device.")],
    line: Annotated[str, _LINE] = _USUAL,
    line_settings: Annotated[Path | None, _SETTINGS] = None,
    devices: Annotated[Path | None, _DEVICES] = None,
    keystore: Annotated[Path | None, _KEYSTORE] = None,
    role: Annotated[
        str | None, typer.Option(metavar="ROLE", help="As whom [default: who usually sends it].")
    ] = None,
    counter: Annotated[
        int | None,
        typer.Option(min=1, help="Of the originator [default: seconds since 1970]."),
    ] = None,
    wait: Annotated[float, _WAIT] = 60.0,
    connect: Annotated[float, _CONNECT] = 0.0,
    as_json: AsJson = False,
) -> None:
    """Play GFI: send a use case down a line, and print the decoded reply and every alert.

    Examples:
      hanlab gfi send ECS17b --to ESME
      hanlab gfi send GCS13a --to GSME --line 127.0.0.1:47341 --wait 90
      hanlab gfi send ECS39a mpan=1200012345688 --to ESME --json
      hanlab gfi send ECS17b --to ESME --line /dev/ttyUSB0 --line-settings itch.toml
    """
    from emulator.bench.gfi_line.playing import Order, play_use_case  # noqa: PLC0415 - help must not wait

    order = Order(
        use_case=use_case,
        values=tuple(values or ()),
        to=to,
        line=line,
        line_settings=line_settings,
        devices=devices,
        keystore=keystore,
        role=role,
        counter=counter,
        wait=wait,
        connect=connect,
    )
    raise typer.Exit(play_use_case(order, as_json=as_json))


@app.command("play")
def play(  # noqa: PLR0913 - typer reads the command line off this signature
    messages: Annotated[
        list[str], typer.Argument(metavar="FILE|HEX|-", help="As `hanlab gbcs decode` has them.")
    ],
    *,
    line: Annotated[str, _LINE] = _USUAL,
    line_settings: Annotated[Path | None, _SETTINGS] = None,
    keystore: Annotated[Path | None, _KEYSTORE] = None,
    wait: Annotated[float, _WAIT] = 5.0,
    connect: Annotated[float, _CONNECT] = 0.0,
) -> None:
    """Play GFI: send messages as they are, and print everything that comes, decoded.

    Exit status 4 when nothing came.

    Examples:
      hanlab gfi play command.hex --line 127.0.0.1:47341
      hanlab gfi play first.hex second.hex --wait 30
    """
    from emulator.bench.gfi_line.playing import play_messages  # noqa: PLC0415 - help must not wait

    raise typer.Exit(
        play_messages(messages, (line, line_settings), keystore, wait=wait, connect=connect)
    )
