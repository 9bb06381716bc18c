"""The commands by which a host forms, opens, measures and leaves a network."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from emulator.kernel.units import Instant, later, seconds
from emulator.radio.port import Channel
from emulator.radio.settings import ReceiverSettings
from emulator.smart_energy.stack import Stack
from emulator.zigbee.addresses import NO_NWK_ADDRESS, ExtendedPanId, PanId
from emulator.zigbee.aps.primitives import (
    ApsmeResetRequest,
    ApsmeSetLinkKeyRequest,
    ApsmeSetTrustCentreRequest,
    KeyOrigin,
)
from emulator.zigbee.nwk.primitives import (
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeNetworkDiscoveryConfirm,
    NlmeNetworkDiscoveryRequest,
    NlmeNetworkFormationConfirm,
    NlmeNetworkFormationRequest,
    NlmePermitJoiningRequest,
    NlmeResetRequest,
    NlmeSetKeyRequest,
    NwkStatus,
)
from hardware.ezsp.formats import (
    EnergyResult,
    Eui,
    Level,
    NetworkFound,
    NetworkParameters,
    Octet,
    OctetAndWord,
    ParametersAnswer,
    StartScan,
    TwoOctets,
    Word,
)
from hardware.ezsp.frames import Nothing
from hardware.ezsp.identifiers import (
    Command,
    EmberStatus,
    NetworkStatus,
    NodeType,
    ValueId,
)
from hardware.virtual.ezsp_part import HostCallback, NcpMemory, NcpSession, Reply, Servers

CHANNELS: Final = range(11, 27)
_FORMATION_DURATION: Final = 3
_LONGEST_SCAN: Final = 14
"""ScanDuration (IEEE 802.15.4-2006 7.1.11.1)."""
_ENERGY_SCAN: Final = 0
_EVERY_CHANNEL: Final = sum(1 << number for number in CHANNELS)
_ENERGY_STEPS: Final = 255


@dataclass(frozen=True, slots=True)
class RestoreCounter:
    """This part to itself, once the network key is installed: go on from the host's counter."""


@dataclass(frozen=True, slots=True)
class WatchJoining:
    """This part to itself: look at the time at which joining closes."""


