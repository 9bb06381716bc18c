"""A load control switch finds its meter and asks to be controlled (GBCS HECS01; ZSE 1.4 D.2.3.3.2).

It asks once it shares a key with a partner, and again when it gets power back or an event ended
and no other took its place; until a meter answers, it goes on asking.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later
from emulator.smart_energy.primitives import PartnerLinked, RequestControl, UnlinkPartner
from emulator.smart_energy.settings import LoadControlSettings
from emulator.zcl.clusters.demand_response import DEMAND_RESPONSE_AND_LOAD_CONTROL, ToServer
from emulator.zcl.payloads.demand_response import GetScheduledEvents
from emulator.zcl.primitives import Outcome, ZclAddress, ZclCommandConfirm, ZclCommandRequest
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.addresses import BROADCAST_RX_ON, SMART_ENERGY_PROFILE, Endpoint
from emulator.zigbee.nwk.primitives import NlmeSetAddressMapRequest
from emulator.zigbee.zdo.discovery_frames import (
    MatchDescReq,
    MatchDescRsp,
    NwkAddrReq,
    NwkAddrRsp,
)
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest

Effects = Sequence[Any]

_THE_ACTIVE_ONE: Final = GetScheduledEvents(start_time=0, number_of_events=1)
"""A switch takes one event, which is active (GBCS of November 2014, Table 18.1.1.3)."""


class ControlRequester:
    """Looks for the server of load control at one partner, the last that a key was shared with.

    Args:
        endpoint: ours, with the client side.
        settings: when to ask, and when again.
        addresses: where partners are.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        PartnerLinked,
        UnlinkPartner,
        RequestControl,
        ZdpConfirm,
        ZclCommandConfirm,
    )

    def __init__(
        self,
        endpoint: Endpoint,
        settings: LoadControlSettings,
        addresses: AddressLookup,
        handles: Iterator[int],
    ) -> None:
        self._endpoint = endpoint
        self._settings = settings
        self._addresses = addresses
        self._handles = handles
        self._meter: Eui64 | None = None
        self._server: Endpoint | None = None
        self._asked: int | None = None
        self.deadline: Instant | None = None

    def handle(self, event: Any, now: Instant) -> Effects:
        """Effects of `event`; answers to what others asked change nothing."""
        match event:
            case PartnerLinked(partner):
                self._meter, self._server, self._asked = partner, None, None
                self.deadline = later(now, self._settings.first)
            case UnlinkPartner(partner) if partner == self._meter:
                self._meter, self._server, self._asked, self.deadline = None, None, None, None
            case RequestControl():
                self.deadline = None if self._meter is None else now
            case ZdpConfirm() if event.handle == self._asked:
                return self._found(event, now)
            case ZclCommandConfirm() if event.handle == self._asked:
                self._asked = None
                if event.outcome is Outcome.ANSWERED:
                    self.deadline = None
                else:
                    self._server = None
            case _:
                pass
        return ()

    def wake(self, now: Instant) -> Effects:
        """Ask what is to be known next."""
        return () if self.deadline is None or now < self.deadline else self._ask(now)

    def _ask(self, now: Instant) -> Effects:
        if self._meter is None:
            return ()
        self.deadline = later(now, self._settings.retry)
        handle = self._asked = next(self._handles)
        address = self._addresses.address_of(self._meter)
        if address is None:
            return (ZdpRequest(handle, BROADCAST_RX_ON, NwkAddrReq(self._meter)),)
        served = DEMAND_RESPONSE_AND_LOAD_CONTROL.id
        if self._server is None:
            wanted = MatchDescReq(address, SMART_ENERGY_PROFILE, (served,), ())
            return (ZdpRequest(handle, address, wanted),)
        return (
            ZclCommandRequest(
                handle,
                ZclAddress(address, self._server),
                self._endpoint,
                served,
                ToServer.GET_SCHEDULED_EVENTS,
                _THE_ACTIVE_ONE.encode(),
                expects_answer=True,
                own_answer=False,
            ),
        )

    def _found(self, event: ZdpConfirm, now: Instant) -> Effects:
        """Go on with what was found; where nothing was, ask again when that is due."""
        self._asked = None
        match event.response:
            case NwkAddrRsp(eui64=eui64, address=address) if eui64 == self._meter:
                known = NlmeSetAddressMapRequest(eui64, address)
                self.deadline = now
                return (known,)
            case MatchDescRsp(endpoints=(first, *_)):
                self._server = Endpoint(first)
                return self._ask(now)
            case _:
                return ()

    def snapshot(self) -> dict[str, Any]:
        """Who its meter is, as JSON knows it."""
        return {"meter": self._meter}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Ask that meter again, as the power was away."""
        self._meter = None if state["meter"] is None else Eui64(state["meter"])
        self.deadline = None if self._meter is None else Instant(0)
