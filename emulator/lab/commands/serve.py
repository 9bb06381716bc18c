"""`hanlab serve`: the DCC's own interfaces, in front of an emulated home."""

from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Annotated, Final, Literal

import typer

from emulator.lab.commands.common_options import Devices, Seed, State

_PREMISES: Final = typer.Option(
    "--premises", metavar="N", min=1, help="So many homes with the same types of devices."
)
_DUIS: Final = typer.Option("--duis-port", min=0, max=65535, help="DUIS; 0 for any free port.")
_SMKI: Final = typer.Option("--smki-port", min=0, max=65535, help="SMKI; 0 for any free port.")
_PORT: Final = typer.Option("--port", min=0, max=65535, help="Workbench; 0 for any free port.")
_URL: Final = typer.Option(
    "--response-url",
    metavar="URL",
    help="Where responses and alerts are POSTed.",
    show_default=False,
)
_KEYS: Final = typer.Option(
    "--key-store", metavar="FILE", help="Your client's keystore.json.", show_default=False
)
_SUPPLIER: Final = typer.Option(
    "--supplier",
    metavar="EUI64",
    help="Which supplier of the key store the home is installed for [default: the first].",
    show_default=False,
)
_SCHEMAS: Final = typer.Option(
    "--schemas", metavar="DIR", help="Schemas of DUIS: requests are validated.", show_default=False
)
_SIGN: Final = typer.Option("--sign", help="Sign responses with keys of our own test PKI.")
_SPEED: Final = typer.Option("--speed", metavar="real|FACTOR", help="How fast time passes.")
_START: Final = typer.Option(
    "--start", metavar="DATE", help="When the home is installed, UTC.", show_default="2026-01-05"
)
_OUT: Final = typer.Option(
    "--out",
    metavar="DIR",
    help="Where the workbench keeps runs and outgoing mail [default: hanlab-out/serve].",
    show_default=False,
)
_OUTBOX: Final = typer.Option(
    "--outbox",
    metavar="URL|FILE",
    help="E-mails of the Self-Service Interface: smtp://HOST:PORT, or an mbox file "
    "[default: outbox.mbox in --out].",
    show_default=False,
)
_CODES: Final = typer.Option(
    "--install-codes", help="How a gaining supplier asks for an install code (MP121, MP281)."
)
_THRESHOLDS: Final = typer.Option(
    "--thresholds",
    metavar="FILE",
    help="Thresholds of anomaly detection, in TOML: requests beyond them are set aside (SEC G6).",
    show_default=False,
)
_LEAVE: Final = typer.Option(
    "--leave",
    metavar="DEVICE",
    help="Pre-notify this device and leave it pending, gained by another supplier (MP121).",
    show_default=False,
)
_BIND: Final = typer.Option("--bind", metavar="ADDRESS", help="Address to listen on.")
_KNOW: Final = typer.Option("--i-know", help="Let --bind be an address others can come to.")
_EVENTS: Final = typer.Option("--json", help="Print one JSON object for every event.")


def serve(  # noqa: PLR0913 - typer reads the command line off this signature
    *,
    devices: Devices = None,
    premises: Annotated[int, _PREMISES] = 1,
    duis_port: Annotated[int, _DUIS] = 8079,
    smki_port: Annotated[int, _SMKI] = 8083,
    port: Annotated[int, _PORT] = 8080,
    response_url: Annotated[str | None, _URL] = None,
    key_store: Annotated[Path | None, _KEYS] = None,
    supplier: Annotated[str | None, _SUPPLIER] = None,
    schemas: Annotated[Path | None, _SCHEMAS] = None,
    sign: Annotated[bool, _SIGN] = False,
    speed: Annotated[str, _SPEED] = "real",
    start: Annotated[datetime | None, _START] = None,
    state: State = None,
    seed: Seed = 1,
    out: Annotated[Path, _OUT] = Path("hanlab-out/serve"),
    outbox: Annotated[str, _OUTBOX] = "",
    install_codes: Annotated[Literal["ssi", "email", "smi"], _CODES] = "ssi",
    thresholds: Annotated[Path | None, _THRESHOLDS] = None,
    leave: Annotated[list[str] | None, _LEAVE] = None,
    bind: Annotated[str, _BIND] = "127.0.0.1",
    i_know: Annotated[bool, _KNOW] = False,
    as_json: Annotated[bool, _EVENTS] = False,
) -> None:
    """Be the DCC: DUIS, SMKI and a workbench in the browser, over a home that is commissioned.

    The home is installed first, for the supplier of your client's key store; then time passes as
    it does outside. POST service requests to /api/v1/serviceS, serviceT or serviceD; what devices
    answer is POSTed to --response-url. Ctrl-C ends it.

    Examples:
      hanlab serve --key-store keystore.json --response-url http://127.0.0.1:18080/
      hanlab serve --premises 50 --leave GSME --outbox smtp://127.0.0.1:1025
    """
    from emulator.kernel.identity import parse_eui64  # noqa: PLC0415 - help must not wait

    made = _serving()
    ports = {"duis_port": duis_port, "smki_port": smki_port, "port": port}
    client = {"response_url": response_url, "key_store": key_store, "schemas": schemas}
    how = {"sign": sign, "speed": speed, "bind": bind, "knows": i_know, "thresholds": thresholds}
    kept = {"out": out, "outbox": outbox, "left": tuple(leave or ()), "premises": premises}
    choice = made.ServeChoice(
        home=made.HomeChoice(devices=devices, state=state, seed=seed),
        supplier=None if supplier is None else parse_eui64(supplier),
        start=None if start is None else start.replace(tzinfo=UTC),
        regime=made.Regime[install_codes.upper()],
        **(ports | client | kept | how),
    )
    raise typer.Exit(made.serve_command(choice, as_json=as_json))


def _serving() -> ModuleType:
    """What serves; it needs the packages of an extra."""
    from emulator.kernel.errors import EnvironmentFault  # noqa: PLC0415 - help must not wait

    try:
        from emulator.lab.serving import serve_command  # noqa: PLC0415 - as above
    except ModuleNotFoundError as missing:
        told = f"{missing.name} is not installed: install hanlab[services]"
        raise EnvironmentFault(told) from missing
    return serve_command
