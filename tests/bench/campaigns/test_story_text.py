"""One result as text: what is there in the order in which it is read, nothing of what is not."""

from emulator.bench.campaigns.results import CaseResult
from emulator.bench.campaigns.story_text import story


def test_a_failure_tells_everything() -> None:
    rows = story(
        CaseResult(
            device="meter",
            case="c",
            repeat=0,
            clause="GBCS 7.2",
            verdict="fail",
            field="counter",
            reason="2, expected 1",
            triage="device",
            waiver="agreed",
            expected={"label": "counter", "value": "1", "differs": True},
            seen={"label": "counter", "value": "2", "differs": True},
            hexdump="0000  01",
            messages=({"at": 1_500_000, "to": "device", "says": "command of ECS02"},),
            frames=({"at": 2, "from": "CHF", "to": "ESME", "label": "Ack"},),
        )
    )

    assert rows == [
        "fail: meter:c",
        "clause: GBCS 7.2",
        "counter: 2, expected 1",
        "to be looked at (SEC H14.43): device",
        "agreed: agreed",
        "expected:",
        "> counter: 1",
        "seen:",
        "> counter: 2",
        "octets:",
        "0000  01",
        "1.500000 s to device: command of ECS02",
        "0.000002 s CHF > ESME: Ack",
    ]


def test_a_pass_tells_little() -> None:
    result = CaseResult(device="meter", case="c", repeat=0, clause="GBCS 7.2", verdict="pass")

    assert story(result) == ["pass: meter:c", "clause: GBCS 7.2"]
