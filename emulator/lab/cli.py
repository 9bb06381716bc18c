"""`hanlab`: finds its commands, runs one, and turns every end into an exit status.

Nothing heavy is imported here, nor at the top of a command's file: `hanlab --help` must not wait.
"""

import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Final

import typer

from emulator.kernel.collector import search_seldom
from emulator.kernel.errors import EnvironmentFault, LabError, UsageError
from emulator.kernel.extensions import load, names
from emulator.lab.help_text import keep_examples

USAGE: Final = 2
ENVIRONMENT: Final = 3
_DEBUG: Final = "--debug"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit status.

    Args:
        arguments: what follows `hanlab`; what the process was given unless told.

    Raises:
        SystemExit: always.
    """
    search_seldom()
    words = list(sys.argv[1:] if arguments is None else arguments)
    sys.exit(_status(words))


def _status(words: list[str]) -> int:
    try:
        _command(words)(args=words, prog_name="hanlab")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ENVIRONMENT
    except UsageError as mistake:
        _told(words, mistake, *mistake.problems)
        return USAGE
    except LabError as fault:
        _told(words, fault, f"hanlab: {fault}")
    except Exception as fault:  # noqa: BLE001 - the last catch: no person is shown a traceback
        told = f"{type(fault).__name__}: {fault}"
        _told(words, fault, f"hanlab has a mistake, {told} (hanlab {_DEBUG} ... shows where)")
    return ENVIRONMENT


def _command(words: Sequence[str]) -> typer.core.TyperGroup:
    command = typer.main.get_group(application(words))
    keep_examples(command)
    return command


def application(words: Sequence[str]) -> typer.Typer:
    """The command line with the commands that `words` may need.

    Only the command that is named is loaded, or every one when none is, for the help.
    """
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    known = names("hanlab.commands")
    named = next((word for word in words if not word.startswith("-")), None)
    for name in (named,) if named in known else known:
        _add(app, name)
    return app


def _add(app: typer.Typer, name: str) -> None:
    try:
        command = load("hanlab.commands", name)
    except EnvironmentFault as fault:
        typer.echo(f"hanlab: {fault}", err=True)
        return
    if isinstance(command, typer.Typer):
        app.add_typer(command, name=name)
    else:
        app.command(name)(command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"hanlab {version('hanlab')}")
        raise typer.Exit


def _root(
    debug: Annotated[bool, typer.Option(_DEBUG, help="Show where an error came from.")] = False,
    show_version: Annotated[
        bool,
        typer.Option(
            "--version", help="Show the version and leave.", is_eager=True, callback=_version
        ),
    ] = False,
) -> None:
    """Emulator and test bench for Great Britain's smart-metering Home Area Network.

    Examples:
      hanlab list scenarios
      hanlab run commissioning/dual_fuel
      hanlab run join_every_device --devices shipment.csv
      hanlab install-code check 83FED3407A932B70
      hanlab doctor

    Exit status: 0 pass, 1 fail, 2 bad input found before anything started, 3 environment or our
    own error, 4 inconclusive, 130 stopped by Ctrl-C.
    """


def _told(words: Sequence[str], fault: BaseException, *lines: str) -> None:
    """Tell the lines of a fault on stderr."""
    if _DEBUG in words:
        typer.echo("".join(traceback.format_exception(fault)), err=True)
    for line in lines:
        typer.echo(line, err=True)
