"""Starting, keying and resetting a node's NWK layer (R22 3.2.2.5, 3.2.2.9, 3.2.2.19)."""

from emulator.kernel.units import Instant, later
from emulator.zigbee.mac.primitives import MlmeResetRequest, MlmeSetRequest
from emulator.zigbee.nwk.facts import (
    NetworkKeyInstalled,
    NetworkKeySwitched,
    NetworkKeyUnknown,
    NetworkResumed,
)
from emulator.zigbee.nwk.membership.admission import Admission
from emulator.zigbee.nwk.membership.keep_alive import ChildKeepAlive
from emulator.zigbee.nwk.membership.leaving import SILENT, forget_network
from emulator.zigbee.nwk.primitives import NlmeSetKeyRequest, NlmeSwitchKeyRequest
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.upkeep.link_status import LinkStatusExchange


class Lifecycle:
    """Brings the duties of a node up and down."""

    def __init__(
        self,
        state: NwkState,
        admission: Admission,
        link_status: LinkStatusExchange,
        keep_alive: ChildKeepAlive,
    ) -> None:
        self._nwk = state
        self._admission = admission
        self._link_status = link_status
        self._keep_alive = keep_alive

    def start_routing(self, now: Instant) -> Effects:
        """Answer beacon requests, forward, send link status."""
        nwk = self._nwk
        if nwk.nib.is_end_device or not nwk.nib.joined:
            return []
        nwk.nib.routing = True
        self._link_status.start(now)
        if nwk.nib.is_coordinator and nwk.settings.concentrator_period:
            nwk.timers.set(Duty.CONCENTRATOR, later(now, nwk.settings.concentrator_period))
        return [nwk.beacon(), MlmeSetRequest(answers_beacon_requests=True)]

    def set_key(self, request: NlmeSetKeyRequest, now: Instant) -> Effects:
        """Keep a network key; the first active one authenticates us (R22 4.4.3.2.3)."""
        nwk = self._nwk
        nwk.keys.install(request.key, request.sequence, activate=request.activate)
        effects: Effects = [NetworkKeyInstalled(request.sequence, request.activate)]
        if request.activate and nwk.nib.joined:
            nwk.nib.authenticated = True
            effects += self._keep_alive.negotiate(now)
        return effects

    def switch_key(self, request: NlmeSwitchKeyRequest, _now: Instant) -> Effects:
        """Send under another network key that we hold (R22 4.4.7.2)."""
        active = self._nwk.keys.active
        if active is not None and active.sequence == request.sequence:
            return []
        if not self._nwk.keys.activate(request.sequence):
            return [NetworkKeyUnknown(request.sequence)]
        return [NetworkKeySwitched(request.sequence, "the trust centre said so")]

    def forget(self) -> Effects:
        """Be as new: no network, no keys, no tables."""
        forget_network(self._nwk)
        return [MlmeResetRequest(), SILENT]

    def resume(self, now: Instant) -> Effects:
        """Be on the network we know again, after a warm reset or a power cycle."""
        nwk, nib = self._nwk, self._nwk.nib
        nwk.timers.cancel_all()
        nwk.broadcasts.clear()
        effects: Effects = [MlmeResetRequest()]
        if not nib.joined:
            return [*effects, SILENT]
        effects += [nwk.bring_up(), *nwk.tune()[1:]]
        effects.append(NetworkResumed(nib.channel, nib.pan_id, nib.nwk_address))
        if nib.routing:
            effects += self.start_routing(now)
        for child in nwk.neighbours.children:
            self._admission.watch(child, now)
        self._keep_alive.plan(now)
        return effects
