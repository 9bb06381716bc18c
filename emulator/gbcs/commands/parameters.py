"""From the parameters of a service request to the values of its command (DUIS 5.4).

Parameters are those of the request's body by their DUIS names, nested as there or flat; a value of
the command may also be given by its own name. An element that repeats is a list; one that has
attributes is its parts and those, with its text as `value`. What a request leaves to the DCC, such
as types of devices, is not filled in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from emulator.gbcs.commands.build import value_names
from emulator.gbcs.commands.heading import Activation, Execution
from emulator.gbcs.commands.parameter_groups import flat_parameters, grouped_values, moment_of
from emulator.gbcs.commands.parameter_names import chooses, value_name, value_written
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.errors import UsageError

_EXECUTION: Final = "ExecutionDateTime"
_CANCELLATION_YEAR: Final = 3000
"""Execution dates of this year cancel (published DUIS request templates)."""


@dataclass(frozen=True, slots=True)
class ParameterValues:
    """What a request says of its command.

    Args:
        values: by the names of the command's values.
        execution: when what can wait is to be done.
    """

    values: Mapping[str, object]
    execution: Execution = Activation.NOW


def parameter_values(use_case: UseCase, parameters: Mapping[str, object]) -> ParameterValues:
    """The values of a command of this use case, from the parameters of a service request.

    Raises:
        UsageError: when a parameter has no place in the command, or is not what it has to be.
    """
    holes = frozenset(hole.name for hole in value_names(use_case))
    flat = flat_parameters(parameters)
    grouped = grouped_values(flat, use_case)
    made = {name: value for name, value in grouped.items() if name in holes}
    for parameter, value in flat.items():
        name = parameter if parameter in holes else None
        if name is None and not chooses(parameter, holes):
            name = value_name(parameter, holes)
            if name is None and not isinstance(value, Mapping):
                raise UsageError(f"{use_case}: parameter {parameter} has no place in the command")
        if name is not None:
            made[name] = value_written(parameter, value)
    return ParameterValues(made, _execution(flat))


def _execution(flat: Mapping[str, object]) -> Execution:
    if _EXECUTION not in flat:
        return Activation.NOW
    at = moment_of(flat, _EXECUTION)
    return Activation.NEVER if at.year >= _CANCELLATION_YEAR else at
