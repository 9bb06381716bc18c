"""Procedures that take several steps: a state, and one literal table of what may happen in it."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar

from emulator.zigbee.nwk.facts import UnexpectedEvent
from emulator.zigbee.nwk.state import Effects

State = TypeVar("State", bound=Enum)

Table = Mapping[tuple[State, type], tuple[State, Callable[..., Effects]]]
"""(state, event type) -> (next state, action); an action may itself move on to another state."""


def unexpected(procedure: str, state: Enum, event: object) -> Effects:
    """The fact for a pair that the table does not list."""
    return [UnexpectedEvent(procedure, state.name, type(event).__name__)]
