"""Real dongles: one answers and measures; two keep the contract of every radio between them.

    HANLAB_ON_AIR=/dev/ttyACM0 HANLAB_ON_AIR_PEER=/dev/ttyACM1 \\
        .venv/bin/python -m pytest -m on_air tests/on_air

Only on a shielded bench, or where nobody else's network can be disturbed.
"""

from collections.abc import Iterator

import pytest

from emulator.kernel.units import milliseconds
from emulator.radio.phy.pages import CHANNELS
from emulator.radio.port import (
    RadioConfig,
    RadioConfigure,
    RadioEnergy,
    RadioEnergyScan,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.testing.stack.radio_contract import (
    CHANNEL,
    DUT,
    DUT_EUI64,
    NOBODY,
    PAN,
    RADIO_CONTRACT,
    TIME,
    Rule,
    data,
)
from hardware.spinel_kind import SPINEL
from tests.on_air.on_air_bench import DONGLE, PEER, OnAirBench, port_of

pytestmark = pytest.mark.on_air


@pytest.fixture
def alone() -> Iterator[OnAirBench]:
    bench = OnAirBench(("dut", port_of(DONGLE)))
    yield bench
    bench.close()


@pytest.fixture
def together() -> Iterator[OnAirBench]:
    bench = OnAirBench(("dut", port_of(DONGLE)), ("peer", port_of(PEER)))
    yield bench
    bench.close()


def test_dongle_says_what_it_is() -> None:
    report = SPINEL.probe(port_of(DONGLE))

    assert report.protocol.startswith("Spinel 4.")
    assert report.firmware


def test_every_channel_is_measured(alone: OnAirBench) -> None:
    alone.radio("dut").command(RadioConfigure(RadioConfig(CHANNEL, PAN, DUT, DUT_EUI64)))

    for channel in CHANNELS:
        alone.radio("dut").command(RadioEnergyScan(channel, milliseconds(20)))
    alone.run(milliseconds(3_000))

    measured = [each for each in alone.events("dut") if isinstance(each, RadioEnergy)]
    assert [each.channel for each in measured] == list(CHANNELS)
    assert all(each.rss is None or -128 < each.rss < 20 for each in measured)


@pytest.mark.parametrize(
    ("destination", "outcome"),
    [(NOBODY, TransmitOutcome.NO_ACK), (0xFFFF, TransmitOutcome.SENT)],
)
def test_transmission_ends_as_it_must(
    alone: OnAirBench, destination: int, outcome: TransmitOutcome
) -> None:
    alone.radio("dut").command(RadioConfigure(RadioConfig(CHANNEL, PAN, DUT, DUT_EUI64)))
    alone.radio("dut").command(RadioTransmit(1, data(destination, DUT, ack=destination != 0xFFFF)))
    alone.run(TIME)

    (event,) = (each for each in alone.events("dut") if isinstance(each, RadioTransmitted))
    assert event == RadioTransmitted(1, outcome)


@pytest.mark.parametrize("rule", RADIO_CONTRACT, ids=lambda rule: rule.__name__)
def test_two_dongles_keep_the_contract(rule: Rule, together: OnAirBench) -> None:
    rule(together)
