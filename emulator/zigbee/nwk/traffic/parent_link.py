"""An end device's bond to its parent: polling, and noticing that it is gone (R22 3.6.10).

A sleepy device polls at its own interval, and fast for a while after it sent or received.
"""

from emulator.kernel.units import Duration, Instant, later
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.primitives import MacStatus, MlmePollConfirm, MlmePollRequest
from emulator.zigbee.nwk.facts import ParentLost
from emulator.zigbee.nwk.primitives import (
    NetworkStatusCode,
    NlmeNwkStatusIndication,
    NlmePollControl,
    NlmeSyncConfirm,
    NwkStatus,
)
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.timers import Duty


class ParentLink:
    """Polls the parent and counts failures; does nothing at a coordinator or router."""

    def __init__(self, state: NwkState) -> None:
        self._state = state
        self._interval = Duration(0)
        self._fast_until = Instant(0)
        self._failures = 0
        self._polling = False
        self._sync_asked = False

    def clear(self) -> None:
        """Start over with a new or the same parent; the poll interval stays."""
        self._failures = 0
        self._polling = self._sync_asked = False
        self._fast_until = Instant(0)
        self._state.timers.cancel(Duty.POLL)

    def control(self, request: NlmePollControl, now: Instant) -> Effects:
        """Poll at another interval from now on."""
        self._interval = Duration(request.interval)
        self._state.timers.cancel(Duty.POLL)
        self._schedule(now)
        return []

    def sync(self, now: Instant) -> Effects:
        """Poll once, now, and say what came of it."""
        if not self._state.nib.is_end_device or self._state.neighbours.parent is None:
            return [NlmeSyncConfirm(NwkStatus.INVALID_REQUEST)]
        self._sync_asked = True
        return self.poll(now)

    def poll(self, now: Instant) -> Effects:
        """Poll once, unless a poll is under way."""
        parent = self._state.neighbours.parent
        if parent is None:
            return []
        self._schedule(now)
        if self._polling:
            return []
        self._polling = True
        return [MlmePollRequest(parent.address)]

    def confirm(self, confirm: MlmePollConfirm, now: Instant) -> Effects:
        """A poll ended."""
        self._polling = False
        effects: Effects = []
        if self._sync_asked:
            self._sync_asked = False
            good = confirm.status in (MacStatus.SUCCESS, MacStatus.NO_DATA)
            effects.append(
                NlmeSyncConfirm(NwkStatus.SUCCESS if good else NwkStatus(confirm.status))
            )
        parent = self._state.neighbours.parent
        if parent is None:
            return effects
        if confirm.status in (MacStatus.NO_ACK, MacStatus.CHANNEL_ACCESS_FAILURE):
            return [*effects, *self.missed(parent.address)]
        if confirm.status is MacStatus.SUCCESS:
            self.stir(now)
        self.reached(parent.address)
        return effects

    def stir(self, now: Instant) -> None:
        """Something was sent or came: a sleepy device polls fast for a while."""
        nib = self._state.nib
        if not nib.is_end_device or nib.rx_on_when_idle:
            return
        settings = self._state.settings
        self._fast_until = later(now, settings.fast_poll_duration)
        soon = later(now, settings.fast_poll_interval)
        planned = self._state.timers.when(Duty.POLL)
        if planned is None or planned > soon:
            self._state.timers.set(Duty.POLL, soon)

    def wait_for_key(self, now: Instant) -> None:
        """Poll fast until a network key comes, as long as the parent keeps us without one."""
        self.stir(now)
        self._fast_until = later(now, self._state.settings.security_timeout)

    def reached(self, hop: NwkAddress) -> None:
        """The parent acknowledged something."""
        if self._failures and self._is_parent(hop):
            self._failures = 0

    def missed(self, hop: NwkAddress) -> Effects:
        """The parent did not answer; after some times in a row it counts as lost."""
        if not self._is_parent(hop):
            return []
        self._failures += 1
        if self._failures != self._state.settings.parent_loss_limit:
            return []
        return [
            ParentLost(hop, self._failures),
            NlmeNwkStatusIndication(NetworkStatusCode.PARENT_LINK_FAILURE, hop),
        ]

    def _is_parent(self, hop: NwkAddress) -> bool:
        parent = self._state.neighbours.parent
        return self._state.nib.is_end_device and parent is not None and parent.address == hop

    def _schedule(self, now: Instant) -> None:
        nib = self._state.nib
        rejoining = self._state.timers.when(Duty.REJOIN_WAIT) is not None
        if not nib.is_end_device or not (nib.joined or rejoining):
            return
        fast = not nib.rx_on_when_idle and now < self._fast_until
        interval = self._state.settings.fast_poll_interval if fast else self._interval
        if interval:
            self._state.timers.set(Duty.POLL, later(now, interval))
