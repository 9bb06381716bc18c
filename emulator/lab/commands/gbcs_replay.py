"""`hanlab gbcs replay`: the reference commands, answered by emulated devices."""

from pathlib import Path
from typing import Annotated, Final

import typer

from emulator.lab.commands.common_options import AsJson

_RTDS: Final = typer.Option(
    "--rtds",
    help="Folder of the Reference Test Data Set, with messages and keystore.",
    show_default=False,
)


def replay(rtds: Annotated[Path | None, _RTDS] = None, as_json: AsJson = False) -> None:
    """Give every reference command to an emulated device and compare its answer.

    Answers are told apart by what they prove: actions and updates; reads that other commands had
    set, that other answers had told, or that only their own answer tells; injected errors. Exit
    status 1 when an answer differs, but for those that nobody can give again.

    Examples:
      hanlab gbcs replay --rtds rtds
      hanlab gbcs replay --rtds rtds --json | jq .classes
    """
    from emulator.kernel.errors import UsageError  # noqa: PLC0415 - help must not wait
    from emulator.lab.messages.reference_replay import replay_reference  # noqa: PLC0415 - help must not wait

    if rtds is None:
        raise UsageError("no --rtds: give the folder of the Reference Test Data Set")
    raise typer.Exit(replay_reference(rtds, as_json=as_json))
