import pytest

from emulator.kernel.units import Duration
from emulator.radio.port import RadioCommand, RadioEvent, RadioReceived
from emulator.testing.stack.radio_contract import RADIO_CONTRACT, Rule, data, expect
from emulator.testing.stack.simulated_bench import SimulatedBench


class DeafBench:
    """A bench whose radios take every command and report nothing."""

    def radio(self, place: str) -> "DeafBench":
        assert place in ("dut", "peer")
        return self

    def connect(self, listener: object) -> None:
        assert callable(listener)

    def command(self, command: RadioCommand) -> None:
        assert command is not None

    def events(self, place: str) -> list[RadioEvent]:
        assert place in ("dut", "peer")
        return []

    def run(self, duration: Duration) -> None:
        assert duration > 0

    def jam(self) -> None:
        pass


class ChattyBench(SimulatedBench):
    """A bench whose radio under test reports one frame too many."""

    def events(self, place: str) -> list[RadioEvent]:
        return [*super().events(place), RadioReceived(data(1, 2), -60, 255)]


HEARS_NOTHING = {"foreign_address_is_filtered"}


@pytest.mark.parametrize("rule", RADIO_CONTRACT, ids=lambda rule: rule.__name__)
def test_radio_that_does_nothing_breaks_every_rule_but_silence(rule: Rule) -> None:
    if rule.__name__ in HEARS_NOTHING:
        rule(DeafBench())
        return
    with pytest.raises((AssertionError, ValueError)):
        rule(DeafBench())


def test_radio_that_reports_what_is_not_for_it_breaks_the_filter_rule() -> None:
    (rule,) = (each for each in RADIO_CONTRACT if each.__name__ in HEARS_NOTHING)

    with pytest.raises(AssertionError):
        rule(ChattyBench("dut", "peer"))


def test_expectation_says_what_was_wanted_and_what_came() -> None:
    with pytest.raises(AssertionError, match="expected 1, got 2"):
        expect(2, 1)


def test_data_frame_of_the_contract_is_the_declared_one() -> None:
    assert data(0x1234, 0) == bytes.fromhex("6188 07 175a 3412 0000") + b"hello"
