"""The Self-Service Interface of a served DCC, put together."""

from collections.abc import Callable
from typing import Final

from starlette.routing import BaseRoute

from emulator.dcc.incidents.records import Regime
from emulator.lab.installing.installation import Installation
from emulator.lab.self_service.api import SsiApi
from emulator.lab.self_service.counter import Counter
from emulator.lab.self_service.outbox import Carrier, Outbox
from emulator.lab.self_service.pages import SsiPages
from emulator.lab.self_service.portal import Portal
from emulator.lab.workbench.loop import Loop
from emulator.lab.workbench.pages import Pages
from emulator.lab.workbench.visitors import Visitors

TEMPLATES: Final = "emulator.lab.self_service"


class SelfService:
    """Portal, outbox, and the loop that they live in.

    Args:
        work: the home whose DCC it is.
        regime: how install codes are asked for.
        carrier: takes e-mails away.
        say: told what could not be sent; from any thread.
    """

    def __init__(
        self, work: Installation, regime: Regime, carrier: Carrier, say: Callable[[str], None]
    ) -> None:
        self._portal = Portal(work, regime)
        self._outbox = Outbox(carrier, say)

    def routes(
        self, loop: Loop, pages: Pages, visitors: Visitors, address: str
    ) -> tuple[BaseRoute, ...]:
        """What it answers.

        Args:
            loop: of the laboratory.
            pages: to be rendered.
            visitors: whose forms are whose.
            address: of the server, which e-mails point to.
        """
        self._portal.send_mail(self._outbox.send, address)
        counter = Counter(loop, self._portal)
        people = SsiPages(counter, pages, visitors)
        return (*people.routes, *SsiApi(counter, visitors.sessions).routes)

    def close(self) -> None:
        """Send what waits."""
        self._outbox.close()
