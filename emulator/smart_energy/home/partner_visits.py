"""What a device does once it shares a key with a partner of its home: it reads what that serves.

Where the partner is it asks everybody (R22 2.4.3.1.1), unless it knows; after a pause in which the
partner comes to its key too.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant, later
from emulator.smart_energy.primitives import PartnerLinked, Reading, StartInterview
from emulator.smart_energy.settings import InterviewSettings
from emulator.zigbee.address_map import AddressLookup
from emulator.zigbee.addresses import BROADCAST_RX_ON
from emulator.zigbee.nwk.primitives import NlmeSetAddressMapRequest
from emulator.zigbee.zdo.discovery_frames import NwkAddrReq, NwkAddrRsp
from emulator.zigbee.zdo.primitives import ZdpConfirm, ZdpRequest


class PartnerVisits:
    """Starts an interview of every new partner.

    Args:
        readings: what is read there; nothing: no partner is visited.
    """

    accepts: ClassVar[tuple[type, ...]] = (PartnerLinked, ZdpConfirm)

    def __init__(
        self,
        readings: tuple[Reading, ...],
        settings: InterviewSettings,
        addresses: AddressLookup,
        handles: Iterator[int],
    ) -> None:
        self._readings = readings
        self._settings = settings
        self._addresses = addresses
        self._handles = handles
        self._due: dict[Eui64, Instant] = {}
        self._tries: dict[Eui64, int] = {}
        self._asked: dict[int, Eui64] = {}

    @property
    def deadline(self) -> Instant | None:
        """When the next partner is visited."""
        return min(self._due.values(), default=None)

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of `event`."""
        if isinstance(event, PartnerLinked):
            if self._readings:
                self._tries[event.partner] = self._settings.tries
                self._due[event.partner] = later(now, self._settings.pause)
            return ()
        partner = self._asked.pop(event.handle, None)
        return () if partner is None else self._answered(partner, event, now)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Visit the partners that are due, or ask where they are."""
        due = [partner for partner, when in self._due.items() if when <= now]
        return [self._visit(partner) for partner in due]

    def _visit(self, partner: Eui64) -> StartInterview | ZdpRequest:
        del self._due[partner]
        address = self._addresses.address_of(partner)
        if address is not None:
            return StartInterview(partner, address, self._readings)
        handle = next(self._handles)
        self._asked[handle] = partner
        return ZdpRequest(handle, BROADCAST_RX_ON, NwkAddrReq(partner))

    def _answered(self, partner: Eui64, event: ZdpConfirm, now: Instant) -> Sequence[Any]:
        found = event.response
        if isinstance(found, NwkAddrRsp) and found.eui64 == partner:
            known = NlmeSetAddressMapRequest(partner, found.address)
            return (known, StartInterview(partner, found.address, self._readings))
        self._tries[partner] -= 1
        if self._tries[partner] > 0:
            self._due[partner] = later(now, self._settings.pause)
        return ()
