"""What passed, in a few words: messages, blocks, and what is neither."""

import pytest

from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.running.benched_home import BenchedHome
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.passage import Passage, passage_title, sender_of
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.testing.scenes.bench_scene import case_named, on_test


@pytest.fixture(scope="module")
def talk() -> Conversation:
    home = BenchedHome(on_test(DeviceKind.ESME))
    return Conversation(home, CommandMaker(home.keys, home.eui64))


def _passed(talk: Conversation, name: str, *, blocks: bool = False) -> list[Passage]:
    talk.home.reset()
    talk.say(talk.command(case_named(name)), expect_alert=True, blocks=blocks)
    return talk.home.passages


def test_command_and_response_are_named_in_order(talk: Conversation) -> None:
    passed = _passed(talk, "ESME/0027/ECS17b/success")

    assert [each.to_device for each in passed] == [True, False]
    assert [passage_title(each.octets) for each in passed] == [
        "command of ECS17b",
        "response of ECS17b",
    ]


def test_an_alert_is_named_by_its_code(talk: Conversation) -> None:
    passed = _passed(talk, "ESME/0027/ECS17b/role/RECOVERY")

    assert passage_title(passed[1].octets).startswith("alert 8F30 ")


def test_blocks_and_their_acknowledgements_are_named(talk: Conversation) -> None:
    titles = [
        passage_title(each.octets)
        for each in _passed(talk, "ESME/0027/ECS17b/success", blocks=True)
    ]

    assert titles[0] == "block 1 (last) of the command of ECS17b"
    assert "acknowledgement up to block 1 of the command of ECS17b" in titles


def test_messages_and_blocks_say_who_made_them(talk: Conversation) -> None:
    device, party = talk.home.eui64, talk.maker.party(RemotePartyRole.SUPPLIER)
    passed = _passed(talk, "ESME/0027/ECS17b/success", blocks=True)

    assert {sender_of(each.octets) for each in passed if not each.to_device} == {device}
    assert sender_of(passed[0].octets) == party
    assert sender_of(b"\x01\x02") is None


def test_what_is_no_message_is_counted() -> None:
    assert passage_title(b"\x01\x02") == "2 octets that are no message"
