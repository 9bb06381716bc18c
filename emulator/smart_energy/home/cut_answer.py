"""An answer that a supply cuts into several commands, put together (ZSE 1.4 D.4.2.4, Annex D).

Each of the commands tells its number, from 0, and how many there are; each lists some of the same
things, and is the others' like in all else. The first that comes ends the exchange; the others come
under the same transaction number, in any order.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from emulator.wire.struct import Struct
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.endpoint import ServedCommand, serve
from emulator.zcl.payloads.calendar import PublishDayProfile, PublishSeasons, PublishSpecialDays
from emulator.zcl.payloads.price import PublishBlockThresholds, PublishPriceMatrix
from emulator.zcl.primitives import Side

DISPLAY_COMMANDS: Final[tuple[ServedCommand, ...]] = (
    *serve(PRICE, Side.CLIENT, only=(0x05, 0x06), answered=False),
    *serve(CALENDAR, Side.CLIENT, only=(0x01, 0x03, 0x04), answered=False),
)
"""What an endpoint that asks for such answers takes."""
CutCommand = (
    PublishPriceMatrix
    | PublishBlockThresholds
    | PublishDayProfile
    | PublishSeasons
    | PublishSpecialDays
)
"""A command that may be one of several."""
_LISTS: Final[Mapping[type[CutCommand], str]] = MappingProxyType(
    {
        PublishPriceMatrix: "prices",
        PublishBlockThresholds: "groups",
        PublishDayProfile: "entries",
        PublishSeasons: "seasons",
        PublishSpecialDays: "special_days",
    }
)
"""By answer: the field of which each command has some."""


class CutAnswer:
    """The commands of one answer, as they come.

    Args:
        first: the one that came first.
    """

    def __init__(self, first: CutCommand) -> None:
        self._of = type(first)
        self._like = _without_part(first)
        self._parts = {first.command_index: first}

    def take(self, part: CutCommand) -> None:
        """Hold a command; one of another answer changes nothing."""
        if isinstance(part, self._of) and _without_part(part) == self._like:
            self._parts[part.command_index] = part

    @property
    def whole(self) -> CutCommand | None:
        """All of them as one command; None while some are missing."""
        wanted = range(self._like.total_number_of_commands)
        if any(each not in self._parts for each in wanted):
            return None
        listed = _LISTS[self._of]
        things = (thing for each in wanted for thing in getattr(self._parts[each], listed))
        together: dict[str, Any] = {listed: tuple(things), "total_number_of_commands": 1}
        return replace(self._like, **together)


def one_of_several(told: Struct | None) -> CutCommand | None:
    """A command that is one of several which make an answer; None for any other."""
    if isinstance(told, CutCommand) and told.total_number_of_commands > 1:
        return told
    return None


def _without_part(told: CutCommand) -> CutCommand:
    """What each command of an answer says alike."""
    part: dict[str, Any] = {_LISTS[type(told)]: (), "command_index": 0}
    return replace(told, **part)
