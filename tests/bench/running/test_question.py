"""What an operator sees decides a case where a hook asks for it."""

from pathlib import Path

import pytest

from emulator.bench.cases.hooks import Hook, hooked
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest, Reach
from emulator.bench.running.judgement import PASSED, Judged
from emulator.bench.running.operator import OperatorStep, agreed
from emulator.bench.running.outside import Outside
from emulator.bench.running.question import asked_of_operator
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench_shipment, case_named

CASE = case_named("ESME/0021/ECS10/success")


class Hand:
    """An operator who gives one answer to everything."""

    def __init__(self, answer: str | None) -> None:
        self.answer = answer
        self.steps: list[OperatorStep] = []

    def do(self, step: OperatorStep) -> str | None:
        self.steps.append(step)
        return self.answer


def asked(answer: str | None, words: str = "Is it shown?") -> tuple[Judged, Hand]:
    hand = Hand(answer)
    home = BenchedHome(
        DeviceUnderTest(
            kind=DeviceKind.ESME,
            shipment=bench_shipment(),
            reach=Reach.HAN,
            outside=Outside(url="simulated:x", operator=hand),
            name="meter",
        )
    )
    hand.steps.clear()
    with hooked({0x0021: Hook(Path("ECS10.py"), {"operator": lambda _: words})}):
        return asked_of_operator(home, CASE, PASSED), hand


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ("yes", Verdict.PASS),
        ("", Verdict.PASS),
        ("it is dark", Verdict.FAIL),
        (None, Verdict.INCONCLUSIVE),
    ],
)
def test_the_answer_decides(answer: str | None, verdict: Verdict) -> None:
    judged, hand = asked(answer)

    assert judged.verdict is verdict
    assert hand.steps == [OperatorStep("read-display", "meter", "Is it shown?")]


def test_nobody_is_asked_where_no_hook_wants_it() -> None:
    judged, hand = asked("no", words="")

    assert (judged, hand.steps) == (PASSED, [])


def test_words_that_agree() -> None:
    assert agreed(" Yes ")
    assert agreed("")
    assert not agreed("no")
