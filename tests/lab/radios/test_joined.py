"""A device that stands on two airs at once."""

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, milliseconds
from emulator.lab.radios.joined import JoinedRadio, mac_addresses
from emulator.radio.port import (
    Radio,
    RadioCommand,
    RadioConfig,
    RadioConfigure,
    RadioEnergy,
    RadioEnergyScan,
    RadioEvent,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.testing.stack.radio_contract import (
    CHANNEL,
    DUT,
    PEER,
    RADIO_CONTRACT,
    Place,
    Rule,
    data,
)
from emulator.testing.stack.simulated_bench import SimulatedBench


class Side:
    """A radio that does nothing but keep what it is told."""

    def __init__(self) -> None:
        self.told: list[RadioCommand] = []
        self.on = False

    def connect(self, listener: object) -> None:
        self.listener = listener

    def command(self, command: RadioCommand) -> None:
        self.told.append(command)

    def power(self, *, on: bool) -> None:
        self.on = on

    def say(self, event: RadioEvent) -> None:
        assert callable(self.listener)
        self.listener(event)

    @property
    def handles(self) -> list[int]:
        return [each.handle for each in self.told if isinstance(each, RadioTransmit)]


class Bench:
    def __init__(self) -> None:
        self.virtual, self.real = Side(), Side()
        self.radio = JoinedRadio(self.virtual, self.real)
        self.events: list[RadioEvent] = []
        self.radio.connect(self.events.append)


NO_ACK = TransmitOutcome.NO_ACK
ACKED = TransmitOutcome.ACKED
SENT = TransmitOutcome.SENT
FAILED = TransmitOutcome.CHANNEL_ACCESS_FAILURE


def test_power_and_configuration_go_to_both() -> None:
    bench = Bench()
    config = RadioConfigure(RadioConfig(CHANNEL, 1, 2, Eui64(3)))

    bench.radio.power(on=True)
    bench.radio.command(config)

    assert bench.virtual.on
    assert bench.real.on
    assert bench.virtual.told == bench.real.told == [config]


def test_broadcast_goes_to_both_and_ends_once() -> None:
    bench = Bench()

    bench.radio.command(RadioTransmit(1, data(0xFFFF, DUT, ack=False)))
    bench.virtual.say(RadioTransmitted(1, FAILED))
    early = list(bench.events)
    bench.real.say(RadioTransmitted(1, SENT))

    assert early == []
    assert bench.events == [RadioTransmitted(1, SENT)]


def test_frame_for_somebody_unknown_tries_the_virtual_air_then_the_real_one() -> None:
    bench = Bench()

    bench.radio.command(RadioTransmit(1, data(PEER, DUT)))
    bench.virtual.say(RadioTransmitted(1, NO_ACK))
    bench.real.say(RadioTransmitted(1, ACKED, frame_pending=True))

    assert (bench.virtual.handles, bench.real.handles) == ([1], [1])
    assert bench.events == [RadioTransmitted(1, ACKED, frame_pending=True)]


def test_frame_that_the_virtual_air_takes_does_not_go_to_the_real_one() -> None:
    bench = Bench()

    bench.radio.command(RadioTransmit(1, data(PEER, DUT)))
    bench.virtual.say(RadioTransmitted(1, ACKED))

    assert bench.real.handles == []
    assert bench.events == [RadioTransmitted(1, ACKED)]


def test_frame_for_somebody_heard_goes_where_it_was_heard() -> None:
    bench = Bench()
    heard = RadioReceived(data(DUT, PEER), -60, 255)
    bench.real.say(heard)

    bench.radio.command(RadioTransmit(1, data(PEER, DUT)))
    bench.real.say(RadioTransmitted(1, NO_ACK))

    assert bench.virtual.handles == []
    assert bench.events == [heard, RadioTransmitted(1, NO_ACK)]


def test_energy_is_measured_on_the_real_air() -> None:
    bench = Bench()
    bench.radio.command(RadioEnergyScan(CHANNEL, milliseconds(5)))
    bench.real.say(RadioEnergy(CHANNEL, 9))

    assert bench.virtual.told == []
    assert bench.events == [RadioEnergy(CHANNEL, 9)]


def test_end_of_a_frame_nobody_waits_for_is_not_told() -> None:
    bench = Bench()

    bench.real.say(RadioTransmitted(7, ACKED))

    assert bench.events == []


@pytest.mark.parametrize(
    ("frame", "addresses"),
    [
        ("6188 07 175a 0000 3412 04", ("0000", "3412")),
        ("2388 07 175a 0000 185a 3412 04", ("0000", "3412")),
        ("63c8 07 175a 0000 a19078563412db00 04", ("0000", "a19078563412db00")),
        ("0308 01 ffff ffff 07", ("ffff", "")),
        ("0080 01 175a 0000 ff4f", ("", "0000")),
        ("0200 07", ("", "")),
        ("01", ("", "")),
    ],
)
def test_addresses_are_found_in_a_frame(frame: str, addresses: tuple[str, str]) -> None:
    to, by = mac_addresses(bytes.fromhex(frame))

    assert (to.hex(), by.hex()) == addresses


class TwoAirs:
    """The device under test on two airs, its peer on the virtual one."""

    def __init__(self) -> None:
        self.near, self.far = SimulatedBench("dut", "peer"), SimulatedBench("dut")
        self.joined = JoinedRadio(self.near.radio("dut"), self.far.radio("dut"))
        self._events: list[RadioEvent] = []
        self.joined.connect(self._events.append)

    def radio(self, place: Place) -> Radio:
        return self.joined if place == "dut" else self.near.radio(place)

    def events(self, place: Place) -> list[RadioEvent]:
        return self._events if place == "dut" else self.near.events(place)

    def run(self, duration: Duration) -> None:
        for _ in range(duration // 100):
            self.near.run(milliseconds(0.1))
            self.far.run(milliseconds(0.1))

    def jam(self) -> None:
        self.near.jam()
        self.far.jam()


@pytest.mark.parametrize("rule", RADIO_CONTRACT, ids=lambda rule: rule.__name__)
def test_joined_radio_keeps_the_contract(rule: Rule) -> None:
    rule(TwoAirs())
