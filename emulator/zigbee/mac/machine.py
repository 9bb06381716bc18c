"""The MAC of one node: takes requests of NWK and events of the radio (IEEE 802.15.4-2006 7.1, 7.5).

The parts (scan, association, poll, beacons, the parent's side) are machines of their own; this one
hands each event to the part it concerns and keeps the radio configured as they need it.
"""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.radio.bands import Band, band_of
from emulator.radio.port import (
    Channel,
    RadioCommand,
    RadioConfigure,
    RadioDutyCycle,
    RadioEnergy,
    RadioReceived,
    RadioTransmitted,
)
from emulator.zigbee.addresses import BROADCAST_ALL, NwkAddress
from emulator.zigbee.facts import FrameDropped, MalformedFrame
from emulator.zigbee.mac.association import Association
from emulator.zigbee.mac.beacons import BeaconAnswer
from emulator.zigbee.mac.building import data_frame
from emulator.zigbee.mac.duplicates import DuplicateTable
from emulator.zigbee.mac.facts import DutyCycleMode, LinkPowerSet, MacUnexpectedEvent
from emulator.zigbee.mac.indirect import Transaction
from emulator.zigbee.mac.parent import Parent
from emulator.zigbee.mac.pib import AT_2_4_GHZ, MacPib
from emulator.zigbee.mac.poll import Poll
from emulator.zigbee.mac.primitives import (
    MacIndication,
    MacRequest,
    MacStatus,
    McpsDataConfirm,
    McpsDataRequest,
    McpsPurgeRequest,
    MlmeAssociateRequest,
    MlmeAssociateResponse,
    MlmeDutyCycleModeIndication,
    MlmePollRequest,
    MlmePowerRequest,
    MlmeResetRequest,
    MlmeScanRequest,
    MlmeSetRequest,
)
from emulator.zigbee.mac.reception import Reception
from emulator.zigbee.mac.scan import Scan
from emulator.zigbee.mac.settings import MacSettings
from emulator.zigbee.mac.transmitter import DataSent, Procedure, Transmitter, status_of

MacEvent = MacRequest | RadioReceived | RadioTransmitted | RadioEnergy | RadioDutyCycle
MacFact = MalformedFrame | FrameDropped | MacUnexpectedEvent | LinkPowerSet | DutyCycleMode
MacEffect = MacIndication | RadioCommand | MacFact

MAX_MSDU: Final = 116
"""Octets of payload in a data frame with short addresses: 127 less 9 of header and 2 of FCS."""

_Handler = Callable[[Any, Instant], Sequence[MacEffect]]
_Part = Scan | Association | Poll | BeaconAnswer | Parent


