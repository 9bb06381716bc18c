"""Broadcasts: relayed once by every router, repeated until all neighbours were heard (R22 3.6.5).

Children that sleep get a copy each when they poll.
"""

from dataclasses import dataclass, replace

from emulator.kernel.units import Duration, Instant, later
from emulator.zigbee.addresses import (
    BROADCAST_ALL,
    BROADCAST_LOW_POWER_ROUTERS,
    BROADCAST_ROUTERS,
    BROADCAST_RX_ON,
    NwkAddress,
)
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.transmission import Done, Transmission, nothing


@dataclass(slots=True)
class Relay:
    """A broadcast that we send or relay, until it is acknowledged or out of tries."""

    header: NwkHeader
    payload: bytes
    tries_left: int


class Broadcasting:
    """Sends, relays and repeats broadcasts."""

    def __init__(self, state: NwkState, transmission: Transmission) -> None:
        self._state = state
        self._transmission = transmission
        self._relays: dict[int, Relay] = {}

    def clear(self) -> None:
        """Stop relaying."""
        self._relays.clear()

    def originate(
        self, header: NwkHeader, payload: bytes, now: Instant, *, done: Done = nothing
    ) -> Effects:
        """Send a broadcast of our own; an end device hands it to its parent (R22 3.6.5)."""
        state = self._state
        audience = state.neighbours.relayers()
        state.broadcasts.enter(header.source, header.sequence, audience, now)
        if state.nib.is_end_device:
            return self._transmission.unicast(header, payload, now, done=done)
        effects = self._transmission.air(header, payload, now, done=done)
        effects += self._to_sleepers(header, payload, now)
        if header.radius > 1:
            self._relays[_subject(header)] = Relay(
                header, payload, state.settings.broadcast_retries
            )
            self._expect_acknowledgements(header, now)
        return effects

    def is_duplicate(self, header: NwkHeader, relayer: NwkAddress, now: Instant) -> bool:
        """Whether a broadcast came before; then `relayer` acknowledged it passively."""
        state = self._state
        record = state.broadcasts.known(header.source, header.sequence, now)
        if record is not None:
            record.heard.add(relayer)
            return True
        audience = state.neighbours.relayers()
        record = state.broadcasts.enter(header.source, header.sequence, audience, now)
        record.heard.update((relayer, header.source))
        return False

    def is_for_us(self, destination: NwkAddress) -> bool:
        """Whether a broadcast address includes us (R22 3.6.5)."""
        nib = self._state.nib
        if destination in (BROADCAST_ROUTERS, BROADCAST_LOW_POWER_ROUTERS):
            return not nib.is_end_device
        if destination == BROADCAST_RX_ON:
            return nib.rx_on_when_idle
        return destination == BROADCAST_ALL

    def relay(self, header: NwkHeader, payload: bytes, now: Instant) -> Effects:
        """Pass a broadcast on after a jitter, where we are a router and its radius allows."""
        state = self._state
        if not state.nib.routing or header.radius <= 1:
            return []
        passed_on = replace(header, radius=header.radius - 1)
        subject = _subject(header)
        tries = 1 + state.settings.broadcast_retries
        self._relays[subject] = Relay(passed_on, payload, tries)
        jitter = state.stream.duration(Duration(0), state.settings.broadcast_jitter)
        state.timers.set(Duty.BROADCAST, later(now, jitter), subject)
        return self._to_sleepers(passed_on, payload, now)

    def wake(self, subject: int, now: Instant) -> Effects:
        """A jitter is over, or the wait for passive acknowledgements."""
        relay = self._relays.get(subject)
        if relay is None:
            return []
        state = self._state
        header = relay.header
        first = relay.tries_left > state.settings.broadcast_retries
        live = state.neighbours.relayers()
        acknowledged = state.broadcasts.acknowledged(header.source, header.sequence, live, now)
        if not first and (acknowledged or not relay.tries_left):
            del self._relays[subject]
            return []
        relay.tries_left -= 1
        self._expect_acknowledgements(header, now)
        return self._transmission.air(header, relay.payload, now)

    def _expect_acknowledgements(self, header: NwkHeader, now: Instant) -> None:
        when = later(now, self._state.settings.passive_ack_timeout)
        self._state.timers.set(Duty.BROADCAST, when, _subject(header))

    def _to_sleepers(self, header: NwkHeader, payload: bytes, now: Instant) -> Effects:
        """A copy of what is for everybody, for each child that sleeps (R22 3.6.5)."""
        if header.destination != BROADCAST_ALL:
            return []
        effects: Effects = []
        for child in self._state.neighbours.sleepers:
            if child.address != header.source:
                effects += self._transmission.hand_over(header, payload, child.address, now)
        return effects


def _subject(header: NwkHeader) -> int:
    return header.source << 8 | header.sequence
