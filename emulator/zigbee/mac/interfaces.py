"""Two MACs below one NWK layer: the interface table of a dual-band hub (R22 3.6.12, D.1).

A neighbour is on the interface on which it was last heard, so that a frame for it goes out there;
broadcasts go out on both. The second interface is the one below 1 GHz; its radio is spoken to in
`SecondRadioCommand`s.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Final, get_args

from emulator.kernel.units import Instant
from emulator.radio.bands import Band, band_of
from emulator.radio.port import RadioCommand, RadioEvent
from emulator.zigbee.addresses import BROADCAST_ALL, NwkAddress
from emulator.zigbee.mac.machine import MacMachine
from emulator.zigbee.mac.primitives import (
    MacStatus,
    McpsDataConfirm,
    McpsDataIndication,
    McpsDataRequest,
    MlmeAssociateIndication,
    MlmeAssociateResponse,
    MlmePollIndication,
    MlmePowerRequest,
    MlmeScanConfirm,
    MlmeScanRequest,
    MlmeSetRequest,
)

FIRST: Final = 0
SECOND: Final = 1
_BANDS: Final = (Band.GHZ_2_4, Band.SUB_GHZ)
_COMMANDS: Final = frozenset(get_args(RadioCommand))
_EVENTS: Final = frozenset(get_args(RadioEvent))


@dataclass(frozen=True, slots=True)
class SecondRadioCommand:
    """A command for the radio below 1 GHz."""

    command: RadioCommand


@dataclass(frozen=True, slots=True)
class SecondRadioEvent:
    """What the radio below 1 GHz reports."""

    event: RadioEvent


class MacInterfaces:
    """The two MACs of one node, as one machine.

    Args:
        first: at 2.4 GHz.
        second: below 1 GHz.
    """

    accepts: ClassVar[tuple[type, ...]] = (*MacMachine.accepts, SecondRadioEvent)

    def __init__(self, first: MacMachine, second: MacMachine) -> None:
        self._macs = (first, second)
        self._where: dict[NwkAddress, int] = {}
        self._joining: dict[int, int] = {}
        self._broadcasts: dict[int, list[MacStatus]] = {}
        self._scans: dict[int, MlmeScanConfirm | None] = {}
        self._requests: Mapping[type, Callable[[Any, Instant], Sequence[Any]]] = {
            McpsDataRequest: self._data,
            MlmeSetRequest: self._set,
            MlmeScanRequest: self._scan,
            MlmeAssociateResponse: self._respond,
            MlmePowerRequest: self._adjust,
        }

    def handle(self, event: Any, now: Instant) -> Sequence[Any]:
        """Effects of a request of NWK or an event of either radio."""
        if isinstance(event, SecondRadioEvent):
            return self._ask(SECOND, event.event, now)
        if type(event) in _EVENTS:
            return self._ask(FIRST, event, now)
        act = self._requests.get(type(event))
        return self._ask_both(event, now) if act is None else act(event, now)

    def wake(self, now: Instant) -> Sequence[Any]:
        """Effects of the MACs that were due."""
        effects: list[Any] = []
        for index, mac in enumerate(self._macs):
            if mac.deadline is not None and mac.deadline <= now:
                effects += self._told(index, mac.wake(now))
        return effects

    @property
    def deadline(self) -> Instant | None:
        """When the first MAC is due."""
        due = [mac.deadline for mac in self._macs if mac.deadline is not None]
        return min(due, default=None)

    def interface_of(self, address: NwkAddress) -> int:
        """The interface on which a neighbour was last heard; the first for one never heard."""
        return self._where.get(address, FIRST)

    # Downward.

    def _ask(self, index: int, request: Any, now: Instant) -> Sequence[Any]:
        return self._told(index, self._macs[index].handle(request, now))

    def _ask_both(self, request: Any, now: Instant) -> Sequence[Any]:
        return [each for index in (FIRST, SECOND) for each in self._ask(index, request, now)]

    def _data(self, request: McpsDataRequest, now: Instant) -> Sequence[Any]:
        if request.destination != BROADCAST_ALL:
            return self._ask(self.interface_of(request.destination), request, now)
        if request.interface is not None:
            return self._ask(request.interface, request, now)
        self._broadcasts[request.handle] = []
        return self._ask_both(request, now)

    def _set(self, request: MlmeSetRequest, now: Instant) -> Sequence[Any]:
        """A channel is for the interface of its band, everything else for both."""
        if request.channel is None:
            return self._ask_both(request, now)
        home = _BANDS.index(band_of(request.channel))
        other = 1 - home
        rest = replace(request, channel=None)
        return (*self._ask(home, request, now), *self._ask(other, rest, now))

    def _scan(self, request: MlmeScanRequest, now: Instant) -> Sequence[Any]:
        """Each interface scans the channels of its band, both at the same time."""
        parts = [
            (index, tuple(each for each in request.channels if band_of(each) is band))
            for index, band in enumerate(_BANDS)
        ]
        asked = [(index, channels) for index, channels in parts if channels] or [(FIRST, ())]
        self._scans = {index: None for index, _ in asked}
        return [
            effect
            for index, channels in asked
            for effect in self._ask(index, replace(request, channels=channels), now)
        ]

    def _respond(self, response: MlmeAssociateResponse, now: Instant) -> Sequence[Any]:
        index = self._joining.get(response.device, FIRST)
        self._where[response.short_address] = index
        return self._ask(index, response, now)

    def _adjust(self, request: MlmePowerRequest, now: Instant) -> Sequence[Any]:
        return self._ask(self.interface_of(request.address), request, now)

    # Upward.

    def _told(self, index: int, effects: Sequence[Any]) -> Sequence[Any]:
        told: list[Any] = []
        for effect in effects:
            if type(effect) in _COMMANDS:
                told.append(effect if index == FIRST else SecondRadioCommand(effect))
            elif isinstance(effect, McpsDataConfirm):
                told += self._confirmed(effect)
            elif isinstance(effect, MlmeScanConfirm):
                told += self._scanned(index, effect)
            else:
                self._learn(index, effect)
                told.append(effect)
        return told

    def _learn(self, index: int, effect: Any) -> None:
        if isinstance(effect, McpsDataIndication | MlmePollIndication):
            self._where[effect.source] = index
        elif isinstance(effect, MlmeAssociateIndication):
            self._joining[effect.device] = index

    def _confirmed(self, confirm: McpsDataConfirm) -> Sequence[McpsDataConfirm]:
        """A broadcast is confirmed once both interfaces are through; one success is enough."""
        statuses = self._broadcasts.get(confirm.handle)
        if statuses is None:
            return (confirm,)
        statuses.append(confirm.status)
        if len(statuses) < len(self._macs):
            return ()
        del self._broadcasts[confirm.handle]
        good = MacStatus.SUCCESS in statuses
        return (McpsDataConfirm(confirm.handle, MacStatus.SUCCESS if good else statuses[0]),)

    def _scanned(self, index: int, confirm: MlmeScanConfirm) -> Sequence[MlmeScanConfirm]:
        if index not in self._scans:
            return (confirm,)
        self._scans[index] = confirm
        ended = [each for each in self._scans.values() if each is not None]
        if len(ended) < len(self._scans):
            return ()
        self._scans = {}
        best = min(ended, key=lambda each: _RANK.get(each.status, len(_RANK)))
        energies = tuple(level for each in ended for level in each.energies)
        return (replace(best, energies=energies),)


_RANK: Final = {MacStatus.SUCCESS: 0, MacStatus.NO_BEACON: 1}
"""What a scan over both bands came to: a network on either is a success."""
