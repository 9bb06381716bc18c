"""What a device said, as trees."""

from emulator.bench.cases.cases import Expectation, Outcome
from emulator.bench.running.telling import alert_text, item_tree, silence_tree, told_tree
from emulator.gbcs.meaning.tree import Tree, lines


def test_silence_is_expected_with_or_without_an_alert() -> None:
    alone = silence_tree(Expectation(Outcome.REFUSED))
    told = silence_tree(Expectation(Outcome.REFUSED, 0x8F30))

    assert list(lines(alone)) == ["device", "  responses: 0"]
    assert list(lines(told))[-1] == "  alerts: 8F30 Source Does not have Authority for Command"


def test_nothing_said_is_counted_and_what_is_no_message_has_its_reason() -> None:
    assert list(lines(told_tree((), (), ("too short",)))) == [
        "device",
        "  responses: 0",
        "  alerts: none",
        "  no message: too short",
    ]


def test_an_item_succeeds_or_fails_with_its_result() -> None:
    assert item_tree(2, {2: 250}) == Tree("item 2", "fails with 250")
    assert item_tree(1, {2: 250}) == Tree("item 1", "succeeds")


def test_an_alert_without_a_code_is_unreadable() -> None:
    assert alert_text(None) == "unreadable"
