"""Power negotiation: neighbours tell each other how much stronger or weaker to send.

R22 3.4.13 (the command), 3.6.11 (when). A parent broadcasts notifications to those that listen; an
end device tells its parent by itself, and one that sleeps asks, polls, and takes the response.
Only links below 1 GHz are negotiated.
"""

from typing import Final

from emulator.kernel.units import Duration, Instant, later
from emulator.radio.bands import Band, band_of
from emulator.zigbee.addresses import BROADCAST_RX_ON, NwkAddress, is_broadcast
from emulator.zigbee.facts import FrameDropped
from emulator.zigbee.mac.primitives import MlmePowerRequest
from emulator.zigbee.nwk.commands import LinkPowerDelta, PowerDelta, PowerDeltaKind, encode_command
from emulator.zigbee.nwk.frames import FrameType
from emulator.zigbee.nwk.state import Effects, NwkState
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.parent_link import ParentLink
from emulator.zigbee.nwk.traffic.reception import Incoming
from emulator.zigbee.nwk.traffic.transmission import Transmission

BELOW_1_GHZ: Final = 1
"""The second interface of a dual-band hub."""
ENTRIES_IN_ONE_FRAME: Final = 20
"""How many entries of three octets fit beside headers and MIC in 127 octets."""


class LinkPower:
    """Tells neighbours how they are heard, and does as they tell."""

    def __init__(
        self, state: NwkState, parent_link: ParentLink, transmission: Transmission
    ) -> None:
        self._nwk = state
        self._parent_link = parent_link
        self._transmission = transmission

    def plan(self, now: Instant) -> None:
        """Tell them next after the period and a jitter (R22 3.4.13.7)."""
        nwk = self._nwk
        period = self._period()
        if not period or not self.negotiates():
            nwk.timers.cancel(Duty.LINK_POWER)
            return
        if nwk.timers.when(Duty.LINK_POWER) is None:
            jitter = nwk.stream.duration(Duration(0), nwk.settings.link_power_jitter)
            nwk.timers.set(Duty.LINK_POWER, later(later(now, period), jitter))

    def _period(self) -> Duration:
        settings = self._nwk.settings
        sleeps = not self._nwk.nib.rx_on_when_idle
        return settings.sleepy_link_power_period if sleeps else settings.link_power_period

    def negotiates(self) -> bool:
        """Whether we have a link below 1 GHz whose other end negotiates (R22 3.6.11.2)."""
        nib = self._nwk.nib
        if not (nib.joined and nib.authenticated):
            return False
        if any(band_of(each) is Band.SUB_GHZ for each in nib.channels):
            return nib.power_negotiation or not nib.is_end_device
        return False

    def due(self, now: Instant) -> Effects:
        """The period is over."""
        self.plan(now)
        if not self.negotiates():
            return []
        return self._tell_parent(now) if self._nwk.nib.is_end_device else self._tell_children(now)

    def _tell_parent(self, now: Instant) -> Effects:
        parent = self._nwk.neighbours.parent
        if parent is None or not parent.rssi:
            return []
        sleeps = not self._nwk.nib.rx_on_when_idle
        kind = PowerDeltaKind.REQUEST if sleeps else PowerDeltaKind.NOTIFICATION
        return self._send(kind, parent.address, [parent], now)

    def _tell_children(self, now: Instant) -> Effects:
        rows = [
            row
            for row in self._nwk.neighbours
            if row.rx_on_when_idle and row.rssi and self._below(row)
        ]
        effects: Effects = []
        for start in range(0, len(rows), ENTRIES_IN_ONE_FRAME):
            part = rows[start : start + ENTRIES_IN_ONE_FRAME]
            effects += self._send(PowerDeltaKind.NOTIFICATION, BROADCAST_RX_ON, part, now)
        return effects

    def _below(self, row: Neighbour) -> bool:
        """Whether the link to a neighbour is one below 1 GHz."""
        nib = self._nwk.nib
        return row.interface == BELOW_1_GHZ or band_of(nib.channel) is Band.SUB_GHZ

    def _send(
        self, kind: PowerDeltaKind, to: NwkAddress, rows: list[Neighbour], now: Instant
    ) -> Effects:
        wanted = self._nwk.settings.optimal_rssi
        deltas = tuple(
            PowerDelta(row.address, max(-128, min(127, wanted - row.rssi))) for row in rows
        )
        command = LinkPowerDelta(kind, 0, deltas)
        if not is_broadcast(to):
            return self._transmission.command(command, to, now)
        header = self._transmission.header(
            FrameType.COMMAND, to, radius=1, security=True, source_eui64=True
        )
        return self._transmission.air(header, encode_command(command), now, interface=BELOW_1_GHZ)

    def command(self, incoming: Incoming, command: LinkPowerDelta, now: Instant) -> Effects:
        """A neighbour tells how it hears us (R22 3.4.13.7)."""
        nwk, header = self._nwk, incoming.header
        row = nwk.neighbours.get(header.source)
        if row is None or header.source != incoming.neighbour or not incoming.secured:
            return [FrameDropped("nwk", "link power delta of no neighbour", header.source)]
        if command.kind != PowerDeltaKind.NOTIFICATION and is_broadcast(header.destination):
            return [FrameDropped("nwk", "link power delta that was broadcast", header.source)]
        mine = [each.delta for each in command.deltas if each.address == nwk.nib.nwk_address]
        effects: Effects = []
        if mine and self._obeys(command.kind) and mine[0]:
            effects.append(MlmePowerRequest(header.source, mine[0]))
        if nwk.nib.is_end_device or row.routes or command.kind == PowerDeltaKind.RESPONSE:
            return effects
        return [*effects, *self._send(PowerDeltaKind.RESPONSE, row.address, [row], now)]

    def _obeys(self, kind: PowerDeltaKind) -> bool:
        """A device that sleeps takes only the response to its own request."""
        nib = self._nwk.nib
        awake = nib.rx_on_when_idle or not nib.is_end_device
        return awake or kind == PowerDeltaKind.RESPONSE
