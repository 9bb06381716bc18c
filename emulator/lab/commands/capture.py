"""`hanlab capture`: captures of any origin, shown and put on the air again."""

from enum import Enum
from pathlib import Path
from typing import Annotated, Final

import typer

from emulator.lab.commands.common_options import AsJson, Force

_FILE: Final = typer.Argument(
    metavar="FILE", help="pcap or pcapng; link types 195, 230 and 283.", show_default=False
)
_KEYS: Final = typer.Option(
    "--keys",
    metavar="FILE",
    help="Keys as Wireshark's zigbee_pc_keys [default: the file of that name beside FILE].",
)
_KEY: Final = typer.Option("--key", metavar="HEX", help="A key of 32 digits; may be repeated.")
_FROM: Final = typer.Option("--from", min=1, metavar="N", help="First frame.")
_TO: Final = typer.Option("--to", min=1, metavar="N", help="Last frame.", show_default=False)
_COUNTERS: Final = typer.Option(
    "--counters", help="keep: exactly as they were; raise: higher, under the same keys."
)
_DEVICES: Final = typer.Option(
    "--devices", metavar="FILE", help="Shipment file [default: dual fuel]."
)
_SEED: Final = typer.Option("--seed", min=0, help="Seed of the home.")
_OUT: Final = typer.Option("--out", metavar="DIR", help="Folder of the report.")


def show(  # noqa: PLR0913 - typer reads the command line off this signature
    file: Annotated[Path, _FILE],
    *,
    keys: Annotated[Path | None, _KEYS] = None,
    key: Annotated[list[str] | None, _KEY] = None,
    first: Annotated[int, _FROM] = 1,
    last: Annotated[int | None, _TO] = None,
    text: Annotated[
        str, typer.Option("--find", metavar="TEXT", help="Only frames that say this somewhere.")
    ] = "",
    details: Annotated[bool, typer.Option("--details", help="Every field of every frame.")] = False,
    as_json: AsJson = False,
) -> None:
    """Decode and decrypt a capture, frame by frame.

    Keys come from --keys, from --key, from the file beside the capture, and from the capture
    itself; a key that is transported in it opens what follows.

    Examples:
      hanlab capture show hanlab-out/demo/han.pcapng
      hanlab capture show sniffed.pcap --key 5A6967426565416C6C69616E63653039 --find Transport
      hanlab capture show han.pcapng --from 100 --to 120 --details
      hanlab capture show han.pcapng --json | jq '.frames[] | select(.layer == "zcl")'

    Exit status: 0 shown, 2 no capture or no keys, 3 a file cannot be read.
    """
    from emulator.lab.captures.show_command import (  # noqa: PLC0415 - help must not wait
        ShowRequest,
        show_command,
    )

    request = ShowRequest(
        path=file,
        key_file=keys,
        keys=tuple(key or ()),
        first=first,
        last=last,
        text=text,
        details=details,
    )
    raise typer.Exit(show_command(request, as_json=as_json))


class Counters(Enum):
    """What happens to the counters of frames that are sent again."""

    KEEP = "keep"
    RAISE = "raise"


def replay(  # noqa: PLR0913 - typer reads the command line off this signature
    file: Annotated[Path, _FILE],
    *,
    counters: Annotated[Counters, _COUNTERS] = Counters.KEEP,
    devices: Annotated[Path | None, _DEVICES] = None,
    seed: Annotated[int, _SEED] = 1,
    keys: Annotated[Path | None, _KEYS] = None,
    key: Annotated[list[str] | None, _KEY] = None,
    first: Annotated[int, _FROM] = 1,
    last: Annotated[int | None, _TO] = None,
    out: Annotated[Path, _OUT] = Path("hanlab-out/replay"),
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Put the frames of a capture on the air of an emulated home, and see what it does.

    The home is made of the shipment and the seed of the run that was captured, so its keys are
    those of the capture. Frames as they were must be refused: their counters are spent.

    Examples:
      hanlab capture replay hanlab-out/demo/han.pcapng
      hanlab capture replay han.pcapng --counters raise --from 400 --to 450
      hanlab capture replay han.pcapng --devices shipment.csv --seed 7 --json

    Exit status: 0 every protected frame was refused (or counters were raised), 1 one was taken,
    2 bad input, 3 the home did not come up.
    """
    from emulator.lab.captures.replay_command import (  # noqa: PLC0415 - help must not wait
        ReplayRequest,
        replay_command,
    )

    request = ReplayRequest(
        path=file,
        key_file=keys,
        keys=tuple(key or ()),
        devices=devices,
        raised=counters is Counters.RAISE,
        first=first,
        last=last,
        seed=seed,
        out=out,
        force=force,
    )
    raise typer.Exit(replay_command(request, as_json=as_json))


app: Final = typer.Typer(
    help="Captures of IEEE 802.15.4: look into them, and put their frames on the air again.",
    no_args_is_help=True,
)
app.command("show")(show)
app.command("replay")(replay)
