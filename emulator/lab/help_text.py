"""Help texts from docstrings: prose is filled to the terminal, examples keep their lines."""

from inspect import cleandoc
from typing import Final

_KEEP_LINES: Final = "\b\n"
"""What tells typer to leave the lines of a paragraph as they are."""


def help_text(docstring: str | None) -> str:
    """The help of a command whose docstring this is.

    A paragraph that has an indented line keeps its lines.
    """
    paragraphs = cleandoc(docstring or "").split("\n\n")
    return "\n\n".join(f"{_KEEP_LINES}{text}" if "\n " in text else text for text in paragraphs)
