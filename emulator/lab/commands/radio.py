"""`hanlab radio`: dongles, real and virtual."""

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from emulator.lab.commands.common_options import AsJson, Seed

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_EVENTS: Final = typer.Option("--json", help="Print one JSON object for every event.")
_PORT: Final = typer.Argument(
    metavar="PORT", help="A serial path or tcp://HOST:PORT; KIND: may stand before it."
)
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
_WITH_HUB: Final = typer.Option(
    "--with-hub",
    help="The shipment's hub stands there too: a network to listen to. Its devices join once "
    "somebody has opened the port.",
)
_HOME_AUTOMATION: Final = typer.Option(
    "--home-automation",
    help="Each device has one more endpoint, of profile 0x0104 with Basic: for hosts that take no "
    "ZCL of Smart Energy (zigpy). No GB device has it.",
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
_BEYOND: Final = typer.Option("--beyond-loopback", help="Let other machines come to a TCP port.")


@app.callback()
def radio() -> None:
    """Dongles: find them, ask them what they are, or be one.

    Examples:
      hanlab radio list
      hanlab radio doctor
      hanlab radio probe /dev/ttyACM0
      hanlab radio serve --kind spinel --port ./dongle --devices shipment.csv
      hanlab radio sniff --radio spinel:/dev/ttyACM0 --channels 15 --devices shipment.csv
    """


@app.command("list")
def list_ports(as_json: AsJson = False) -> None:
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
    as_json: AsJson = False,
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
    as_json: AsJson = False,
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
    with_hub: Annotated[bool, _WITH_HUB] = False,
    key: Annotated[Literal["install-code", "default"], _KEY] = "install-code",
    home_automation: Annotated[bool, _HOME_AUTOMATION] = False,
    faults: Annotated[list[str] | None, _FAULTS] = None,
    seed: Seed = 1,
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
        with_hub=with_hub,
        home_automation=home_automation,
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
    seed: Seed = 1,
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


_SniffRadio = Annotated[str, typer.Option("--radio", metavar="KIND:PORT", help="The dongle.")]
_SniffChannels = Annotated[
    str | None,
    typer.Option(
        "--channels",
        "--channel",
        metavar="N[,N|-N]",
        help="15, or several in turn: 11,15 or 11-26 [default: that of --state].",
    ),
]
_SniffDwell = Annotated[
    str | None,
    typer.Option("--dwell", metavar="DURATION", help="On each of several [default: 2 s]."),
]
_SniffOut = Annotated[
    str | None,
    typer.Option("--out", metavar="FILE|-", help="pcapng: a file, a named pipe, or stdout."),
]
_SniffPipe = Annotated[
    Path | None,
    typer.Option("--pipe", metavar="PATH", help="Make a named pipe; wait until it is read."),
]
_SniffWireshark = Annotated[
    bool, typer.Option("--wireshark", help="Start Wireshark, and show frames as they come.")
]
_SniffKeys = Annotated[
    Path | None, typer.Option("--keys", metavar="FILE", help="As Wireshark's zigbee_pc_keys.")
]
_SniffKey = Annotated[
    list[str] | None, typer.Option("--key", metavar="HEX", help="A key; may be repeated.")
]
_SniffPan = Annotated[
    str | None, typer.Option("--pan", metavar="HEX", help="The PAN that is yours: 0x1A62.")
]
_SniffDevices = Annotated[
    Path | None,
    typer.Option(
        "--devices", metavar="FILE", help="Shipment: its network is yours, its codes open keys."
    ),
]
_SniffState = Annotated[
    Path | None,
    typer.Option("--state", metavar="DIR", help="Of an earlier run: PAN, channel and keys."),
]
_SniffAllPans = Annotated[
    bool, typer.Option("--all-pans", help="Hear everybody, not only your own network.")
]
_SniffExportKeys = Annotated[
    bool, typer.Option("--export-keys", help="Write the keys into the capture.")
]
_SniffDuration = Annotated[
    str | None, typer.Option("--for", metavar="DURATION", help="End after that time.")
]
_SniffFrames = Annotated[
    int | None, typer.Option("--frames", min=1, help="End after so many kept frames.")
]
_SniffQuiet = Annotated[bool, typer.Option("--quiet", help="Tell no frames.")]
_SniffForce = Annotated[bool, typer.Option("--force", help="Write a file anew.")]


@app.command("sniff")
def sniff(  # noqa: PLR0913 - typer reads the command line off this signature
    *,
    radio: _SniffRadio,
    channels: _SniffChannels = None,
    dwell: _SniffDwell = None,
    out: _SniffOut = None,
    pipe: _SniffPipe = None,
    wireshark: _SniffWireshark = False,
    keys: _SniffKeys = None,
    key: _SniffKey = None,
    pan: _SniffPan = None,
    devices: _SniffDevices = None,
    state: _SniffState = None,
    all_pans: _SniffAllPans = False,
    export_keys: _SniffExportKeys = False,
    duration: _SniffDuration = None,
    frames: _SniffFrames = None,
    quiet: _SniffQuiet = False,
    force: _SniffForce = False,
    as_json: Annotated[bool, _EVENTS] = False,
) -> None:
    """Listen with a dongle: capture to pcapng while it runs, live into Wireshark, decrypted.

    Only your own network is kept: say which it is by --pan, or let it be found out by the shipment,
    an earlier run, or a key that opens it. Ctrl-C ends it; the capture is whole whenever it ends.

    Examples:
      hanlab radio sniff --radio spinel:/dev/ttyACM0 --channel 15 --devices han.csv --out a.pcapng
      hanlab radio sniff --radio spinel:/dev/ttyACM0 --state han --wireshark
      hanlab radio sniff --radio spinel:/dev/ttyACM0 --channel 20 --pan 0x1A62 --out - | tshark -r -

    Exit status: 0 the end that was asked for, 2 bad input, 3 no dongle or pulled out, 130 Ctrl-C.
    """
    from emulator.lab.sniffing import claims, sniff_command  # noqa: PLC0415 - help must not wait

    known = claims.Known(pan, devices, state, keys, tuple(key or ()), all_pans)
    where = (out, pipe, wireshark, export_keys)
    end = (duration, frames, quiet, force)
    request = sniff_command.SniffRequest(radio, channels, dwell, known, *where, *end)
    raise typer.Exit(sniff_command.sniff_command(request, as_json=as_json))
