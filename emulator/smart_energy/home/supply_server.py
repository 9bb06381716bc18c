"""What an energy service interface tells displays of price, message and calendar (ZSE 1.4 Annex D).

What there is to tell is looked up when somebody asks, so nothing told is older than the question.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Final, Protocol

from emulator.kernel.errors import WireError
from emulator.kernel.units import Calendar, Instant
from emulator.smart_energy.device import Applications, Boot
from emulator.smart_energy.tunnel.commands import answer, default_response
from emulator.wire.struct import Struct
from emulator.zcl.clusters.calendar import CALENDAR
from emulator.zcl.clusters.demand_response import DEMAND_RESPONSE_AND_LOAD_CONTROL
from emulator.zcl.clusters.messaging import MESSAGING
from emulator.zcl.clusters.price import PRICE
from emulator.zcl.endpoint import ServedCommand, serve
from emulator.zcl.payloads.home_requests import HOME_REQUESTS
from emulator.zcl.primitives import Side, ZclCommandIndication, ZclStatus
from emulator.zigbee.addresses import Endpoint

Effects = Sequence[Any]
Told = tuple[int, Struct]
"""A command to the client side, and what it carries."""

CLUSTERS: Final = (PRICE, MESSAGING, CALENDAR)
SUPPLY_COMMANDS: Final[tuple[ServedCommand, ...]] = tuple(
    command
    for cluster in CLUSTERS
    for command in serve(
        cluster,
        Side.SERVER,
        only=[number for (of, number) in HOME_REQUESTS if of == cluster.id],
    )
)
"""What an endpoint that tells of a supply takes."""
SUPPLY_CLUSTERS: Final = (
    PRICE.id,
    DEMAND_RESPONSE_AND_LOAD_CONTROL.id,
    MESSAGING.id,
    CALENDAR.id,
)
"""What every energy service interface of a home has at its server side, as its descriptor says."""


class Supply(Protocol):
    """What there is to tell of one supply, now."""

    def told(self, cluster: int, request: Struct, moment: int) -> Sequence[Told]:
        """The commands that answer a request; none where there is nothing to tell.

        Args:
            cluster: identifier.
            request: one of `HOME_REQUESTS`.
            moment: seconds since 2000, UTC.
        """
        ...


class SupplyServer:
    """Answers displays for one endpoint.

    Args:
        endpoint: with the server sides.
        supply: looks up what there is to tell.
        calendar: tells the time.
    """

    accepts: ClassVar[tuple[type, ...]] = (ZclCommandIndication,)
    deadline: Instant | None = None

    def __init__(
        self, endpoint: Endpoint, supply: Supply, calendar: Calendar, handles: Iterator[int]
    ) -> None:
        self._endpoint = endpoint
        self._supply = supply
        self._calendar = calendar
        self._handles = handles

    def handle(self, event: ZclCommandIndication, now: Instant) -> Effects:
        """The answer to a request; what is for others changes nothing."""
        request = HOME_REQUESTS.get((event.cluster, event.command))
        ours = event.endpoint == self._endpoint and event.to_side is Side.SERVER
        if request is None or not ours:
            return ()
        try:
            asked = request.decode(event.payload)
        except WireError:
            return default_response(next(self._handles), event, ZclStatus.MALFORMED_COMMAND)
        told = self._supply.told(event.cluster, asked, self._calendar.zigbee_time(now))
        if not told:
            return default_response(next(self._handles), event, ZclStatus.NOT_FOUND)
        return tuple(
            answer(next(self._handles), event, command, payload) for command, payload in told
        )

    def wake(self, now: Instant) -> Effects:  # noqa: ARG002 - the one shape of machines
        """Nothing is ever due."""
        return ()


def tells_of(endpoint: Endpoint, supply: Supply) -> Callable[[Boot], Applications]:
    """The application of a device that tells of a supply at an endpoint."""

    def fit(boot: Boot) -> Applications:
        calendar = boot.surroundings.calendar
        return Applications((SupplyServer(endpoint, supply, calendar, boot.handles),))

    return fit
