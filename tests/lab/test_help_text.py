from collections.abc import Iterator

import typer
from typer.core import TyperGroup

from emulator.lab.cli import application
from emulator.lab.help_text import help_text, keep_examples


def _helps(command: object, *words: str) -> Iterator[tuple[str, str]]:
    """Every command that does something, and its help."""
    if isinstance(command, TyperGroup):
        for name, each in command.commands.items():
            yield from _helps(each, *words, name)
    else:
        yield " ".join(words), str(getattr(command, "help", ""))


def test_every_command_shows_examples_on_lines_of_their_own() -> None:
    command = typer.main.get_group(application(()))
    keep_examples(command)
    helps = dict(_helps(command))

    assert len(helps) > 30
    assert [name for name, told in helps.items() if "\b\nExample" not in told] == []


def test_prose_is_left_to_be_filled_and_examples_keep_their_lines() -> None:
    docstring = """One line.

    Prose over
    two lines.

    Examples:
      hanlab doctor
    """

    assert help_text(docstring) == (
        "One line.\n\nProse over\ntwo lines.\n\n\b\nExamples:\n  hanlab doctor"
    )


def test_command_without_a_docstring_has_no_help() -> None:
    assert help_text(None) == ""
