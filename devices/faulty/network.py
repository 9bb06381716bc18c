"""Defects of the network side: power, keys, counters, sleep, keep-alive, mirror (ZSE 1.4, R22)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from devices.faulty.assembling import Filtered, assembled, described
from emulator.bench.running.defects import DeviceDefect
from emulator.kernel.machine import Machine
from emulator.kernel.units import Instant, later, minutes
from emulator.smart_energy.device import Persistent, SmartEnergyDevice
from emulator.smart_energy.mirror.client import MirrorClient, Phase
from emulator.smart_energy.mirror.primitives import AllowMirrorReports
from emulator.smart_energy.network.joiner import Joiner
from emulator.smart_energy.network.keep_alive import KeepAliveClient
from emulator.smart_energy.network.membership import Membership
from emulator.smart_energy.primitives import StartKeepAlive
from emulator.smart_energy.settings import PollSettings
from emulator.smart_energy.tunnel.fetcher import MessageFetcher
from emulator.smart_energy.tunnel.primitives import FetchMessages, TunnelDataRequest
from emulator.zigbee.nwk.primitives import JoinMethod, NlmeJoinRequest, NlmePollControl
from emulator.zigbee.nwk.settings import NwkSettings

_SELDOM: Final = minutes(120)


@dataclass(frozen=True, slots=True)
class Remembering:
    """What survives a loss of power, changed.

    Args:
        part: the good one.
        kept: what is left of its memory.
    """

    part: Persistent
    kept: Callable[[dict[str, Any]], dict[str, Any]]

    def snapshot(self) -> dict[str, Any]:
        """What is kept, as JSON knows it."""
        return self.kept(self.part.snapshot())

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `snapshot` gave."""
        self.part.restore(state)


def _remembering(
    name: str, kept: Callable[[dict[str, Any]], dict[str, Any]]
) -> Callable[[str, Persistent], Persistent]:
    """Parts that survive a loss of power, one of them changed."""

    def part(named: str, good: Persistent) -> Persistent:
        return Remembering(good, kept) if named == name else good

    return part


def _leaves(device: SmartEnergyDevice) -> None:
    def kept(_: dict[str, Any]) -> dict[str, Any]:
        return Membership().snapshot()

    assembled(device, part=_remembering("joiner", kept))


def _forgets_counter(device: SmartEnergyDevice) -> None:
    start = -NwkSettings().frame_counter_margin

    def kept(memory: dict[str, Any]) -> dict[str, Any]:
        keys = memory["keys"]
        rows = [{**row, "outgoing": start} for row in keys["keys"]]
        return {**memory, "keys": {**keys, "keys": rows}}

    assembled(device, part=_remembering("nwk", kept))


def _gives_up(device: SmartEnergyDevice) -> None:
    def does(effect: object) -> bool:
        return not (isinstance(effect, NlmeJoinRequest) and effect.method is JoinMethod.REJOIN)

    assembled(device, machine=_filtering(Joiner, does=does))


def _stays_awake(device: SmartEnergyDevice) -> None:
    idle = PollSettings().idle

    def does(effect: object) -> bool:
        return not (isinstance(effect, NlmePollControl) and effect.interval == idle)

    assembled(device, machine=_filtering(Joiner, does=does))


def _never_asks(device: SmartEnergyDevice) -> None:
    def hears(event: object) -> bool:
        return not isinstance(event, StartKeepAlive)

    assembled(device, machine=_filtering(KeepAliveClient, hears=hears))


def _measures_for_itself(device: SmartEnergyDevice) -> None:
    def hears(event: object) -> bool:
        return not isinstance(event, AllowMirrorReports)

    assembled(device, machine=_filtering(MirrorClient, hears=hears))


def _fetches_one(device: SmartEnergyDevice) -> None:
    def machine(good: Machine) -> Machine:
        return OneOnly(good) if isinstance(good, MessageFetcher) else good

    assembled(device, machine=machine)


def _wakes_seldom(device: SmartEnergyDevice) -> None:
    def machine(good: Machine) -> Machine:
        return Seldom(good) if isinstance(good, MirrorClient) else good

    assembled(device, machine=machine)