class NcpNetwork:
    """Forms, opens, measures and leaves; the host is told what came of it.

    Args:
        stack: of this boot.
        memory: what survives a reset.
        session: what does not.
        handles: of requests to the stack.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        NlmeNetworkFormationConfirm,
        NlmeEnergyScanConfirm,
        NlmeNetworkDiscoveryConfirm,
        RestoreCounter,
        WatchJoining,
    )

    def __init__(
        self, stack: Stack, memory: NcpMemory, session: NcpSession, handles: Iterator[int]
    ) -> None:
        self._stack = stack
        self._memory = memory
        self._session = session
        self._handles = handles
        self._started = False
        self._closes: Instant | None = None
        self._scan: int | None = None
        receiver = ReceiverSettings()
        self._quietest = round(receiver.sensitivity)
        self._span = receiver.energy_span

    @property
    def up(self) -> bool:
        """Whether the network runs."""
        return self._started and self._stack.nwk.state.nib.joined

    @property
    def deadline(self) -> Instant | None:
        """When joining closes."""
        return self._closes

    def wake(self, now: Instant) -> Sequence[object]:
        """Joining is closed, by the network layer itself; the host is told."""
        if self._closes is None or self._closes > now:
            return ()
        self._closes = None
        return (_status(EmberStatus.NETWORK_CLOSED),)

    def handle(self, event: Any, _now: Instant) -> Sequence[object]:
        """Effects of what the stack confirms."""
        match event:
            case NlmeNetworkFormationConfirm():
                return self._formed(event)
            case NlmeEnergyScanConfirm():
                return self._measured(event)
            case RestoreCounter():
                return self._count_on()
            case WatchJoining():
                return ()
            case _:
                return self._found(event)

    @property
    def servers(self) -> Servers:
        """The commands."""
        return {
            Command.NETWORK_INIT: (Word, self._init),
            Command.NETWORK_STATE: (Nothing, self._state),
            Command.FORM_NETWORK: (NetworkParameters, self._form),
            Command.LEAVE_NETWORK: (Nothing, self._leave),
            Command.PERMIT_JOINING: (Octet, self._permit),
            Command.START_SCAN: (StartScan, self._start_scan),
            Command.STOP_SCAN: (Nothing, self._stop_scan),
            Command.GET_EUI64: (Nothing, self._eui64),
            Command.GET_NODE_ID: (Nothing, self._node_id),
            Command.GET_NETWORK_PARAMETERS: (Nothing, self._parameters),
            Command.SET_RADIO_POWER: (Level, self._set_power),
            Command.GET_RANDOM_NUMBER: (Nothing, self._random),
        }

    # Being on a network

    def _init(self, _request: Word, _now: Instant) -> Reply:
        """Start again on the network that was formed before (`networkInit`)."""
        if self._started:
            return Reply(Octet(EmberStatus.INVALID_CALL))
        if not self._stack.nwk.state.nib.joined:
            return Reply(Octet(EmberStatus.NOT_JOINED))
        self._started = True
        up = _status(EmberStatus.NETWORK_UP)
        return Reply(Octet(EmberStatus.SUCCESS), (NlmeResetRequest(warm=True), up))

    def _state(self, _request: Nothing, _now: Instant) -> Reply:
        up = NetworkStatus.JOINED_NETWORK if self.up else NetworkStatus.NO_NETWORK
        return Reply(Octet(up))

    def _form(self, request: NetworkParameters, _now: Instant) -> Reply:
        if self.up:
            return Reply(Octet(EmberStatus.INVALID_CALL))
        if self._memory.security is None:
            return Reply(Octet(EmberStatus.SECURITY_STATE_NOT_SET))
        if request.channel not in CHANNELS or not 0 < request.pan_id < 0xFFFF:
            return Reply(Octet(EmberStatus.BAD_ARGUMENT))
        self._memory.power = request.power
        self._memory.manager = request.manager
        formation = NlmeNetworkFormationRequest(
            (Channel(0, request.channel),),
            _FORMATION_DURATION,
            pan_id=PanId(request.pan_id),
            extended_pan_id=ExtendedPanId(request.extended_pan_id) or None,
        )
        return Reply(Octet(EmberStatus.SUCCESS), (NlmeResetRequest(), formation))

    def _formed(self, event: NlmeNetworkFormationConfirm) -> Sequence[object]:
        security = self._memory.security
        if event.status != NwkStatus.SUCCESS or security is None:
            return (_status(EmberStatus.JOIN_FAILED),)
        self._started = True
        eui64 = self._stack.nwk.state.nib.eui64
        keys = (
            ApsmeSetLinkKeyRequest(partner, key, KeyOrigin.CBKE)
            for partner, key in self._memory.link_keys.values()
        )
        return (
            NlmeSetKeyRequest(security.network_key, security.sequence),
            ApsmeSetTrustCentreRequest(eui64),
            *keys,
            RestoreCounter(),
            _status(EmberStatus.NETWORK_UP),
        )

    def _count_on(self) -> Sequence[object]:
        """Send under the network key from the counter on that the host set (value 0x23).

        A host that restores a network has to: its devices take no counter twice.
        """
        octets = self._session.values.pop(ValueId.NWK_FRAME_COUNTER, b"")
        key = self._stack.nwk.state.keys.active
        if key is not None:
            key.outgoing = max(key.outgoing, int.from_bytes(octets, "little"))
        return ()

    def _leave(self, _request: Nothing, _now: Instant) -> Reply:
        if not self.up:
            return Reply(Octet(EmberStatus.INVALID_CALL))
        self._started = False
        self._closes = None
        down = _status(EmberStatus.NETWORK_DOWN)
        effects = (NlmeResetRequest(), ApsmeResetRequest(warm=True), down)
        return Reply(Octet(EmberStatus.SUCCESS), effects)

    def _permit(self, request: Octet, now: Instant) -> Reply:
        if not self.up:
            return Reply(Octet(EmberStatus.NOT_JOINED))
        duration = request.value
        was_open, self._closes = self._closes is not None, None
        if 0 < duration < 0xFF:
            self._closes = later(now, seconds(duration))
        told = EmberStatus.NETWORK_OPENED if duration else EmberStatus.NETWORK_CLOSED
        heard = (_status(told),) if duration or was_open else ()
        return Reply(
            Octet(EmberStatus.SUCCESS), (NlmePermitJoiningRequest(duration), WatchJoining(), *heard)
        )

    # Measuring

    def _start_scan(self, request: StartScan, _now: Instant) -> Reply:
        channels = tuple(Channel(0, each) for each in CHANNELS if request.channels & 1 << each)
        if not channels or request.duration > _LONGEST_SCAN or self._scan is not None:
            return Reply(Octet(EmberStatus.BAD_ARGUMENT))
        self._scan = next(self._handles)
        effect: object
        if request.kind == _ENERGY_SCAN:
            effect = NlmeEnergyScanRequest(self._scan, channels, request.duration)
        else:
            effect = NlmeNetworkDiscoveryRequest(channels, request.duration)
        return Reply(Octet(EmberStatus.SUCCESS), (effect,))

    def _stop_scan(self, _request: Nothing, _now: Instant) -> Reply:
        """What was heard until then is kept to ourselves."""
        self._scan = None
        return Reply(Octet(EmberStatus.SUCCESS))

    def _measured(self, event: NlmeEnergyScanConfirm) -> Sequence[object]:
        if event.handle != self._scan:
            return ()
        self._scan = None
        results = tuple(
            HostCallback(
                Command.ENERGY_SCAN_RESULT_HANDLER,
                EnergyResult(channel.number, self._strength(level)),
            )
            for channel, level in event.energies or ()
        )
        status = EmberStatus.SUCCESS if event.energies is not None else EmberStatus.ERR_FATAL
        return (*results, _scanned(status))

    def _strength(self, level: int) -> int:
        """The dBm that an energy level stands for (IEEE 802.15.4-2006 6.9.7)."""
        return min(0, self._quietest + level * self._span // _ENERGY_STEPS)

    def _found(self, event: NlmeNetworkDiscoveryConfirm) -> Sequence[object]:
        if self._scan is None:
            return ()
        self._scan = None
        networks = tuple(
            HostCallback(
                Command.NETWORK_FOUND_HANDLER,
                NetworkFound(
                    each.channel.number,
                    each.pan_id,
                    each.extended_pan_id,
                    each.permit_joining,
                    each.stack_profile,
                    each.update_id,
                    each.lqi,
                    self._strength(each.lqi),
                ),
            )
            for each in event.networks
        )
        return (*networks, _scanned(EmberStatus.SUCCESS))

    # Looking at it

    def _eui64(self, _request: Nothing, _now: Instant) -> Reply:
        return Reply(Eui(self._stack.nwk.state.nib.eui64))

    def _node_id(self, _request: Nothing, _now: Instant) -> Reply:
        return Reply(Word(self._stack.nwk.state.nib.nwk_address if self.up else NO_NWK_ADDRESS))

    def _parameters(self, _request: Nothing, _now: Instant) -> Reply:
        nib, up = self._stack.nwk.state.nib, self.up
        parameters = NetworkParameters(
            nib.extended_pan_id,
            nib.pan_id,
            self._memory.power,
            nib.channel.number,
            0,
            self._memory.manager,
            nib.update_id,
            _EVERY_CHANNEL,
        )
        status = EmberStatus.SUCCESS if up else EmberStatus.NOT_JOINED
        return Reply(
            ParametersAnswer(status, NodeType.COORDINATOR if up else NodeType.UNKNOWN, parameters)
        )

    def _set_power(self, request: Level, _now: Instant) -> Reply:
        self._memory.power = request.dbm
        return Reply(Octet(EmberStatus.SUCCESS))

    def _random(self, _request: Nothing, _now: Instant) -> Reply:
        number = self._stack.nwk.state.stream.integer(0, 0xFFFF)
        return Reply(OctetAndWord(EmberStatus.SUCCESS, number))


def _status(status: EmberStatus) -> HostCallback:
    return HostCallback(Command.STACK_STATUS_HANDLER, Octet(status))


def _scanned(status: EmberStatus) -> HostCallback:
    return HostCallback(Command.SCAN_COMPLETE_HANDLER, TwoOctets(0xFF, status))