class MacMachine:
    """MAC sublayer of a nonbeacon-enabled PAN.

    Args:
        eui64: the node's own address.
        settings: waits, limits and choices.
        stream: where sequence numbers start and beacons are delayed from.
        channel: where it listens before it is told; its page is that of its radio.
        interface: its number among the interfaces of the node.
    """

    accepts: ClassVar[tuple[type, ...]] = (
        McpsDataRequest,
        McpsPurgeRequest,
        MlmeSetRequest,
        MlmeScanRequest,
        MlmeAssociateRequest,
        MlmeAssociateResponse,
        MlmePollRequest,
        MlmePowerRequest,
        MlmeResetRequest,
        RadioReceived,
        RadioTransmitted,
        RadioEnergy,
        RadioDutyCycle,
    )

    def __init__(
        self,
        eui64: Eui64,
        settings: MacSettings,
        stream: Stream,
        *,
        channel: Channel = AT_2_4_GHZ,
        interface: int = 0,
    ) -> None:
        self.pib = MacPib(eui64, stream, channel)
        if band_of(channel) is Band.SUB_GHZ:
            self.pib.tx_power = settings.sub_ghz_tx_power
        self._interface = interface
        self._transmitter = transmitter = Transmitter()
        self._scan = Scan(self.pib, transmitter, settings)
        self._association = Association(self.pib, settings, transmitter)
        self._poll = Poll(self.pib, settings, transmitter)
        self._beacons = BeaconAnswer(self.pib, settings.beacon_jitter, transmitter, stream)
        self._parent = Parent(self.pib, settings, transmitter)
        self._others = (self._scan, self._association, self._poll, self._beacons)
        self._parts: tuple[_Part, ...] = (*self._others, self._parent)
        self._duplicates = DuplicateTable(settings.duplicate_lifetime)
        self._reception = Reception(
            pib=self.pib,
            scan=self._scan,
            association=self._association,
            poll=self._poll,
            beacons=self._beacons,
            parent=self._parent,
            duplicates=self._duplicates,
            interface=interface,
        )
        self._deferred: list[MacRequest] = []
        self._configured: tuple[object, ...] | None = None
        self._handlers = self._by_type()

    def _by_type(self) -> dict[type, _Handler]:
        return {
            McpsDataRequest: self._send_data,
            McpsPurgeRequest: lambda request, _now: self._parent.purge(request.handle),
            MlmeSetRequest: self._set,
            MlmeScanRequest: self._start_scan,
            MlmeAssociateRequest: self._associate,
            MlmeAssociateResponse: self._parent.respond,
            MlmePollRequest: self._start_poll,
            MlmePowerRequest: self._adjust_power,
            MlmeResetRequest: self._reset,
            RadioReceived: self._reception.received,
            RadioTransmitted: self._transmitted,
            RadioEnergy: self._scan.measured,
            RadioDutyCycle: self._duty_changed,
        }

    def power_to(self, address: NwkAddress) -> int:
        """The power in dBm with which frames to a neighbour are sent."""
        power = self._transmitter.powers.of(address)
        return self.pib.tx_power if power is None else power

    def handle(self, event: MacEvent, now: Instant) -> Sequence[MacEffect]:
        """The effects of a request of NWK or an event of the radio."""
        return self._arranged(self._handlers[type(event)](event, now), now)

    def wake(self, now: Instant) -> Sequence[MacEffect]:
        """The effects of every part that was due."""
        effects: list[MacEffect] = []
        for part in self._parts:
            if part.deadline is not None and part.deadline <= now:
                effects += part.wake(now)
        return self._arranged(effects, now)

    @property
    def deadline(self) -> Instant | None:
        """When the first part is due."""
        due = self._parent.deadline if self._parent.keeps else None
        for part in self._others:
            deadline = part.deadline
            if deadline is not None and (due is None or deadline < due):
                due = deadline
        return due

    def _arranged(self, effects: Sequence[MacEffect], now: Instant) -> Sequence[MacEffect]:
        """The effects, after whatever configuration the radio needs for them."""
        if self._deferred and not self._scan.active and not self._must_wait():
            effects = (*effects, *self._resume(now))
        channel = self._scan.channel
        receiver_on = (
            self.pib.rx_on_when_idle
            or channel is not None
            or self._association.wants_receiver
            or self._poll.wants_receiver
        )
        pib = self.pib
        wanted = (
            channel,
            receiver_on,
            pib.channel,
            pib.pan_id,
            pib.short_address,
            pib.coordinator,
            pib.tx_power,
        )
        if wanted == self._configured:
            return effects
        self._configured = wanted
        return (
            RadioConfigure(pib.config(channel=channel, receiver_on=receiver_on)),
            *effects,
        )

    # Requests. During a scan the radio is elsewhere: what has to go out waits for its end.

    def _must_wait(self) -> bool:
        """Whether a scan that was asked for still waits for the radio to become free."""
        return isinstance(self._deferred[0], MlmeScanRequest) and self._transmitter.busy

    def _resume(self, now: Instant) -> Sequence[MacEffect]:
        waiting, self._deferred = self._deferred, []
        return [
            effect for request in waiting for effect in self._handlers[type(request)](request, now)
        ]

    def _defers(self, request: MacRequest) -> bool:
        if not (self._deferred or self._scan.active):
            return False
        self._deferred.append(request)
        return True

    def _send_data(self, request: McpsDataRequest, now: Instant) -> Sequence[MacEffect]:
        if len(request.msdu) > MAX_MSDU:
            return (McpsDataConfirm(request.handle, MacStatus.FRAME_TOO_LONG),)
        if request.indirect:
            if request.destination == BROADCAST_ALL:
                return (McpsDataConfirm(request.handle, MacStatus.INVALID_PARAMETER),)
            return self._parent.keep(request, now)
        if self._defers(request):
            return ()
        frame = data_frame(self.pib, request)
        return (self._transmitter.send(frame, DataSent(request.handle)),)

    def _set(self, request: MlmeSetRequest, _now: Instant) -> Sequence[MacEffect]:
        self.pib.apply(request)
        return ()

    def _start_scan(self, request: MlmeScanRequest, now: Instant) -> Sequence[MacEffect]:
        if self._transmitter.busy and not self._scan.active:
            self._deferred.append(request)
            return ()
        return self._scan.start(request, now)

    def _associate(self, request: MlmeAssociateRequest, now: Instant) -> Sequence[MacEffect]:
        return () if self._defers(request) else self._association.start(request, now)

    def _start_poll(self, request: MlmePollRequest, now: Instant) -> Sequence[MacEffect]:
        return () if self._defers(request) else self._poll.start(request, now)

    def _adjust_power(self, request: MlmePowerRequest, _now: Instant) -> Sequence[MacEffect]:
        powers = self._transmitter.powers
        if request.delta is None:
            powers.reset(request.address)
            return ()
        power = powers.adjust(request.address, request.delta, self.pib.tx_power)
        return (LinkPowerSet(request.address, power),)

    def _duty_changed(self, event: RadioDutyCycle, _now: Instant) -> Sequence[MacEffect]:
        told = MlmeDutyCycleModeIndication(self._interface, event.mode, event.used)
        return (told, DutyCycleMode(event.mode.name, event.used))

    def _reset(self, _request: MlmeResetRequest, _now: Instant) -> Sequence[MacEffect]:
        for part in self._parts:
            part.reset()
        self._transmitter.clear()
        self._duplicates.clear()
        self._deferred.clear()
        self._configured = None
        return ()

    # Events of the radio.

    def _transmitted(self, event: RadioTransmitted, now: Instant) -> Sequence[MacEffect]:
        purpose = self._transmitter.ended(event.handle)
        match purpose:
            case DataSent(handle):
                return (McpsDataConfirm(handle, status_of(event.outcome)),)
            case Transaction():
                return self._parent.transmitted(purpose, event.outcome)
            case Procedure.SCAN:
                return self._scan.transmitted(event, now)
            case Procedure.ASSOCIATION:
                return self._association.transmitted(event, now)
            case Procedure.POLL:
                return self._poll.transmitted(event, now)
            case Procedure.BEACON | None:
                return ()
