"""One device that is fuzzed, by hand."""

import pytest

from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.units import minutes, seconds
from emulator.testing.fuzzing.plan import FuzzPlan
from emulator.testing.fuzzing.session import Departure, FuzzSession
from emulator.testing.fuzzing.spoiling import Spoiling
from emulator.testing.scenes.bench_scene import on_test

READ, WRITE = "0027 ECS17b", "0007 CS01a"


def session(defect: str = "") -> FuzzSession:
    made = FuzzSession(FuzzPlan(tested=on_test(DeviceKind.ESME, defect=defect)))
    made.begin()
    return made


def test_a_good_device_departs_from_nothing() -> None:
    made = session()
    read, sent = made.send(READ), made.send(WRITE)
    made.replay(sent)
    made.send_below(sent)
    for how in Spoiling:
        made.spoil(WRITE, how)
    made.say_octets(b"\xdd\x00")
    made.wait(minutes(1))
    made.cut_power()
    made.replay(sent)

    assert (made.replayable(read), made.replayable(sent)) == (False, True)
    assert len(made.steps) == len(made.actions) == 12
    assert repr(sent).startswith("<0007 CS01a, counter ")


def test_a_departure_tells_the_whole_sequence() -> None:
    made = session("counter-unchecked")
    sent = made.send(WRITE)

    with pytest.raises(Departure) as found:
        made.replay(sent)

    assert found.value.steps == ("send 0007 CS01a", "send 0007 CS01a again, octet for octet")
    assert "  2. send 0007 CS01a again" in str(found.value)
    assert "0000  dd" in str(found.value)


def test_silence_after_a_good_command_is_a_departure() -> None:
    with pytest.raises(Departure, match="0 responses, expected one"):
        session("never-answers").send(READ)


def test_the_device_is_put_back_between_examples() -> None:
    made = session()
    first = made.send(WRITE)
    made.begin()

    assert (made.steps, made.actions) == ([], [])
    assert made.send(WRITE).message.counter > first.message.counter


def test_messages_keep_the_pace() -> None:
    plan = FuzzPlan(tested=on_test(DeviceKind.ESME), pace=seconds(7))
    made = FuzzSession(plan)
    made.begin()
    before = made.now

    made.send(WRITE)
    made.send(WRITE)

    assert made.now - before >= seconds(14)
