"""Forming a network: the quietest channel, a free PAN identifier (R22 3.6.1.1)."""

from enum import Enum
from typing import ClassVar, Final

from emulator.kernel.units import Instant
from emulator.radio.bands import Band, band_of
from emulator.radio.port import Channel
from emulator.zigbee.addresses import COORDINATOR, ExtendedPanId, PanId
from emulator.zigbee.mac.primitives import (
    CapabilityInformation,
    MacStatus,
    MlmeBeaconNotifyIndication,
    MlmeScanConfirm,
    MlmeScanRequest,
    ScanKind,
)
from emulator.zigbee.nwk.facts import NetworkFormed, SecondInterfaceStarted
from emulator.zigbee.nwk.membership.procedure import Table, unexpected
from emulator.zigbee.nwk.primitives import (
    NlmeNetworkFormationConfirm,
    NlmeNetworkFormationRequest,
    NwkStatus,
)
from emulator.zigbee.nwk.state import Effects, NwkState

HIGHEST_PAN_ID: Final = 0x3FFF
"""The highest PAN identifier to form a network with (R22 3.2.2.5.3)."""


def _by_band(channels: tuple[Channel, ...]) -> list[list[Channel]]:
    """The channels of each band, that at 2.4 GHz first."""
    parts = [[each for each in channels if band_of(each) is band] for band in Band]
    return [part for part in parts if part]


class FormationState(Enum):
    """Where formation stands."""

    IDLE = "idle"
    MEASURING = "measuring energy"
    LISTENING = "listening for beacons"


FormationEvent = NlmeNetworkFormationRequest | MlmeScanConfirm | MlmeBeaconNotifyIndication


class Formation:
    """Energy scan, active scan, then the network; the facade starts what must run on it."""

    def __init__(self, state: NwkState) -> None:
        self.state = FormationState.IDLE
        self._nwk = state
        self._request: NlmeNetworkFormationRequest | None = None
        self._energies: dict[Channel, int] = {}

    @property
    def scanning(self) -> bool:
        """Whether scan confirms and beacons are meant for us."""
        return self.state is not FormationState.IDLE

    def clear(self) -> None:
        """Give up, without a word."""
        self.state = FormationState.IDLE

    def handle(self, event: FormationEvent, now: Instant) -> Effects:
        """Apply the table."""
        rule = self.table.get((self.state, type(event)))
        if rule is None:
            return unexpected("formation", self.state, event)
        self.state, action = rule
        return action(self, event, now)

    def _measure(self, request: NlmeNetworkFormationRequest, _now: Instant) -> Effects:
        if not self._nwk.nib.is_coordinator or not request.channels:
            self.state = FormationState.IDLE
            return [NlmeNetworkFormationConfirm(NwkStatus.INVALID_REQUEST)]
        self._request = request
        self._energies = {}
        self._nwk.candidates.clear()
        return [MlmeScanRequest(ScanKind.ENERGY, request.channels, request.duration)]

    def _listen(self, confirm: MlmeScanConfirm, _now: Instant) -> Effects:
        request = self._request
        if request is None or confirm.status is not MacStatus.SUCCESS:
            return self._fail()
        self._energies = dict(confirm.energies)
        return [MlmeScanRequest(ScanKind.ACTIVE, request.channels, request.duration)]

    def _hear(self, beacon: MlmeBeaconNotifyIndication, _now: Instant) -> Effects:
        fact = self._nwk.candidates.hear(beacon)
        return [] if fact is None else [fact]

    def _form(self, confirm: MlmeScanConfirm, _now: Instant) -> Effects:
        request = self._request
        if request is None or confirm.status not in (MacStatus.SUCCESS, MacStatus.NO_BEACON):
            return self._fail()
        nib = self._nwk.nib
        channel, *others = (min(each, key=self._noise) for each in _by_band(request.channels))
        pan_id = self._free_pan_id() if request.pan_id is None else request.pan_id
        nib.leave()
        nib.channel = channel
        nib.second_channel = others[0] if others else None
        nib.pan_id = pan_id
        nib.extended_pan_id = request.extended_pan_id or ExtendedPanId(nib.eui64)
        nib.nwk_address = COORDINATOR
        nib.capability = CapabilityInformation(alternate_coordinator=True)
        nib.joined = nib.routing = True
        nib.authenticated = self._nwk.keys.active is not None
        return [
            NetworkFormed(channel, pan_id, nib.extended_pan_id),
            *(SecondInterfaceStarted(other) for other in others),
            NlmeNetworkFormationConfirm(NwkStatus.SUCCESS, channel, pan_id, nib.extended_pan_id),
        ]

    def _fail(self) -> Effects:
        self.state = FormationState.IDLE
        return [NlmeNetworkFormationConfirm(NwkStatus.STARTUP_FAILURE)]

    def _noise(self, channel: Channel) -> tuple[int, int, Channel]:
        """Fewest networks first, then least energy (R22 3.2.2.5.3)."""
        networks = self._nwk.candidates.networks_on(channel)
        return (networks, self._energies.get(channel, 0), channel)

    def _free_pan_id(self) -> PanId:
        taken = self._nwk.candidates.pan_ids()
        while True:
            pan_id = PanId(self._nwk.stream.integer(1, HIGHEST_PAN_ID))
            if pan_id not in taken:
                return pan_id

    table: ClassVar[Table[FormationState]] = {
        (FormationState.IDLE, NlmeNetworkFormationRequest): (FormationState.MEASURING, _measure),
        (FormationState.MEASURING, MlmeScanConfirm): (FormationState.LISTENING, _listen),
        (FormationState.LISTENING, MlmeBeaconNotifyIndication): (FormationState.LISTENING, _hear),
        (FormationState.LISTENING, MlmeScanConfirm): (FormationState.IDLE, _form),
    }
