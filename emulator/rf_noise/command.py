"""`hanlab rf`: spectra of devices and what they cost a home; plans of homes."""

from pathlib import Path
from typing import Annotated, Final

import typer

from emulator.lab.commands.rf import plan

app: Final = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
)
Traces = Annotated[
    list[Path],
    typer.Argument(metavar="TRACE", help="Files of an analyser, or SigMF recordings."),
]
LimitsFile = Annotated[
    Path | None,
    typer.Option("--limits", metavar="FILE", help="Masks in TOML; without them nothing is judged."),
]
DutName = Annotated[str, typer.Option("--dut", metavar="esme|hot-shoe", help="What was tested.")]
ChasName = Annotated[
    str, typer.Option("--chas", metavar="ID", help="The antenna structure it was tested through.")
]
Consent = Annotated[
    str,
    typer.Option(metavar='"WHO, WHEN"', help="Who agreed to a CHAS that the ICHIS does not list."),
]
Paths = Annotated[
    list[Path] | None,
    typer.Option("--path", metavar="FILE.s2p", help="Touchstone of the way to the analyser."),
]
CableLoss = Annotated[float, typer.Option(metavar="DB", help="Loss of cables to the analyser.")]
Gain = Annotated[float, typer.Option(metavar="DB", help="Gain of amplifiers before the analyser.")]
Duty = Annotated[float, typer.Option(metavar="SHARE", help="Share of the time the noise is on.")]
Repetition = Annotated[
    str, typer.Option(metavar="TIME", help="From burst to burst; left out, bursts outlast frames.")
]
Assignments = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ROOM.SETTING=VALUE", help="Receivers, links and homes."),
]
Seed = Annotated[int, typer.Option(min=0, help="What the homes are drawn by.")]
Out = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Where the files go [default: hanlab-out/rf-check]."),
]
Force = Annotated[
    bool, typer.Option("--force", help="Write to --out even if it holds other files.")
]
AsJson = Annotated[
    bool, typer.Option("--json", help="Print report.json on stdout, everything else on stderr.")
]


def rf() -> None:
    """Radio: RF noise of an ESME or a hot shoe (SEC H14.46), plans of homes.

    Examples:
      hanlab rf check noise.csv
      hanlab rf plan home.toml
    """


app.callback()(rf)


def check(  # noqa: PLR0913 - typer reads the command line off this signature
    traces: Traces,
    *,
    limits: LimitsFile = None,
    dut: DutName = "esme",
    chas: ChasName = "",
    consent: Consent = "",
    path: Paths = None,
    cable_loss: CableLoss = 0.0,
    gain: Gain = 0.0,
    duty: Duty = 1.0,
    repetition: Repetition = "",
    assignments: Assignments = None,
    seed: Seed = 1,
    out: Out = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Judge traces against masks, and tell what the noise costs HAN and WAN.

    Examples:
      hanlab rf check noise.csv
      hanlab rf check 423.dat 868.dat 900.dat 2400.dat --limits ichis.toml --chas CHAS-1
      hanlab rf check noise.csv --dut hot-shoe --path cable.s2p --gain 20 --json | jq .verdict
      hanlab rf check burst.csv --duty 0.1 --repetition "20 us" --set population.homes=5000

    Files written:
      report.html  report.json  junit.xml
    """
    from emulator.rf_noise.check_command import check_traces  # noqa: PLC0415 - help must not wait
    from emulator.rf_noise.inputs import CheckRequest  # noqa: PLC0415 - help must not wait

    request = CheckRequest(
        traces=tuple(traces),
        limits=limits,
        dut=dut,
        chas=chas,
        consent=consent,
        paths=tuple(path or ()),
        cable_loss=cable_loss,
        gain=gain,
        duty=duty,
        repetition=repetition,
        assignments=tuple(assignments or ()),
        seed=seed,
        out=out,
        force=force,
    )
    raise typer.Exit(check_traces(request, as_json=as_json))


app.command("check")(check)
app.command("plan")(plan)
