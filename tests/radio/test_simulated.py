import pytest

from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import NEVER, Duration, Instant, milliseconds
from emulator.radio.air import airtime
from emulator.radio.port import (
    Channel,
    CsmaSettings,
    RadioConfig,
    RadioConfigure,
    RadioEnergyScan,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.radio.simulated import ACK_WAIT, TURNAROUND, RadioState
from emulator.testing.radio_contract import RADIO_CONTRACT, Rule, data
from emulator.testing.simulated_bench import Injector, SimulatedBench

CHANNEL = Channel(0, 11)
PAN = 0x5A17


def configured(bench: SimulatedBench, **receiver_on: bool) -> SimulatedBench:
    for number, name in enumerate(bench.radios):
        on = receiver_on.get(name, True)
        config = RadioConfig(CHANNEL, PAN, number, Eui64(0xA0 + number), receiver_on=on)
        bench.radio(name).command(RadioConfigure(config))
    return bench


@pytest.mark.parametrize("rule", RADIO_CONTRACT, ids=lambda rule: rule.__name__)
def test_simulated_radio_keeps_the_contract(rule: Rule) -> None:
    rule(SimulatedBench("dut", "peer"))


def test_acknowledgement_follows_after_the_turnaround_time() -> None:
    bench = configured(SimulatedBench("a", "b"))

    bench.radio("b").command(RadioTransmit(1, data(0, 1)))
    bench.run(milliseconds(50))

    frame, acknowledgement = bench.transmissions
    assert acknowledgement.sender == "a"
    assert acknowledgement.start == frame.start + frame.duration + TURNAROUND
    assert acknowledgement.duration == airtime(5) == 352


def test_frame_waits_a_whole_number_of_backoff_periods_then_assesses_and_turns() -> None:
    bench = configured(SimulatedBench("a", "b"))

    bench.radio("b").command(RadioTransmit(1, data(0, 1)))
    bench.run(milliseconds(50))

    waited = bench.transmissions[0].start - 128 - TURNAROUND
    assert waited % 320 == 0
    assert 0 <= waited <= 7 * 320


def test_unacknowledged_frame_is_sent_once_and_then_three_times_more() -> None:
    bench = configured(SimulatedBench("a"))

    bench.radio("a").command(RadioTransmit(9, data(5, 0)))
    bench.run(milliseconds(200))

    assert len(bench.transmissions) == 4
    gaps = [
        later.start - earlier.start - earlier.duration
        for earlier, later in zip(bench.transmissions, bench.transmissions[1:], strict=False)
    ]
    assert all(gap >= ACK_WAIT + 128 + TURNAROUND for gap in gaps)


def test_number_of_retries_is_a_setting() -> None:
    bench = configured(SimulatedBench("a", csma=CsmaSettings(max_frame_retries=0)))

    bench.radio("a").command(RadioTransmit(9, data(5, 0)))
    bench.run(milliseconds(200))

    assert len(bench.transmissions) == 1
    assert bench.events("a") == [RadioTransmitted(9, TransmitOutcome.NO_ACK)]


def test_received_frame_is_reported_after_its_acknowledgement() -> None:
    bench = configured(SimulatedBench("a", "b"))
    reported: list[Instant] = []
    bench.radio("a").connect(lambda _event: reported.append(bench.scheduler.now))

    bench.radio("b").command(RadioTransmit(1, data(0, 1)))
    bench.run(milliseconds(50))

    acknowledgement = bench.transmissions[1]
    assert reported == [acknowledgement.start + acknowledgement.duration]


def test_acknowledgement_of_another_frame_is_not_taken() -> None:
    bench = configured(SimulatedBench("a", "b"))

    bench.radio("a").command(RadioTransmit(1, data(5, 0, sequence=7)))
    bench.radio("b").command(RadioTransmit(2, bytes.fromhex("0200 08")))
    bench.run(milliseconds(200))

    assert bench.events("a") == [RadioTransmitted(1, TransmitOutcome.NO_ACK)]


def test_frame_with_a_wrong_fcs_is_not_reported() -> None:
    bench = configured(SimulatedBench("a"))

    Injector(bench.air, CHANNEL, "b").send(data(0, 1) + b"\x00\x00")
    bench.run(milliseconds(50))

    assert bench.events("a") == []


def test_radio_without_power_hears_and_sends_nothing() -> None:
    bench = configured(SimulatedBench("a", "b"))

    bench.radio("a").power(on=False)
    bench.radio("a").command(RadioTransmit(1, data(1, 0)))
    bench.radio("b").command(RadioTransmit(2, data(0, 1)))
    bench.run(milliseconds(200))

    assert bench.events("a") == []
    assert bench.events("b") == [RadioTransmitted(2, TransmitOutcome.NO_ACK)]


def test_power_cycle_forgets_queue_and_configuration() -> None:
    bench = configured(SimulatedBench("a", "b"))
    for handle in (1, 2):
        bench.radio("a").command(RadioTransmit(handle, data(1, 0)))

    bench.radio("a").power(on=False)
    bench.radio("a").power(on=True)
    bench.run(milliseconds(200))

    assert bench.transmissions == []
    assert bench.radio("a").state is RadioState.IDLE
    assert bench.radio("a").listening_since == NEVER
    with pytest.raises(LocalError, match="before it was configured"):
        bench.radio("a").command(RadioTransmit(3, data(1, 0)))


def test_frame_cut_by_a_power_loss_is_understood_by_nobody() -> None:
    bench = configured(SimulatedBench("a", "b"))
    bench.radio("a").command(RadioTransmit(1, data(1, 0)))
    bench.scheduler.run(stop=lambda: bool(bench.transmissions))

    bench.radio("a").power(on=False)
    bench.run(milliseconds(200))

    assert bench.events("b") == []


def test_power_loss_in_an_energy_scan_ends_it() -> None:
    bench = configured(SimulatedBench("a"))
    bench.radio("a").command(RadioEnergyScan(CHANNEL, milliseconds(10)))
    bench.run(Duration(1))

    bench.radio("a").power(on=False)
    bench.radio("a").power(on=False)
    bench.run(milliseconds(20))

    assert bench.events("a") == []
    assert bench.radio("a").state is RadioState.OFF


def test_sleepy_radio_listens_from_acknowledgement_on_when_its_host_says_so() -> None:
    bench = configured(SimulatedBench("parent", "child"), child=False)
    child = bench.radio("child")
    awake = RadioConfig(CHANNEL, PAN, 1, Eui64(0xA1), receiver_on=True)
    heard: list[bytes] = []

    def host(event: object) -> None:
        if isinstance(event, RadioTransmitted):
            child.command(RadioConfigure(awake))
            bench.radio("parent").command(RadioTransmit(2, data(1, 0)))
        if isinstance(event, RadioReceived):
            heard.append(event.psdu)

    child.connect(host)
    child.command(RadioTransmit(1, data(0, 1)))
    bench.run(milliseconds(50))

    assert heard == [data(1, 0)]


def test_same_seed_gives_the_same_transmissions() -> None:
    runs = []
    for _ in range(2):
        bench = configured(SimulatedBench("a", "b", "c", seed=5))
        for number, name in enumerate(bench.radios):
            for handle in range(5):
                bench.radio(name).command(RadioTransmit(handle, data((number + 1) % 3, number)))
        bench.run(milliseconds(500))
        runs.append(bench.transmissions)

    assert runs[0] == runs[1]
