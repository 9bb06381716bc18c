"""`hanlab radio`: dongles, real and virtual."""

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_AS_JSON: Final = typer.Option("--json", help="Print one JSON document.")
_EVENTS: Final = typer.Option("--json", help="Print one JSON object for every event.")
_PORT: Final = typer.Argument(metavar="PORT", help="A serial path, or tcp://HOST:PORT.")
_PORTS: Final = typer.Argument(
    metavar="[PORT]...", help="Serial paths or tcp://HOST:PORT [default: all that are plugged in]."
)
_KIND: Final = typer.Option("--kind", metavar="KIND", help="What is expected there.")
_SERVED_KIND: Final = typer.Option(
    "--kind", metavar="KIND", help="The dongle to be: spinel or ezsp."
)
_SERVED_PORT: Final = typer.Option(
    "--port", metavar="PATH|tcp://HOST:PORT", help="Where host stacks find it."
)
_DEVICES: Final = typer.Option(
    "--devices",
    metavar="FILE",
    help="Shipment file (CSV): its devices, its hub aside, stand around.",
)
_KEY: Final = typer.Option(
    "--key", help="What the devices join by; default is no Smart Energy, for other host stacks."
)
_FAULTS: Final = typer.Option(
    "--fault",
    metavar="FAULT",
    help='lost=P, slow="5 ms", bytes, reset="30 s" or unplug="30 s"; may be given again.',
)
_DONGLE: Final = typer.Argument(metavar="KIND:PORT", help="The dongle to be driven: zigpy:PORT.")
_JOINING: Final = typer.Option(
    "--devices", metavar="FILE", help="Shipment file (CSV): its devices, its hub aside, join."
)
_STATE: Final = typer.Option(
    "--state", metavar="FOLDER", help="Folder with the lab's own certificates."
)
_LIMIT: Final = typer.Option(
    "--seconds", min=1, help="In which every device must have joined and been read."
)
_SEED: Final = typer.Option("--seed", min=0, help="What every random draw is keyed by.")
_BEYOND: Final = typer.Option("--beyond-loopback", help="Let other machines come to a TCP port.")


@app.callback()
def radio() -> None:
    """Dongles: find them, ask them what they are, or be one.

    Examples:
      hanlab radio list
      hanlab radio doctor
      hanlab radio probe /dev/ttyACM0
      hanlab radio serve --kind spinel --port ./dongle --devices shipment.csv
    """


@app.command("list")
def list_ports(as_json: Annotated[bool, _AS_JSON] = False) -> None:
    """List the serial ports that are plugged in, and the kinds of radio that can be driven.

    Examples:
      hanlab radio list
      hanlab radio list --json | jq '.[].name'
    """
    from emulator.lab.listings import print_listing  # noqa: PLC0415 - help must not wait

    print_listing("radios", as_json=as_json)


@app.command("probe")
def probe(
    port: Annotated[str, _PORT],
    kind: Annotated[str | None, _KIND] = None,
    as_json: Annotated[bool, _AS_JSON] = False,
) -> None:
    """Ask the dongle at a port what it is and what it can; the port is released again.

    Exit status 3 when there is none that answers, with one line that says what is there instead and
    what to do.

    Examples:
      hanlab radio probe /dev/ttyACM0
      hanlab radio probe "/dev/ttyUSB0?baud=460800" --json
      hanlab radio probe tcp://127.0.0.1:6638 --kind spinel
    """
    from emulator.lab.radios.probing import probe_command  # noqa: PLC0415 - help must not wait

    raise typer.Exit(probe_command(port, kind, as_json=as_json))


@app.command("doctor")
def doctor(
    ports: Annotated[list[str] | None, _PORTS] = None,
    as_json: Annotated[bool, _AS_JSON] = False,
) -> None:
    """Examine ports, or every one that is plugged in; exit status 3 when one is not well.

    One line a port: what it is, or what is wrong and what to do.

    Examples:
      hanlab radio doctor
      hanlab radio doctor /dev/ttyACM0 --json
    """
    from emulator.lab.radios.probing import doctor_command  # noqa: PLC0415 - help must not wait

    raise typer.Exit(doctor_command(ports or (), as_json=as_json))


@app.command("serve")
def serve(  # noqa: PLR0913 - typer reads the command line off this signature
    *,
    kind: Annotated[str, _SERVED_KIND],
    port: Annotated[str, _SERVED_PORT],
    devices: Annotated[Path | None, _DEVICES] = None,
    key: Annotated[Literal["install-code", "default"], _KEY] = "install-code",
    faults: Annotated[list[str] | None, _FAULTS] = None,
    seed: Annotated[int, _SEED] = 1,
    beyond_loopback: Annotated[bool, _BEYOND] = False,
    as_json: Annotated[bool, _EVENTS] = False,
) -> None:
    """Be a dongle on a pseudo-terminal or a TCP port, with devices on the air around it.

    A host stack opens the port as it opens a serial port, forms a network and lets devices join;
    the devices of the shipment join whatever network it opens, and again when it is gone. Time
    runs as on the clock. Ctrl-C ends it and releases the port.

    Examples:
      hanlab radio serve --kind spinel --port ./dongle --devices shipment.csv --key default
      hanlab radio serve --kind spinel --port tcp://127.0.0.1:6638
      hanlab radio serve --kind ezsp --port ./dongle --devices shipment.csv
      hanlab radio serve --kind spinel --port ./dongle --fault lost=0.001 --fault bytes
    """
    from emulator.lab.radios.serve_command import serve_command  # noqa: PLC0415 - help
    from emulator.lab.radios.serving import ServeRequest  # noqa: PLC0415 - help must not wait

    request = ServeRequest(
        kind=kind,
        port=port,
        devices=devices,
        default_key=key == "default",
        faults=tuple(faults or ()),
        seed=seed,
        beyond_loopback=beyond_loopback,
    )
    raise typer.Exit(serve_command(request, as_json=as_json))


@app.command("commission")
def commission(  # noqa: PLR0913 - typer reads the command line off this signature
    dongle: Annotated[str, _DONGLE],
    *,
    devices: Annotated[Path, _JOINING],
    state: Annotated[Path | None, _STATE] = None,
    limit: Annotated[int, _LIMIT] = 120,
    seed: Annotated[int, _SEED] = 1,
    as_json: Annotated[bool, _EVENTS] = False,
) -> None:
    """Be the hub of real or emulated devices, with a coordinator dongle as its radio.

    What such a dongle cannot do is said first. Then it forms a network, the devices of the shipment
    join by their install codes, agree their link keys with the hub (certificates: test ones, or
    those of --state), and are read under them. Exit status 1 when one was not.

    Examples:
      hanlab radio commission zigpy:/dev/ttyUSB0 --devices shipment.csv
      hanlab radio commission zigpy:./dongle --devices shipment.csv --seconds 60 --json
    """
    from emulator.lab.radios.commission_command import commission_command  # noqa: PLC0415 - help
    from emulator.lab.radios.commissioning import CommissionRequest  # noqa: PLC0415 - help

    request = CommissionRequest(dongle=dongle, devices=devices, state=state, limit=limit, seed=seed)
    raise typer.Exit(commission_command(request, as_json=as_json))
