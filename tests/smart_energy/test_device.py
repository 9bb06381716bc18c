"""A device with power and without: what it keeps, forgets, and tells."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

import pytest

from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.machine import Machine
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import Calendar, Instant
from emulator.smart_energy.device import (
    Boot,
    DeviceDescription,
    Persistent,
    SmartEnergyDevice,
    Surroundings,
)
from emulator.smart_energy.facts import PowerChanged
from emulator.smart_energy.keys.credentials import Credentials
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.nwk.primitives import DeviceType, NlmeSetKeyRequest

EUI64 = Eui64(0x00DB1234567890A0)


@dataclass
class SilentRadio:
    """A radio that only tells whether it has power."""

    powered: bool = True
    sink: Callable[[Any], None] | None = None
    commands: list[Any] = field(default_factory=list)

    def power(self, *, on: bool) -> None:
        self.powered = on

    def connect(self, sink: Callable[[Any], None]) -> None:
        self.sink = sink

    def command(self, command: Any) -> None:
        self.commands.append(command)


@dataclass(frozen=True, slots=True)
class Count:
    """Asks the device to count on."""


@dataclass(frozen=True, slots=True)
class Started:
    """The first event of a boot."""

    restored: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """What the device tells of it."""

    kind: ClassVar[str] = "counted"

    number: int


class Tally:
    """The one machine of the device: it counts, and what it counted survives."""

    accepts: ClassVar[tuple[type, ...]] = (Count, Started)
    deadline: Instant | None = None

    def __init__(self) -> None:
        self.number = 0
        self.started: list[bool] = []

    def handle(self, event: Count | Started, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        if isinstance(event, Started):
            self.started.append(event.restored)
            return ()
        self.number += 1
        return (Counted(self.number),)

    def wake(self, now: Instant) -> Sequence[Any]:  # noqa: ARG002 - the one shape of machines
        return ()

    def snapshot(self) -> dict[str, Any]:
        return {"number": self.number}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.number = state["number"] + 0


class CountingAssembly:
    """The assembly of such a device; it is a member of something once it counted."""

    unheard: Sequence[type] = ()
    nwk_address = NwkAddress(0x3F1C)
    parent = Eui64(1)
    hub = Eui64(2)
    link_key_origin = KeyOrigin.CBKE
    suite = 2
    keys = (NlmeSetKeyRequest(bytes(16), 0),)

    def __init__(self, boot: Boot) -> None:
        self.boot = boot
        self.counter = Tally()

    @property
    def machines(self) -> Sequence[Machine]:
        return (self.counter,)

    @property
    def persistent(self) -> Mapping[str, Persistent]:
        return {"counter": self.counter}

    @property
    def member(self) -> bool:
        return self.counter.number > 0

    joined = member

    def first_events(self, *, restored: bool) -> Sequence[object]:
        return (Started(restored),)


@dataclass
class Bench:
    """A device, its surroundings, and the assemblies of its boots."""

    def __post_init__(self) -> None:
        self.radio = SilentRadio()
        self.trace = Trace()
        self.assemblies: list[CountingAssembly] = []
        surroundings = Surroundings(
            Scheduler(), Streams(1), self.trace, Calendar(), lambda _name: self.radio
        )
        description = DeviceDescription(
            name="ESME",
            kind="ESME",
            eui64=EUI64,
            device_type=DeviceType.ROUTER,
            endpoints=(),
            credentials=Credentials({}),
        )
        self.device = SmartEnergyDevice(description, surroundings, self.assemble)

    def assemble(self, boot: Boot) -> CountingAssembly:
        self.assemblies.append(CountingAssembly(boot))
        return self.assemblies[-1]

    @property
    def counter(self) -> Tally:
        return self.assemblies[-1].counter


def test_new_device_has_no_power_and_knows_nothing() -> None:
    bench = Bench()
    device = bench.device

    assert not bench.radio.powered
    assert (device.powered, device.joined, device.remembers) == (False, False, False)
    assert (device.nwk_address, device.parent, device.suite) == (None, None, None)
    assert (device.link_key_origin, device.hub) == (None, None)
    assert device.snapshot() == {}


def test_power_starts_it_with_its_first_events() -> None:
    bench = Bench()

    bench.device.power_on()

    assert bench.radio.powered
    assert bench.counter.started == [False]
    assert [fact.on for _, fact in bench.trace.of(PowerChanged)] == [True]


def test_device_tells_what_its_assembly_does() -> None:
    bench = Bench()
    bench.device.power_on()
    bench.device.post(Count())

    device = bench.device
    assert (device.joined, device.nwk_address, device.parent) == (True, 0x3F1C, 1)
    assert (device.link_key_origin, device.suite) == (KeyOrigin.CBKE, 2)
    assert [fact.number for _, fact in bench.trace.of(Counted)] == [1]


def test_what_the_radio_hears_reaches_the_machines() -> None:
    bench = Bench()
    bench.device.power_on()
    assert bench.radio.sink is not None

    bench.radio.sink(Count())

    assert bench.counter.number == 1


def test_without_power_nothing_happens_to_it() -> None:
    bench = Bench()
    bench.device.power_on()
    bench.device.power_off()

    bench.device.post(Count())

    assert not bench.radio.powered
    assert list(bench.trace.of(Counted)) == []


def test_non_volatile_storage_survives_a_power_cycle_and_nothing_else() -> None:
    bench = Bench()
    bench.device.power_on()
    bench.device.post(Count())
    bench.device.power_off()

    bench.device.power_on()
    bench.device.post(Count())

    assert [fact.number for _, fact in bench.trace.of(Counted)] == [1, 2]
    assert bench.counter.started == [True]
    assert len(bench.assemblies) == 2


@pytest.mark.parametrize(("powers", "boots"), [(1, 1), (3, 1)])
def test_power_that_is_there_is_not_given_again(powers: int, boots: int) -> None:
    bench = Bench()

    for _ in range(powers):
        bench.device.power_on()

    assert len(bench.assemblies) == boots


def test_power_that_is_not_there_cannot_be_taken() -> None:
    bench = Bench()

    bench.device.power_off()

    assert list(bench.trace.of(PowerChanged)) == []


def test_rebooted_device_does_not_repeat_its_draws() -> None:
    bench = Bench()
    for _ in range(2):
        bench.device.power_on()
        bench.device.power_off()

    first, second = (each.boot.stream("x").octets(8) for each in bench.assemblies)
    assert first != second


def test_device_remembers_only_a_network_that_it_was_given() -> None:
    bench = Bench()
    bench.device.power_on()
    bench.device.power_off()
    assert not bench.device.remembers

    bench.device.power_on()
    bench.device.post(Count())
    bench.device.power_off()

    assert bench.device.remembers


def test_memory_of_an_earlier_run_is_taken_up_by_a_device_of_a_later() -> None:
    bench, later_ = Bench(), Bench()
    bench.device.power_on()
    bench.device.post(Count())
    kept = json.loads(json.dumps(bench.device.snapshot()))

    later_.device.remember(kept)
    later_.device.power_on()

    assert later_.device.remembers
    assert later_.counter.number == 1
    assert later_.assemblies[-1].boot.number == 2


def test_device_that_never_had_power_leaves_a_memory_that_is_none() -> None:
    bench = Bench()

    bench.device.remember(Bench().device.snapshot())
    bench.device.power_on()

    assert bench.counter.started == [False]


@pytest.mark.parametrize(
    "memory",
    [
        {"boots": 1},
        {"counter": None, "boots": 1},
        {"counter": {}, "boots": 1},
        {"counter": {"number": "one"}, "boots": 1},
        {"counter": {"number": 1}, "boots": "one"},
    ],
)
def test_memory_that_is_none_of_such_a_device_is_refused(memory: dict[str, Any]) -> None:
    bench = Bench()

    with pytest.raises(UsageError, match="ESME: no memory of such a device"):
        bench.device.remember(memory)

    assert bench.device.snapshot() == {}


def test_observer_sees_effects_and_the_keys_of_a_boot() -> None:
    bench = Bench()
    seen: list[Any] = []
    bench.device.observe((Counted, NlmeSetKeyRequest), seen.append)

    bench.device.power_on()
    bench.device.post(Count())

    assert seen == [NlmeSetKeyRequest(bytes(16), 0), Counted(1)]


@pytest.mark.parametrize(
    ("kind", "sleepy", "full", "mains", "listens"),
    [
        (DeviceType.ROUTER, False, True, True, True),
        (DeviceType.END_DEVICE, False, False, True, True),
        (DeviceType.END_DEVICE, True, False, False, False),
    ],
)
def test_device_says_of_itself_what_it_is(
    kind: DeviceType, sleepy: bool, full: bool, mains: bool, listens: bool
) -> None:
    about = replace(Bench().device.description, device_type=kind, sleepy=sleepy)

    said = about.capability

    assert (said.full_function_device, said.mains_powered, said.rx_on_when_idle) == (
        full,
        mains,
        listens,
    )
