"""The prompt of `hanlab up`: line after line, of a person or of a script.

A person who mistypes is told; in a script a line that is wrong ends everything, so that what
follows does not go on without it.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final, TextIO

from rich.text import Text

from emulator.kernel.errors import LabError, UsageError
from emulator.lab.interactive.prompt_commands import COMMANDS
from emulator.lab.interactive.prompt_words import split_line
from emulator.lab.interactive.session import Session

PROMPT: Final = "hanlab> "
BAD_INPUT: Final = 2


def talk(session: Session, source: TextIO) -> int:
    """Do what every line says, until there are no more; the exit status.

    Args:
        session: the home.
        source: where lines come from; a terminal is shown a prompt.
    """
    person = source.isatty()
    for line in _typed(session) if person else source:
        if not person and line.strip():
            session.console.print(Text(f"{PROMPT}{line.strip()}", "dim"), soft_wrap=True)
        if not obey(session, line) and not person:
            return BAD_INPUT
        if session.over:
            break
    return session.status


def obey(session: Session, line: str) -> bool:
    """Do what one line says; whether it was right."""
    try:
        words = split_line(line)
        if words:
            _command(session, words)
    except UsageError as refusal:
        for problem in refusal.problems:
            session.console.print(Text(problem, "red"), soft_wrap=True)
        return False
    except LabError as fault:
        session.console.print(Text(str(fault), "red"), soft_wrap=True)
        session.status = 1
    return True


def _command(session: Session, words: tuple[str, ...]) -> None:
    command = COMMANDS.get(words[0])
    if command is None:
        alike = get_close_matches(words[0], COMMANDS, 1)
        told = f"; did you mean {alike[0]}?" if alike else ""
        known = ", ".join(COMMANDS)
        raise UsageError(f"no command is called {words[0]!r}{told}: expected one of {known}")
    command.run(session, words[1:])


def _typed(session: Session) -> Iterator[str]:
    """What a person types; Ctrl-C clears the line, Ctrl-D ends."""
    import readline  # noqa: F401, PLC0415 - gives `input` history and editing, only where a person types

    while True:
        try:
            yield input(PROMPT)
        except KeyboardInterrupt:
            session.console.print()
        except EOFError:
            session.console.print()
            return
