"""Link status: who hears whom how well, and who has gone silent (R22 3.6.3.4)."""

from typing import Final

from emulator.kernel.units import Duration, Instant, later
from emulator.zigbee.addresses import BROADCAST_ROUTERS, NwkAddress
from emulator.zigbee.nwk.commands import LinkStatus, LinkStatusEntry, encode_command
from emulator.zigbee.nwk.facts import NeighbourAged, NeighbourHeard
from emulator.zigbee.nwk.frames import FrameType
from emulator.zigbee.nwk.state import Effects, NwkState, device_type_of, link_cost
from emulator.zigbee.nwk.tables.neighbour_table import Neighbour, Relation
from emulator.zigbee.nwk.timers import Duty
from emulator.zigbee.nwk.traffic.reception import Incoming
from emulator.zigbee.nwk.traffic.transmission import Transmission

ENTRIES_IN_ONE_FRAME: Final = 21
"""How many entries of three octets fit beside headers and MIC in 127 octets (R22 3.4.8)."""


class LinkStatusExchange:
    """Sends what routers in reach cost, and takes what they say."""

    def __init__(self, state: NwkState, transmission: Transmission) -> None:
        self._nwk = state
        self._transmission = transmission

    def start(self, now: Instant) -> None:
        """Send the first one soon."""
        longest = self._nwk.settings.first_link_status
        wait = self._nwk.stream.duration(Duration(longest // 2), longest)
        self._nwk.timers.set(Duty.LINK_STATUS, later(now, wait))

    def period(self, now: Instant) -> Effects:
        """A period is over: age the neighbours, tell those in reach, begin the next."""
        nwk, settings = self._nwk, self._nwk.settings
        jitter = settings.link_status_jitter
        wait = nwk.stream.duration(
            Duration(settings.link_status_period - jitter),
            Duration(settings.link_status_period + jitter),
        )
        nwk.timers.set(Duty.LINK_STATUS, later(now, wait))
        aged = self._age()
        if not nwk.nib.authenticated:
            return aged
        return [*aged, *self._send(now)]

    def _age(self) -> Effects:
        nwk = self._nwk
        effects: Effects = []
        for row in nwk.neighbours:
            if not row.routes:
                continue
            row.age += 1
            if row.age <= nwk.settings.router_age_limit:
                continue
            if row.outgoing_cost:
                effects.append(NeighbourAged(row.address))
            row.outgoing_cost = 0
            if row.relation is Relation.SIBLING:
                nwk.neighbours.remove(row.address)
                nwk.routes.forget_through(row.address)
        return effects

    def _send(self, now: Instant) -> Effects:
        """One-hop broadcasts with the routers in reach by ascending address (R22 3.4.8.3)."""
        steps = self._nwk.settings.link_cost_steps
        entries = [
            LinkStatusEntry(
                row.address,
                link_cost(row.lqi, steps),
                False,
                row.outgoing_cost,
                False,
            )
            for row in sorted(self._nwk.neighbours, key=lambda row: row.address)
            if row.routes and row.lqi and row.age <= self._nwk.settings.router_age_limit
        ]
        effects: Effects = []
        starts = range(0, max(len(entries), 1), ENTRIES_IN_ONE_FRAME - 1)
        for start in starts:
            part = tuple(entries[start : start + ENTRIES_IN_ONE_FRAME])
            last = start + ENTRIES_IN_ONE_FRAME >= len(entries)
            command = LinkStatus(len(part), start == 0, last, False, part)
            header = self._transmission.header(
                FrameType.COMMAND, BROADCAST_ROUTERS, radius=1, security=True, source_eui64=True
            )
            effects += self._transmission.air(header, encode_command(command), now)
            if last:
                break
        return effects

    def command(self, incoming: Incoming, command: LinkStatus, _now: Instant) -> Effects:
        """A router says whom it hears (R22 3.6.3.4.2)."""
        nwk = self._nwk
        source = incoming.header.source
        if nwk.nib.is_end_device or source != incoming.neighbour:
            return []
        effects: Effects = []
        row = nwk.neighbours.get(source)
        if row is None or not row.routes:
            row = self._meet(incoming)
            effects.append(NeighbourHeard(source, incoming.lqi))
        row.lqi = incoming.lqi
        row.age = 0
        ours = nwk.nib.nwk_address
        listed = next((each for each in command.entries if each.address == ours), None)
        if listed is not None:
            row.outgoing_cost = listed.incoming_cost
            row.broken = False
        elif _covers(command, ours):
            row.outgoing_cost = 0
        return effects

    def _meet(self, incoming: Incoming) -> Neighbour:
        nwk = self._nwk
        source: NwkAddress = incoming.header.source
        row = Neighbour(
            address=source,
            eui64=incoming.sender,
            device_type=device_type_of(source, router=True),
            relation=Relation.SIBLING,
        )
        nwk.neighbours.put(row)
        nwk.routes.forget(source)
        return row


def _covers(command: LinkStatus, address: NwkAddress) -> bool:
    """Whether an address would be in this frame, had the sender heard it (R22 3.4.8.3.2)."""
    if not command.entries:
        return command.first_frame and command.last_frame
    after_first = command.first_frame or command.entries[0].address <= address
    before_last = command.last_frame or address <= command.entries[-1].address
    return after_first and before_last
