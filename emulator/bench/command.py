"""`hanlab bench`: campaigns against devices."""

from pathlib import Path
from typing import Annotated, Final

import typer

from emulator.bench.interoperability.command import event
from emulator.kernel.errors import UsageError

app: Final = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Run use cases against devices and judge what they do.",
)
File = Annotated[Path, typer.Argument(metavar="FILE", help="Campaign in TOML.")]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Where the results go [default: FILE.results].")
]
Jobs = Annotated[int, typer.Option(min=1, max=64, help="How many processes.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with what is in --out.")]
Force = Annotated[bool, typer.Option("--force", help="Begin anew, whatever is in --out.")]
One = Annotated[
    str | None,
    typer.Option("--case", metavar="DEVICE:CASE", help="Only this case; nothing is written."),
]
Repeat = Annotated[
    int, typer.Option(min=0, help="Which repeat of --case, as the results count them, from 0.")
]
Allure = Annotated[
    Path | None, typer.Option("--allure", metavar="DIR", help="Write Allure results there, too.")
]
UseCases = Annotated[
    Path | None,
    typer.Option(
        "--use-cases",
        "--usecases",
        help="Folder of your own records of use cases, *.jsonl, and hooks beside them, *.py.",
        envvar="HANLAB_USE_CASES",
        show_default=False,
    ),
]
Yes = Annotated[
    bool, typer.Option("--yes", help="Do not ask before destructive cases on real devices.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print report.json on stdout.")]


def run(  # noqa: PLR0913 - typer reads the command line off this signature
    file: File,
    *,
    out: Out = None,
    jobs: Jobs = 1,
    resume: Resume = False,
    force: Force = False,
    case: One = None,
    repeat: Repeat = 0,
    allure: Allure = None,
    use_cases: UseCases = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Run a campaign.

    Examples:
      hanlab bench run campaign.toml --out results
      hanlab bench run campaign.toml --out results --resume --jobs 2
      hanlab bench run campaign.toml --out results --allure allure-results
      hanlab bench run campaign.toml --case meter:ESME/0027/ECS17b/wrong-mac
      hanlab bench run campaign.toml --use-cases records

    Files written:
      report.html  report.json  junit.xml  results.jsonl  campaign.toml
    """
    from emulator.bench.command_work import (  # noqa: PLC0415 - help must not wait
        RunOrder,
        repeat_case,
        run_file,
    )

    order = RunOrder(
        file=file, use_cases=use_cases, yes=yes, allure=allure, resume=resume, force=force
    )
    if case is not None:
        raise typer.Exit(repeat_case(order, case, repeat))
    if repeat:
        raise UsageError("--repeat says which repeat of --case: without one, all are run")
    folder = file.parent / f"{file.stem}.results" if out is None else out
    raise typer.Exit(run_file(order, folder, jobs=jobs, as_json=as_json))


def new(file: File) -> None:
    """Write a campaign with every key explained, and shipment.csv, an emulated home, beside it.

    A shipment.csv that lies there already is kept.

    Examples:
      hanlab bench new campaign.toml
    """
    from emulator.bench.campaigns.campaign_template import write_template  # noqa: PLC0415 - help must not wait

    typer.echo(write_template(file))


def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="Folder of results.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="Folder of results.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page, too.")
    ] = None,
) -> None:
    """Tell which cases came out otherwise than before; exit status 1 when one became worse.

    Exit status 4 when none did, and B was stopped before its end or has no case of A.

    Devices are matched by name; a device of another name stands for the only one of its kind, so
    that a real device can be held against an emulated one.

    Examples:
      hanlab bench compare results-monday results-today
      hanlab bench compare emulated real --html differences.html
    """
    from emulator.bench.report.compare_work import compare_folders  # noqa: PLC0415 - help must not wait

    raise typer.Exit(compare_folders(before, after, as_json=as_json, page=html))


app.command("run")(run)
app.command("new")(new)
app.command("compare")(compare)
app.command("event")(event)
