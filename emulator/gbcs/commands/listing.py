"""The values of commands as rows of a listing."""

from emulator.gbcs.commands.build import value_names
from emulator.gbcs.commands.template import REQUIRED, Hole
from emulator.gbcs.commands.values import described
from emulator.gbcs.use_cases.record import UseCase


def value_rows(use_case: UseCase) -> list[dict[str, object]]:
    """The values that a command of the use case takes: name, kind, default, unit and clause.

    Those of a list element stand after the list, with its name and a dot before their own.

    Raises:
        UsageError: when no command can be made of the use case.
    """
    return [row for hole in value_names(use_case) for row in _rows(hole, "")]


def _rows(hole: Hole, place: str) -> list[dict[str, object]]:
    name = f"{place}{hole.name}".removesuffix(".")
    row = {
        "name": name,
        "expected": described(hole).removeprefix("expected "),
        "required": hole.required,
        "default": None if hole.default is REQUIRED else hole.default,
        "clause": hole.clause,
    }
    return [row, *(inner for each in hole.of if each.name for inner in _rows(each, f"{name}."))]
