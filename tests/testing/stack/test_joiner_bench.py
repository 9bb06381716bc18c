import pytest

from emulator.smart_energy.network.joiner import Joiner, State
from emulator.testing.stack.joiner_bench import EVENTS, joiner_in


@pytest.mark.parametrize("state", list(State))
def test_bench_knows_a_way_to_every_state(state: State) -> None:
    assert joiner_in(state).joiner.state is state


def test_bench_has_an_event_of_every_type_that_a_joiner_accepts() -> None:
    assert {type(event) for event in EVENTS.values()} == set(Joiner.accepts)
