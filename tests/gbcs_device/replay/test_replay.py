from collections import Counter
from dataclasses import replace

import pytest

from emulator.dlms.access import AccessRequest, AccessResponse, Outcome
from emulator.dlms.data import NULL, Data, long_unsigned
from emulator.dlms.descriptors import AccessKind
from emulator.dlms.invocation import invoke_id
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.other_information import OtherInformation
from emulator.gbcs_device.replay.comparison import Match
from emulator.gbcs_device.replay.known_differences import KNOWN_DIFFERENCES
from emulator.gbcs_device.replay.reference_pairs import ReferencePair, pair_files, read_pair
from emulator.gbcs_device.replay.replay import PairClass, Replay, ReplayedPair
from emulator.kernel.identity import Eui64
from emulator.testing.judges.reference_data import reference_folder, reference_keys
from emulator.testing.scenes.cosem_scene import Item, attribute, get, put
from emulator.testing.scenes.gbcs_scene import METER, gbcs_scene
from emulator.testing.scenes.reference_set import reference_command, reference_response

LIMIT = attribute(1, "0-0:94.44.0.1", 2)
SCENE = gbcs_scene()
SET_LIMIT, READ_OFFSETS = 0x0021, 0x003D
"""ECS10, an update with a MAC, and ECS26c, a read; devices look at the items, not at the code."""
RIGHT = (Match.IDENTICAL, Match.IDENTICAL_BUT_SIGNATURE)


def pair(
    name: str,
    code: int,
    item: Item,
    told: Data = NULL,
    *,
    result: int = 0,
    recipient: Eui64 = METER,
) -> ReferencePair:
    """A command with one item, and the answer of a device that has all its keys."""
    request = AccessRequest(invoke_id(1000), (item[0],), (item[1],))
    kind = AccessKind.SET if item[0].kind is AccessKind.SET else AccessKind.GET
    answer = AccessResponse(invoke_id(1000), (told,), (Outcome(kind, result),))
    bare = Message(
        Cra.COMMAND, 1000, SCENE.supplier, recipient, b"", OtherInformation(code), request.encode()
    )
    back = replace(
        bare,
        cra=Cra.RESPONSE,
        originator=recipient,
        recipient=SCENE.supplier,
        payload=answer.encode(),
    )
    if recipient != METER:
        return ReferencePair(name, replace(bare, signature=b""), back)
    protect = SCENE.protection.protect
    return ReferencePair(
        name, protect(bare, signed=False, maced=True), protect(back, signed=False, maced=True)
    )


WRITE = pair("write", SET_LIMIT, put(LIMIT, long_unsigned(900)))
READ = pair("read", READ_OFFSETS, get(LIMIT), long_unsigned(900))


def replayed(*pairs: ReferencePair) -> list[ReplayedPair]:
    return list(Replay(SCENE.pki.keys).replay(pairs))


def test_update_is_done_and_answered() -> None:
    assert replayed(WRITE) == [
        ReplayedPair("write", PairClass.ACTIONS_AND_UPDATES, Match.IDENTICAL)
    ]


def test_signed_answer_is_right_but_for_its_signature() -> None:
    signed = ReferencePair("critical", reference_command(), reference_response())

    (found,) = replayed(signed)

    assert (found.kind, found.match) == (
        PairClass.ACTIONS_AND_UPDATES,
        Match.IDENTICAL_BUT_SIGNATURE,
    )


def test_read_shows_what_another_command_set_in_whatever_order_they_come() -> None:
    first, second = replayed(READ, WRITE)

    assert (first.name, second.name) == ("write", "read")
    assert (second.kind, second.match) == (PairClass.READS_SET_BY_OTHERS, Match.IDENTICAL)


def test_read_of_what_nobody_set_is_counted_apart() -> None:
    (found,) = replayed(READ)

    assert (found.kind, found.match) == (PairClass.READS_SEEDED, Match.IDENTICAL)


def test_read_of_what_another_answer_told_is_counted_apart_as_well() -> None:
    first, second = replayed(READ, replace(READ, name="again"))

    assert (first.kind, second.kind) == (PairClass.READS_SEEDED, PairClass.READS_TOLD_BY_OTHERS)


def test_what_an_answer_told_does_not_count_as_set() -> None:
    other = pair("other", READ_OFFSETS, get(LIMIT), long_unsigned(1))

    kinds = [each.kind for each in replayed(READ, other)]

    assert kinds == [PairClass.READS_SEEDED, PairClass.READS_SEEDED]


def test_error_is_injected_and_leaves_no_trace() -> None:
    failed = pair("x_ERROR_y", SET_LIMIT, put(LIMIT, long_unsigned(5)), result=1)

    found = replayed(WRITE, failed, READ)

    assert [(each.kind, each.match) for each in found[1:]] == [
        (PairClass.INJECTED_ERRORS, Match.IDENTICAL),
        (PairClass.READS_SET_BY_OTHERS, Match.IDENTICAL),
    ]


def test_answer_that_no_device_gives_is_told_with_its_field() -> None:
    wrong = replace(READ, response=replace(READ.response, mac=bytes(12)))

    (found,) = replayed(wrong)

    assert (found.kind, found.match) == (PairClass.READS_SEEDED, Match.DIFFERENT)
    assert found.reason.startswith("MAC: octet 0 of 12")


def test_command_that_is_refused_is_told_with_the_rule() -> None:
    wrong = replace(WRITE, command=replace(WRITE.command, mac=bytes(12)))

    (found,) = replayed(wrong)

    assert found.match is Match.DIFFERENT
    assert found.reason.startswith("refused: MAC")


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("update", SET_LIMIT, PairClass.ACTIONS_AND_UPDATES),
        ("read", READ_OFFSETS, PairClass.READS_SEEDED),
        ("an_ERROR_one", READ_OFFSETS, PairClass.INJECTED_ERRORS),
    ],
)
def test_device_that_the_set_does_not_have_is_told(name: str, code: int, kind: PairClass) -> None:
    (found,) = replayed(pair(name, code, get(LIMIT), recipient=Eui64(1)))

    assert (found.kind, found.match) == (kind, Match.DIFFERENT)
    assert "no such device" in found.reason


@pytest.mark.parametrize(
    ("name", "kind"),
    [("read", PairClass.READS_SEEDED), ("an_ERROR_one", PairClass.INJECTED_ERRORS)],
)
def test_payload_that_cannot_be_read_is_told(name: str, kind: PairClass) -> None:
    broken = replace(READ, name=name, command=replace(READ.command, payload=b"\xd9"))

    (found,) = replayed(broken)

    assert (found.kind, found.match) == (kind, Match.DIFFERENT)
    assert "Message.payload" in found.reason


def test_reference_set_is_answered_like_its_devices_did() -> None:
    files = pair_files(reference_folder())

    found = list(Replay(reference_keys()).replay(read_pair(*each) for each in files))

    matches = Counter(each.match for each in found)
    right = Counter(each.kind for each in found if each.match in RIGHT)
    assert {each.name for each in found if each.match not in RIGHT} == KNOWN_DIFFERENCES.keys()
    assert (matches[Match.IDENTICAL], matches[Match.IDENTICAL_BUT_SIGNATURE]) == (304, 195)
    assert right == {
        PairClass.ACTIONS_AND_UPDATES: 160,
        PairClass.UPDATES_SEEDED: 12,
        PairClass.READS_SET_BY_OTHERS: 11,
        PairClass.READS_TOLD_BY_OTHERS: 9,
        PairClass.READS_SEEDED: 104,
        PairClass.INJECTED_ERRORS: 203,
    }
