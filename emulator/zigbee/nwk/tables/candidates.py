"""Routers heard while scanning: networks to choose from and parents to join (R22 3.6.1.4)."""

from dataclasses import dataclass

from emulator.kernel.errors import WireError
from emulator.radio.port import Channel
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.mac.primitives import MlmeBeaconNotifyIndication
from emulator.zigbee.nwk.frames import ZIGBEE_PRO, BeaconPayload
from emulator.zigbee.nwk.primitives import NetworkDescriptor


@dataclass(frozen=True, slots=True)
class Candidate:
    """A router or coordinator as its beacon showed it."""

    channel: Channel
    pan_id: PanId
    address: NwkAddress
    permit_joining: bool
    beacon: BeaconPayload
    lqi: int

    def has_capacity(self, *, router: bool) -> bool:
        """Whether it takes one more child of our kind."""
        return self.beacon.router_capacity if router else self.beacon.end_device_capacity


class Candidates:
    """The beacons of the last scan, the latest of each sender."""

    def __init__(self) -> None:
        self._heard: dict[tuple[Channel, PanId, NwkAddress], Candidate] = {}

    def clear(self) -> None:
        """Forget the last scan."""
        self._heard.clear()

    def hear(self, beacon: MlmeBeaconNotifyIndication) -> MalformedFrame | FrameDropped | None:
        """Keep a beacon, or say why it is none of a Zigbee PRO network."""
        try:
            payload = BeaconPayload.decode(beacon.payload)
        except WireError as fault:
            return MalformedFrame("nwk", str(fault), beacon.payload)
        if payload.protocol_id != 0 or payload.stack_profile != ZIGBEE_PRO:
            return FrameDropped("nwk", "beacon of another protocol (R22 3.6.7)", beacon.source)
        self._heard[beacon.channel, beacon.pan_id, beacon.source] = Candidate(
            beacon.channel,
            beacon.pan_id,
            beacon.source,
            beacon.association_permit,
            payload,
            beacon.lqi,
        )
        return None

    def pan_ids(self) -> frozenset[PanId]:
        """Every PAN identifier in use."""
        return frozenset(each.pan_id for each in self._heard.values())

    def networks_on(self, channel: Channel) -> int:
        """How many networks use a channel."""
        return len({each.pan_id for each in self._heard.values() if each.channel == channel})

    def networks(self) -> tuple[NetworkDescriptor, ...]:
        """One descriptor for each network, by channel, then the best heard first."""
        best: dict[ExtendedPanId, Candidate] = {}
        admitting: set[ExtendedPanId] = set()
        for each in self._heard.values():
            network = each.beacon.extended_pan_id
            if each.permit_joining:
                admitting.add(network)
            if network not in best or _rank(each) < _rank(best[network]):
                best[network] = each
        found = sorted(best.values(), key=lambda each: (each.channel, -each.lqi, each.pan_id))
        return tuple(
            _descriptor(each, permit=each.beacon.extended_pan_id in admitting) for each in found
        )

    def parents(
        self, network: ExtendedPanId, *, router: bool, joining: bool
    ) -> tuple[Candidate, ...]:
        """Who could be our parent, best first (R22 3.6.1.4.1.1, 3.6.1.4.2.1).

        Args:
            network: the network we want.
            router: whether we join as a router.
            joining: whether we need a parent that admits associations.
        """
        fit = [
            each
            for each in self._heard.values()
            if each.beacon.extended_pan_id == network
            and each.has_capacity(router=router)
            and (each.permit_joining or not joining)
        ]
        return tuple(sorted(fit, key=_rank))


def _rank(candidate: Candidate) -> tuple[int, int, int, int]:
    """The most recent update id first, then the better link, then the smaller depth."""
    beacon = candidate.beacon
    return (-beacon.update_id, -candidate.lqi, beacon.depth, candidate.address)


def _descriptor(best: Candidate, *, permit: bool) -> NetworkDescriptor:
    beacon = best.beacon
    return NetworkDescriptor(
        extended_pan_id=beacon.extended_pan_id,
        pan_id=best.pan_id,
        channel=best.channel,
        permit_joining=permit,
        router_capacity=beacon.router_capacity,
        end_device_capacity=beacon.end_device_capacity,
        update_id=beacon.update_id,
        stack_profile=beacon.stack_profile,
        parent=best.address,
        depth=beacon.depth,
        lqi=best.lqi,
    )
