from emulator.kernel.errors import WireError
from emulator.lab.dissector.knowledge import concealed
from emulator.testing.stack.dissector_scene import AGREED_KEY, knowledge
from emulator.zigbee.nwk.commands import RejoinResponse


def test_undecodable_octets_are_shown_by_field_as_far_as_they_are_there() -> None:
    part = knowledge().undecodable("nwk", "Rejoin Response", RejoinResponse, b"\x2b")

    assert part.label == "undecodable Rejoin Response"
    assert part.detail[1] == "  RejoinResponse.nwk_address at byte 0: 2 octets wanted, 1 left"
    assert part.detail[-1] == "  0000 [2b]"


def test_octets_of_no_known_format_are_marked_where_they_are_wrong() -> None:
    fault = WireError("Command.id", 1, "no such command")

    part = knowledge().undecodable("mac", "MAC command", fault, b"\x01\x02")

    assert part.detail == (
        "undecodable MAC command",
        "  Command.id at byte 1: no such command",
        "  0000  01 [02]",
    )


def test_undecodable_octets_that_hold_a_key_are_not_shown() -> None:
    part = knowledge().undecodable("nwk", "Rejoin Response", RejoinResponse, AGREED_KEY)

    assert part.detail == ("undecodable Rejoin Response", "  (16 octets, not shown)")


def test_octets_that_may_hold_a_key_can_be_concealed() -> None:
    part = concealed("aps", "Transport Key", b"\x01\x02")

    assert part.detail == ("undecodable Transport Key", "  (2 octets, not shown)")
