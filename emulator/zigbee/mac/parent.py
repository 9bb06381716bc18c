"""The parent's side: association requests, and indirect transmission to who asks (7.5.3, 7.5.5)."""

from collections.abc import Sequence
from dataclasses import replace

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Instant
from emulator.radio.port import RadioPending, RadioTransmit, TransmitOutcome
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.building import association_response_frame, data_frame
from emulator.zigbee.mac.commands import AssociationRequest, AssociationResponse
from emulator.zigbee.mac.frames import MacFrame
from emulator.zigbee.mac.indirect import Device, IndirectQueue, ShortName, Transaction
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import (
    MacStatus,
    McpsDataConfirm,
    McpsDataRequest,
    MlmeAssociateIndication,
    MlmeAssociateResponse,
    MlmeCommStatusIndication,
    MlmePollIndication,
)
from emulator.zigbee.mac.settings import MacSettings
from emulator.zigbee.mac.transmitter import Transmitter, status_of

Confirm = McpsDataConfirm | MlmeCommStatusIndication
Effect = (
    Confirm
    | RadioTransmit
    | RadioPending
    | MlmeAssociateIndication
    | MlmePollIndication
    | FrameDropped
)

_NOBODY = RadioPending(frozenset(), frozenset())


class Parent:
    """What a coordinator or router does for the devices behind it."""

    def __init__(self, pib: MacPib, settings: MacSettings, transmitter: Transmitter) -> None:
        self._pib = pib
        self._transmitter = transmitter
        self._queue = IndirectQueue(
            settings.indirect_capacity, settings.transaction_persistence_time
        )
        self._announced = _NOBODY
        self.keeps = self._queue.transactions
        """What waits for its device; empty most of the time."""

    @property
    def deadline(self) -> Instant | None:
        """When the next transaction is given up."""
        return self._queue.deadline

    def asked_to_associate(self, frame: MacFrame, request: AssociationRequest) -> Sequence[Effect]:
        """Tell NWK, if association is permitted (7.5.3.1)."""
        device = frame.source_extended
        if device is None:
            return (FrameDropped("mac", "association request without EUI-64", 0xFFFF),)
        if not self._pib.association_permit:
            return (FrameDropped("mac", "association is not permitted", device),)
        return (MlmeAssociateIndication(device, request.capability),)

    def respond(self, response: MlmeAssociateResponse, now: Instant) -> Sequence[Effect]:
        """Keep the answer until the device asks; it replaces one not yet taken."""
        device = response.device
        for each in [kept for kept in self._queue if kept.device == device and not kept.in_flight]:
            self._queue.forget(each)
        frame = association_response_frame(
            self._pib, device, AssociationResponse(response.short_address, response.status)
        )
        if self._queue.keep(device, frame, None, now) is None:
            return (MlmeCommStatusIndication(device, MacStatus.TRANSACTION_OVERFLOW),)
        return self._announce()

    def keep(self, request: McpsDataRequest, now: Instant) -> Sequence[Effect]:
        """Keep a data frame until the child asks."""
        frame = data_frame(self._pib, request)
        device = ShortName(request.destination)
        if self._queue.keep(device, frame, request.handle, now) is None:
            return (McpsDataConfirm(request.handle, MacStatus.TRANSACTION_OVERFLOW),)
        return self._announce()

    def purge(self, handle: int) -> Sequence[Effect]:
        """Forget a data frame."""
        self._queue.purge(handle)
        return self._announce()

    def polled(self, frame: MacFrame) -> Sequence[Effect]:
        """Send what is kept for the device that asks, and tell NWK that it asked."""
        effects: list[Effect] = []
        device: Device
        if frame.source_short is not None:
            device = ShortName(frame.source_short)
            effects.append(MlmePollIndication(frame.source_short))
        elif frame.source_extended is not None:
            device = frame.source_extended
        else:
            return (FrameDropped("mac", "data request without source", 0xFFFF),)
        taken = self._queue.take(device)
        if taken is not None:
            transaction, more = taken
            kept = replace(transaction.frame, frame_pending=True) if more else transaction.frame
            effects.append(self._transmitter.send(kept, transaction))
        return effects

    def transmitted(self, transaction: Transaction, outcome: TransmitOutcome) -> Sequence[Effect]:
        """Confirm what was taken; what was not acknowledged waits for the next data request."""
        transaction.in_flight = False
        status = status_of(outcome)
        if status is not MacStatus.SUCCESS or not self._queue.forget(transaction):
            return ()
        return (*self._announce(), _confirm(transaction, MacStatus.SUCCESS))

    def wake(self, now: Instant) -> Sequence[Effect]:
        """Confirm what was given up."""
        gone = self._queue.expire(now)
        confirms = [_confirm(each, MacStatus.TRANSACTION_EXPIRED) for each in gone]
        return (*self._announce(), *confirms)

    def reset(self) -> None:
        """Forget everything that is kept."""
        self._queue.clear()
        self._announced = _NOBODY

    def _announce(self) -> Sequence[RadioPending]:
        """Tell the radio for whom something is kept, when that changed."""
        pending = self._queue.pending()
        if pending == self._announced:
            return ()
        self._announced = pending
        return (pending,)


def _confirm(transaction: Transaction, status: MacStatus) -> Confirm:
    if transaction.handle is not None:
        return McpsDataConfirm(transaction.handle, status)
    assert not isinstance(transaction.device, ShortName)  # noqa: S101 - responses go by EUI-64
    return MlmeCommStatusIndication(Eui64(transaction.device), status)