def _misreads_code(device: SmartEnergyDevice) -> None:
    key = device.description.link_key
    described(device, link_key=None if key is None else key[::-1])


def _wrong_key_pair(device: SmartEnergyDevice) -> None:
    good = device.description.credentials
    identities = {
        suite: replace(each, private_key=each.private_key ^ 1)
        for suite, each in good.identities.items()
    }
    described(device, credentials=replace(good, identities=identities))


def _filtering(
    kind: type[Any],
    *,
    hears: Callable[[object], bool] = lambda _: True,
    does: Callable[[object], bool] = lambda _: True,
) -> Callable[[Machine], Machine]:
    """Machines, those of one kind filtered."""

    def machine(good: Machine) -> Machine:
        return Filtered(good, hears=hears, does=does) if isinstance(good, kind) else good

    return machine


class OneOnly:
    """A fetcher of messages that asks for no second one."""

    def __init__(self, machine: MessageFetcher) -> None:
        self.machine = machine
        self.accepts = machine.accepts
        self._asked = False

    @property
    def deadline(self) -> Instant | None:
        """That of the good one."""
        return self.machine.deadline

    def handle(self, event: Any, now: Instant) -> Any:
        """What follows from an event."""
        if isinstance(event, FetchMessages):
            self._asked = False
        return self._once(self.machine.handle(event, now))

    def wake(self, now: Instant) -> Any:
        """What is due: nothing, for it has asked."""
        return self._once(self.machine.wake(now))

    def _once(self, effects: Any) -> Any:
        sent: list[object] = []
        for each in effects:
            get = isinstance(each, TunnelDataRequest) and each.octets == b"\x01"
            if not (get and self._asked):
                sent.append(each)
            self._asked = self._asked or get
        return sent


class Seldom:
    """A mirror client that wakes long after it should, once it has a mirror."""

    def __init__(self, machine: MirrorClient) -> None:
        self.machine = machine
        self.accepts = machine.accepts

    @property
    def deadline(self) -> Instant | None:
        """That of the good one, and long after it where it sleeps."""
        due = self.machine.deadline
        asleep = self.machine.phase is Phase.ASLEEP and self.machine.configured
        return later(due, _SELDOM) if asleep and due is not None else due

    def handle(self, event: Any, now: Instant) -> Any:
        """What follows from an event."""
        return self.machine.handle(event, now)

    def wake(self, now: Instant) -> Any:
        """What is due."""
        return self.machine.wake(now)


leaves_on_power_loss: Final = DeviceDefect(
    _leaves,
    "Forgets its network with its power, and is let into none (against ZSE 1.4 5.5.5).",
)
gives_up_network: Final = DeviceDefect(
    _gives_up,
    "Does not look for its hub again when it has lost it (against ZSE 1.4 5.5.5).",
)
frame_counter_lost: Final = DeviceDefect(
    _forgets_counter,
    "Begins to count its frames anew when it lost its power (against R22 4.3.1).",
)
never_sleeps: Final = DeviceDefect(
    _stays_awake,
    "Asks for data four times a second for ever (against ZSE 1.4 5.3).",
)
wakes_seldom: Final = DeviceDefect(
    _wakes_seldom,
    "Fetches its messages every two and a half hours (against GBCS 10.2.2).",
)
fetches_one: Final = DeviceDefect(
    _fetches_one,
    "Fetches one message at each wake, however many wait (against GBCS 10.2.2.2).",
)
keep_alive_missing: Final = DeviceDefect(
    _never_asks,
    "Never asks whether its trust centre is there (against ZSE 1.4 5.4).",
)
mirror_stale: Final = DeviceDefect(
    _measures_for_itself,
    "Never reports what it measures to its mirror (against GBCS 10.4.2).",
)
install_code_misread: Final = DeviceDefect(
    _misreads_code,
    "Reads the hash of its install code backwards (against ZSE 1.4 5.4).",
)
key_pair_wrong: Final = DeviceDefect(
    _wrong_key_pair,
    "Has a certificate for another private key than its own (against ZSE 1.4 Annex C).",
)
