"""The network of a dongle as the bottom of a hub's own machines, in place of MAC to APS."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.errors import PeerError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.zigbee.addresses import (
    BROADCAST_RX_ON,
    COORDINATOR,
    ZDO_ENDPOINT,
    ClusterId,
    Endpoint,
    NwkAddress,
    ProfileId,
)
from emulator.zigbee.aps.duplicate_table import DuplicateTable
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataIndication,
    ApsdeDataRequest,
    ApsmeSetLinkKeyRequest,
    ApsSecurity,
    ApsStatus,
    KeyOrigin,
)
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.zdo.frames import RESPONSE

LONGEST_MESSAGE: Final = 1_500
"""Octets of a message; what does not fit one frame goes in blocks, which the other process cuts."""

Tell = Callable[..., None]
"""Sends one line to the zigpy process."""


class FarStack:
    """Turns requests to APS into lines for the zigpy process, and its lines into indications.

    Args:
        tell: sends one line.
    """

    accepts: ClassVar[tuple[type, ...]] = (ApsdeDataRequest, ApsmeSetLinkKeyRequest)
    deadline: Instant | None = None

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._devices: dict[NwkAddress, Eui64] = {}
        self._under_way: dict[int, NwkAddress] = {}
        self._duplicates = DuplicateTable(ApsSettings().duplicate_timeout)

    def wake(self, _now: Instant) -> Sequence[object]:
        """Nothing is ever due."""
        return ()

    def handle(self, event: Any, _now: Instant) -> Sequence[object]:
        """Effects of a request from above."""
        if isinstance(event, ApsmeSetLinkKeyRequest):
            if event.key is not None:
                self._tell(do="link_key", eui64=f"{event.eui64:016x}", key=event.key.hex())
            return ()
        if len(event.asdu) > LONGEST_MESSAGE:
            return (ApsdeDataConfirm(event.handle, event.destination, ApsStatus.ASDU_TOO_LONG),)
        self._under_way[event.handle] = event.destination
        self._tell(
            do="send",
            handle=event.handle,
            address=event.destination,
            profile=event.profile,
            cluster=event.cluster,
            source_endpoint=event.source_endpoint,
            endpoint=event.destination_endpoint,
            asdu=event.asdu.hex(),
            ack=event.ack,
            link_key=event.link_key,
        )
        return ()

    def address_of(self, eui64: Eui64) -> NwkAddress | None:
        """Where a device is that joined."""
        found = (address for address, owner in self._devices.items() if owner == eui64)
        return next(found, None)

    def joined(self, event: Mapping[str, Any]) -> Eui64:
        """Keep where a device is.

        Raises:
            PeerError: when the event is none of the declared form.
        """
        try:
            eui64, address = Eui64(int(event["eui64"], 16)), NwkAddress(int(event["address"]))
        except (KeyError, TypeError, ValueError) as fault:
            raise PeerError(f"no joiner: {event}") from fault
        for former in [each for each, owner in self._devices.items() if owner == eui64]:
            del self._devices[former]
        self._devices[address] = eui64
        return eui64

    def sent(self, event: Mapping[str, Any], _now: Instant) -> Sequence[ApsdeDataConfirm]:
        """How the sending of a message ended."""
        destination = self._under_way.pop(event.get("handle", -1), None)
        if destination is None:
            return ()
        status = ApsStatus.NO_ACK if event.get("reason") else ApsStatus.SUCCESS
        return (ApsdeDataConfirm(event["handle"], destination, status),)

    def message(self, event: Mapping[str, Any], now: Instant) -> Sequence[ApsdeDataIndication]:
        """A message came; what the dongle answers itself, requests to its ZDO, is left out.

        After it has formed a network, bellows gives every message twice.

        Raises:
            PeerError: when the event is none of the declared form.
        """
        try:
            source, endpoint = NwkAddress(event["source"]), Endpoint(event["endpoint"])
            cluster, link_key = event["cluster"], event["link_key"]
            if endpoint == ZDO_ENDPOINT and not cluster & RESPONSE:
                return ()
            if self._duplicates.seen(source, event["counter"], now):
                return ()
            return (
                ApsdeDataIndication(
                    source=source,
                    source_eui64=self._devices.get(source),
                    source_endpoint=Endpoint(event["source_endpoint"]),
                    destination=BROADCAST_RX_ON if event["broadcast"] else COORDINATOR,
                    destination_endpoint=endpoint,
                    profile=ProfileId(event["profile"]),
                    cluster=ClusterId(cluster),
                    asdu=bytes.fromhex(event["asdu"]),
                    security=ApsSecurity.LINK_KEY if link_key else ApsSecurity.NWK_KEY,
                    key_origin=KeyOrigin.CBKE if link_key else None,
                    counter=event["counter"],
                    lqi=event["lqi"],
                    rssi=event["rssi"],
                ),
            )
        except (KeyError, TypeError, ValueError) as fault:
            raise PeerError(f"no message: {event}") from fault
