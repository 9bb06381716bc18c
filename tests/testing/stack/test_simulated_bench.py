from emulator.kernel.identity import Eui64
from emulator.kernel.units import milliseconds
from emulator.radio.fcs import with_fcs
from emulator.radio.links import SymmetricLinks
from emulator.radio.port import Channel, RadioConfig, RadioConfigure, RadioReceived
from emulator.testing.stack.radio_contract import CHANNEL, data
from emulator.testing.stack.simulated_bench import Injector, SimulatedBench


def listening(bench: SimulatedBench) -> SimulatedBench:
    for radio in bench.radios.values():
        radio.command(RadioConfigure(RadioConfig(CHANNEL, 0x5A17, 0, Eui64(1))))
    return bench


def test_injected_octets_reach_whoever_they_are_for() -> None:
    bench = listening(SimulatedBench("a"))

    Injector(bench.air, CHANNEL, "b").send(with_fcs(data(0, 1)))
    bench.run(milliseconds(10))

    assert bench.events("a") == [RadioReceived(data(0, 1), -60, 255)]
    assert [each.sender for each in bench.transmissions] == ["b", "a"]


def test_jammed_channel_stays_busy() -> None:
    bench = listening(SimulatedBench("a"))

    bench.jam()
    bench.run(milliseconds(100))

    assert bench.air.busy("a", CHANNEL)
    assert not bench.air.busy("a", Channel(0, 12))


def test_links_of_the_bench_are_those_it_was_given() -> None:
    links = SymmetricLinks(rss=-90)
    bench = listening(SimulatedBench("a", links=links))

    Injector(bench.air, CHANNEL, "b").send(with_fcs(data(0, 1, ack=False)))
    bench.run(milliseconds(10))

    (event,) = bench.events("a")
    assert isinstance(event, RadioReceived)
    assert event.rssi == -90
