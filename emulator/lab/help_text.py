"""Help texts from docstrings: prose is filled to the terminal, examples keep their lines."""

from inspect import cleandoc
from typing import Final

from typer.core import TyperCommand, TyperGroup

_KEEP_LINES: Final = "\b\n"
"""What tells typer to leave the lines of a paragraph as they are."""


def keep_examples(command: object) -> None:
    """Give a command and all below it help whose examples keep their lines."""
    if isinstance(command, TyperCommand | TyperGroup):
        command.help = help_text(command.help)
    if isinstance(command, TyperGroup):
        for each in command.commands.values():
            keep_examples(each)


def help_text(docstring: str | None) -> str:
    """The help of a command whose docstring this is.

    A paragraph that has an indented line keeps its lines.
    """
    paragraphs = cleandoc(docstring or "").split("\n\n")
    return "\n\n".join(f"{_KEEP_LINES}{text}" if "\n " in text else text for text in paragraphs)
