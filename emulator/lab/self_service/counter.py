"""Hands what people want to the laboratory's loop, and brings back what came of it."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from emulator.kernel.errors import LabError, UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.self_service.orders import Order
from emulator.lab.self_service.portal import Document, Portal, Refusal
from emulator.lab.workbench.loop import Loop

Result = TypeVar("Result")
_BUSY_AFTER: Final = 30.0
BAD_REQUEST, UNAVAILABLE = 400, 503


class Counter:
    """Where people stand in front of the interface.

    Args:
        loop: of the laboratory.
        portal: is asked there; made before anybody asks.
    """

    def __init__(self, loop: Loop, portal: Portal) -> None:
        self._loop = loop
        self.regime: Final = portal.regime.name
        self.parties: Final = portal.parties()
        self._portal = portal

    async def look(self, work: Callable[[Portal], Result]) -> Result:
        """What `work` finds in the loop.

        Raises:
            LabError: when the laboratory is closed.
            TimeoutError: when it is busy for too long.
        """
        future = self._loop.call(lambda: work(self._portal))
        return await asyncio.wait_for(asyncio.wrap_future(future), _BUSY_AFTER)

    async def carry_out(self, who: Eui64, order: Order) -> Document | Refusal:
        """What comes of an order; a mistake in it is a refusal, too."""
        try:
            return await self.look(lambda portal: order(portal, who))
        except UsageError as mistake:
            return Refusal(BAD_REQUEST, str(mistake))
        except (LabError, TimeoutError) as fault:
            return Refusal(UNAVAILABLE, str(fault) or "the laboratory is busy")
