"""Whatever a command says, a meter answers each component and its state can be saved."""

import json

from hypothesis import given
from hypothesis import strategies as st

from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.gbz_component import GbzComponent
from emulator.gbcs_device.execution import InjectedFault
from emulator.gbcs_device.gbz.commands.handlings import HANDLINGS
from emulator.testing.scenes.gbz_scene import answers, command, meter, read
from emulator.testing.strategies.strategies import structs
from emulator.zcl.foundation.header import FrameType, ZclHeader, header

KEYS = sorted(HANDLINGS, key=lambda key: (key[0], key[1].value, key[2]))
CODES = (0x006F, 0x0074, 0x009B, 0x0076)


@st.composite
def commands(draw: st.DrawFn) -> GbzComponent:
    """A command that a meter takes, with any values, or with any octets."""
    cluster, side, identifier = draw(st.sampled_from(KEYS))
    known = structs(HANDLINGS[cluster, side, identifier].payload).map(lambda each: each.encode())
    return GbzComponent(
        cluster,
        header(FrameType.CLUSTER, side, draw(st.integers(0, 255)), identifier),
        draw(known | st.binary(max_size=40)),
        from_date_time=draw(st.none() | st.integers(0, 0xFFFFFFFF)),
    )


reads = st.builds(read, st.sampled_from((0x0000, 0x0700, 0x0702, 0x0705)), st.integers(0, 0xFFFF))
anything = st.builds(
    GbzComponent, st.integers(0, 0xFFFF), structs(ZclHeader), st.binary(max_size=20)
)


@given(
    st.lists(st.lists(commands() | reads | anything, max_size=6), max_size=4),
    st.sampled_from(CODES),
    st.lists(st.builds(InjectedFault, st.integers(-1, 6), st.integers(0, 255)), max_size=2),
)
def test_every_component_of_any_command_is_answered(
    messages: list[list[GbzComponent]], code: int, faults: list[InjectedFault]
) -> None:
    executor = meter()

    for each in messages:
        executed = executor.execute(command(each, code=code, faults=faults))
        assert isinstance(executed.response, GbzPayload)
        assert len(executed.response.components) >= len(each)
        assert executed.response.encode()[:2] == b"\x01\x09"
        executor.seed(command(each).message, executed.response)
    for waiting in executor.waiting():
        waiting.carry_out(waiting.due)

    saved = json.loads(json.dumps(executor.snapshot()))
    executor.restore(saved)
    assert executor.snapshot() == saved


@given(st.lists(commands(), min_size=1, max_size=5), st.data())
def test_any_answer_can_be_taken_over_or_is_ignored(
    asked: list[GbzComponent], data: st.DataObject
) -> None:
    told, executor = meter(), meter()
    found = list(answers(told, command(asked)))
    payload = data.draw(st.binary(max_size=60))
    place = data.draw(st.integers(0, len(found) - 1))
    changed = found[place]
    found[place] = GbzComponent(changed.cluster, changed.header, payload)

    executor.seed(command(asked).message, GbzPayload(tuple(found)))

    assert executor.execute(command(asked)).response is not None
