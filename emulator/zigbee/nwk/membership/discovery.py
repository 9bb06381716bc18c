"""Network discovery: an active scan, and what it heard (R22 3.6.1.3)."""

from enum import Enum
from typing import ClassVar

from emulator.kernel.units import Instant
from emulator.zigbee.mac.primitives import (
    MacStatus,
    MlmeBeaconNotifyIndication,
    MlmeScanConfirm,
    MlmeScanRequest,
    ScanKind,
)
from emulator.zigbee.nwk.membership.procedure import Table, unexpected
from emulator.zigbee.nwk.primitives import (
    NlmeNetworkDiscoveryConfirm,
    NlmeNetworkDiscoveryRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.state import Effects, NwkState


class DiscoveryState(Enum):
    """Where discovery stands."""

    IDLE = "idle"
    SCANNING = "scanning"


DiscoveryEvent = NlmeNetworkDiscoveryRequest | MlmeScanConfirm | MlmeBeaconNotifyIndication


class Discovery:
    """One active scan at a time."""

    def __init__(self, state: NwkState) -> None:
        self.state = DiscoveryState.IDLE
        self._nwk = state

    @property
    def scanning(self) -> bool:
        """Whether scan confirms and beacons are meant for us."""
        return self.state is DiscoveryState.SCANNING

    def clear(self) -> None:
        """Give up, without a word."""
        self.state = DiscoveryState.IDLE

    def handle(self, event: DiscoveryEvent, now: Instant) -> Effects:
        """Apply the table."""
        rule = self.table.get((self.state, type(event)))
        if rule is None:
            return unexpected("discovery", self.state, event)
        self.state, action = rule
        return action(self, event, now)

    def _scan(self, request: NlmeNetworkDiscoveryRequest, _now: Instant) -> Effects:
        self._nwk.candidates.clear()
        return [
            MlmeScanRequest(
                ScanKind.ACTIVE, request.channels, request.duration, permit_joining_only=True
            )
        ]

    def _hear(self, beacon: MlmeBeaconNotifyIndication, _now: Instant) -> Effects:
        fact = self._nwk.candidates.hear(beacon)
        return [] if fact is None else [fact]

    def _tell(self, confirm: MlmeScanConfirm, _now: Instant) -> Effects:
        networks = self._nwk.candidates.networks()
        if confirm.status in (MacStatus.SUCCESS, MacStatus.NO_BEACON):
            status = NwkStatus.SUCCESS if networks else NwkStatus.NO_NETWORKS
            return [NlmeNetworkDiscoveryConfirm(status, networks)]
        return [NlmeNetworkDiscoveryConfirm(NwkStatus(confirm.status), ())]

    table: ClassVar[Table[DiscoveryState]] = {
        (DiscoveryState.IDLE, NlmeNetworkDiscoveryRequest): (DiscoveryState.SCANNING, _scan),
        (DiscoveryState.SCANNING, MlmeBeaconNotifyIndication): (DiscoveryState.SCANNING, _hear),
        (DiscoveryState.SCANNING, MlmeScanConfirm): (DiscoveryState.IDLE, _tell),
    }
