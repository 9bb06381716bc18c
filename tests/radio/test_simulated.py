from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import NEVER, Duration, Instant, milliseconds
from emulator.radio.phy.pages import PHYS, airtime
from emulator.radio.port import (
    Channel,
    RadioConfig,
    RadioConfigure,
    RadioEnergyScan,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.radio.radio_state import RadioState
from emulator.radio.settings import AirSettings, CsmaSettings, RadioSettings, ReceiverSettings
from emulator.testing.stack.radio_contract import RADIO_CONTRACT, Rule, data
from emulator.testing.stack.simulated_bench import Injector, SimulatedBench

CHANNEL = Channel(0, 11)
PAN = 0x5A17
TURNAROUND = PHYS[0].turnaround
ACK_WAIT = PHYS[0].ack_wait


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


def test_acknowledgement_comes_at_the_same_instant_when_something_else_happens_before() -> None:
    quiet, busy = (configured(SimulatedBench("a", "b")) for _ in range(2))
    for bench in (quiet, busy):
        bench.radio("b").command(RadioTransmit(1, data(0, 1)))
    happens: list[Instant] = []
    for each in range(10_000):
        busy.scheduler.at(Instant(each), lambda: happens.append(busy.scheduler.now))
    for bench in (quiet, busy):
        bench.run(milliseconds(50))

    assert quiet.transmissions == busy.transmissions
    assert quiet.events("a") == busy.events("a")
    assert quiet.events("b") == busy.events("b")
    assert happens == [*range(10_000)]


def test_two_radios_of_one_address_acknowledge_at_once_and_neither_is_understood() -> None:
    bench = configured(SimulatedBench("a", "b", "c"))
    bench.radio("c").command(RadioConfigure(RadioConfig(CHANNEL, PAN, 0, Eui64(0xA9))))

    bench.radio("b").command(RadioTransmit(1, data(0, 1), max_retries=0))
    bench.run(milliseconds(50))

    _, first, second = bench.transmissions
    assert (first.sender, second.sender) == ("a", "c")
    assert first.start == second.start
    assert bench.events("b") == [RadioTransmitted(1, TransmitOutcome.NO_ACK)]
    assert len(bench.events("a")) == len(bench.events("c")) == 1


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
    once = RadioSettings(CsmaSettings(max_frame_retries=0))
    bench = configured(SimulatedBench("a", settings=once))

    bench.radio("a").command(RadioTransmit(9, data(5, 0)))
    bench.run(milliseconds(200))

    assert len(bench.transmissions) == 1
    assert bench.events("a") == [RadioTransmitted(9, TransmitOutcome.NO_ACK)]


def test_link_quality_depends_on_the_receiver() -> None:
    deaf = RadioSettings(receiver=ReceiverSettings(sensitivity=AirSettings().rss))
    bench = configured(SimulatedBench("a", "b", settings=deaf))

    bench.radio("b").command(RadioTransmit(1, data(0, 1)))
    bench.run(milliseconds(50))

    [heard] = [each for each in bench.events("a") if isinstance(each, RadioReceived)]
    assert (heard.rssi, heard.lqi) == (AirSettings().rss, 0)


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


NAMES = ("a", "b", "c")


class ThreeRadios(RuleBasedStateMachine):
    """Radios that send, sleep, lose power and miss frames, against a list of what was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = configured(SimulatedBench(*NAMES))
        self.asked: dict[str, list[int]] = {name: [] for name in NAMES}
        self.handle = 0
        self.powered = dict.fromkeys(NAMES, 0)

    @rule(name=st.sampled_from(NAMES), to=st.sampled_from((0, 1, 2, 0xFFFF)), ack=st.booleans())
    def send(self, name: str, to: int, ack: bool) -> None:
        radio = self.bench.radio(name)
        self.handle += 1
        frame = data(to, NAMES.index(name), ack=ack, sequence=self.handle % 256)
        if radio.state is not RadioState.OFF:
            self.asked[name].append(self.handle)
            radio.command(RadioTransmit(self.handle, frame))

    @rule(name=st.sampled_from(NAMES), on=st.booleans())
    def listen(self, name: str, on: bool) -> None:
        number = NAMES.index(name)
        config = RadioConfig(CHANNEL, PAN, number, Eui64(0xA0 + number), receiver_on=on)
        self.bench.radio(name).command(RadioConfigure(config))

    @rule(name=st.sampled_from(NAMES))
    def power_cycle(self, name: str) -> None:
        self.bench.radio(name).power(on=False)
        self.bench.radio(name).power(on=True)
        self.powered[name] = len(self.bench.transmissions)
        done = self.ended(name)
        self.asked[name] = [each for each in self.asked[name] if each in done]
        self.listen(name=name, on=True)

    @rule(loss=st.sampled_from((0.0, 0.3, 1.0)))
    def lose(self, loss: float) -> None:
        self.bench.links.set_default_loss(loss)

    @rule(duration=st.sampled_from((100, 700, 5_000, 100_000)))
    def pass_time(self, duration: int) -> None:
        self.bench.run(Duration(duration))

    def ended(self, name: str) -> list[int]:
        events = self.bench.events(name)
        return [each.handle for each in events if isinstance(each, RadioTransmitted)]

    @invariant()
    def transmissions_end_once_and_in_order(self) -> None:
        for name in NAMES:
            ended = self.ended(name)
            assert ended == self.asked[name][: len(ended)]

    @invariant()
    def nobody_sends_two_frames_at_once(self) -> None:
        for name in NAMES:
            since = self.bench.transmissions[self.powered[name] :]
            mine = [each for each in since if each.sender == name]
            assert all(one.start + one.duration <= other.start for one, other in pairwise(mine))

    @invariant()
    def what_is_reported_was_sent_by_somebody_else(self) -> None:
        for name in NAMES:
            others = {
                each.psdu_with_fcs[:-2] for each in self.bench.transmissions if each.sender != name
            }
            events = self.bench.events(name)
            assert {each.psdu for each in events if isinstance(each, RadioReceived)} <= others

    @invariant()
    def deaf_states_do_not_listen(self) -> None:
        for radio in self.bench.radios.values():
            if radio.state in (RadioState.TURNAROUND, RadioState.ON_AIR, RadioState.OFF):
                assert radio.listening_since == NEVER

    def teardown(self) -> None:
        self.bench.run(Duration(30_000_000))
        for name in NAMES:
            assert self.ended(name) == self.asked[name]
            assert self.bench.radio(name).state is RadioState.IDLE


TestThreeRadios = ThreeRadios.TestCase
TestThreeRadios.settings = settings(max_examples=20, stateful_step_count=25)


@pytest.mark.parametrize("retries", [0, 2])
def test_frame_can_say_how_often_it_is_repeated(retries: int) -> None:
    bench = configured(SimulatedBench("a"))

    bench.radio("a").command(RadioTransmit(9, data(5, 0), max_retries=retries))
    bench.run(milliseconds(200))

    assert len(bench.transmissions) == 1 + retries


def test_frame_can_give_up_after_one_look_at_the_channel() -> None:
    bench = configured(SimulatedBench("a"))
    bench.jam()

    bench.radio("a").command(RadioTransmit(9, data(5, 0), max_backoffs=0))
    bench.run(milliseconds(4))

    assert bench.events("a") == [RadioTransmitted(9, TransmitOutcome.CHANNEL_ACCESS_FAILURE)]


def test_frame_without_csma_leaves_after_the_turnaround() -> None:
    bench = configured(SimulatedBench("a", "b"))

    bench.radio("b").command(RadioTransmit(1, data(0, 1), csma=False))
    bench.run(milliseconds(50))

    assert bench.transmissions[0].start == Instant(TURNAROUND)


def test_promiscuous_radio_hears_frames_and_acknowledgements_of_others() -> None:
    bench = configured(SimulatedBench("a", "b", "c"))
    config = RadioConfig(CHANNEL, 0xFFFF, 0xFFFF, Eui64(0xC0), promiscuous=True)
    bench.radio("c").command(RadioConfigure(config))

    bench.radio("b").command(RadioTransmit(1, data(0, 1)))
    bench.run(milliseconds(50))

    heard = [each.psdu for each in bench.events("c") if isinstance(each, RadioReceived)]
    assert heard == [data(0, 1), bytes.fromhex("020007")]
    assert [each.sender for each in bench.transmissions] == ["b", "a"]
