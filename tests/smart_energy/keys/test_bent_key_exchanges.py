"""Initiator and responder over a network that loses, repeats and changes what they say."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from emulator.kernel.units import seconds
from emulator.smart_energy.keys.key_establishment import Phase
from emulator.smart_energy.primitives import KeyEstablishmentEnded
from emulator.testing.stack.key_bench import (
    AT_HUB,
    AT_METER,
    HUB,
    METER,
    KeyBench,
    command_from,
    silent_from,
)
from emulator.zcl.clusters.key_establishment import KeyCommand
from emulator.zcl.primitives import ZclCommandRequest
from emulator.zigbee.zdo.primitives import ZdpRequest


@given(st.integers(0, 255), st.binary(max_size=90), st.integers(0, 2))
def test_no_payload_raises_anything_at_the_meter(command: int, payload: bytes, round_: int) -> None:
    bench = KeyBench(bend=silent_from(KeyCommand(round_)))
    bench.run()

    bench.tell_meter(command_from(AT_HUB, HUB, command, payload))

    assert bench.keys[0] == []
    assert bench.initiator.phase is Phase.IDLE


@given(st.integers(0, 255), st.binary(max_size=90), st.integers(0, 2))
def test_no_payload_raises_anything_at_the_hub(command: int, payload: bytes, round_: int) -> None:
    bench = KeyBench(bend=lambda request: () if request.command >= round_ else (request,))
    bench.run()

    bench.tell_hub(command_from(AT_METER, METER, command, payload))

    assert bench.keys == ([], [])


class BentExchanges(RuleBasedStateMachine):
    """Exchanges over a network that loses, repeats and changes commands as it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.bench = KeyBench(bend=self.bend)
        self.plan: list[str] = []

    def bend(self, request: ZclCommandRequest) -> tuple[ZclCommandRequest, ...]:
        fate = self.plan.pop(0) if self.plan else "deliver"
        if fate == "change":
            return (replace(request, payload=request.payload[:-1] + b"\x00"),)
        return {"deliver": (request,), "lose": (), "repeat": (request, request)}[fate]

    @rule(plan=st.lists(st.sampled_from(["deliver", "lose", "repeat", "change"]), max_size=6))
    def exchange(self, plan: list[str]) -> None:
        self.plan = plan
        self.bench.run()

    @rule(whole=st.integers(1, 20))
    def wait(self, whole: int) -> None:
        self.bench.wait(seconds(whole))

    @invariant()
    def meter_never_holds_a_key_that_the_hub_does_not(self) -> None:
        meter, hub = self.bench.keys
        assert set(meter) <= set(hub)

    @invariant()
    def an_exchange_has_a_deadline_and_rest_has_none(self) -> None:
        resting = self.bench.initiator.phase is Phase.IDLE
        assert (self.bench.initiator.deadline is None) is resting

    @invariant()
    def every_exchange_ends_once(self) -> None:
        begun = len(self.bench.of(ZdpRequest, self.bench.at_meter))
        running = self.bench.initiator.phase is not Phase.IDLE
        ended = self.bench.of(KeyEstablishmentEnded, self.bench.at_meter)
        assert len(ended) == begun - running


BentExchanges.TestCase.settings = settings(max_examples=25, stateful_step_count=15)
TestBentExchanges = BentExchanges.TestCase
