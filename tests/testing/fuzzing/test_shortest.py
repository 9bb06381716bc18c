"""Sequences made shorter."""

from emulator.gbcs_device.device_kind import DeviceKind
from emulator.testing.fuzzing.plan import FuzzPlan
from emulator.testing.fuzzing.session import Action, FuzzSession
from emulator.testing.fuzzing.shortest import perform, shortest
from emulator.testing.fuzzing.spoiling import Spoiling
from emulator.testing.scenes.bench_scene import on_test

READ, WRITE = "0027 ECS17b", "0007 CS01a"


def session(defect: str) -> FuzzSession:
    return FuzzSession(FuzzPlan(tested=on_test(DeviceKind.ESME, defect=defect)))


def test_everything_needless_is_left_out() -> None:
    made = session("counter-lost")
    actions = (
        Action(do="say_octets", octets=b"\x01"),
        Action(do="send", name=READ),
        Action(do="send", name=WRITE),
        Action(do="wait"),
        Action(do="spoil", name=WRITE, how=Spoiling.MAC),
        Action(do="send_below", of=2),
        Action(do="cut_power"),
        Action(do="cut_power"),
        Action(do="replay", of=2),
    )
    found = perform(made, actions)
    assert found is not None

    least = shortest(made, found, actions)

    assert least.steps == (
        "send 0007 CS01a",
        "cut its power",
        "send 0007 CS01a again, octet for octet",
    )


def test_a_good_sequence_departs_from_nothing() -> None:
    assert perform(session(""), (Action(do="send", name=WRITE), Action(do="replay", of=0))) is None


class RealSession(FuzzSession):
    """With a device that nobody can put back."""

    @property
    def real(self) -> bool:
        return True


def test_what_silenced_a_real_device_is_told_as_it_was() -> None:
    made = RealSession(FuzzPlan(tested=on_test(DeviceKind.ESME, defect="garbage-hangs")))
    actions = (
        Action(do="send", name=READ),
        Action(do="say_octets", octets=b"\x01"),
        Action(do="send", name=WRITE),
    )
    found = perform(made, actions)
    assert found is not None

    assert shortest(made, found, actions) is found
    assert len(found.steps) == 3
