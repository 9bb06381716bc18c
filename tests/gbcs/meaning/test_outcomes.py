from emulator.dlms.data import octet_string
from emulator.gbcs.meaning.outcomes import future_dated_outcome, use_case_name
from emulator.gbcs.meaning.tree import lines

ACTIVATION = (
    "Tariff Switching Table.activate_passive_calendar_time (Activity Calendar, 0-0:13.0.0.255)"
)
OUTCOME = octet_string(
    bytes.fromhex(
        "0019"  # message code of ECS01a
        "00000000000003E8"  # counter 1000
        "0014 00000D0000FF 0A"  # class 20, 0-0:13.0.0.255, attribute 10
    )
)


def test_an_outcome_names_the_item_of_the_command() -> None:
    tree = future_dated_outcome(0x8F66, OUTCOME, 0)

    assert tree is not None
    assert list(lines(tree)) == [
        f"future dated item: {ACTIVATION}",
        "  of command: 0019 ECS01a Set Tariff and Price on ESME",
        "  with counter: 1000",
    ]


def test_other_alerts_and_other_octets_are_no_outcome() -> None:
    assert future_dated_outcome(0x8F72, OUTCOME, 0) is None
    assert future_dated_outcome(0x8F66, octet_string(b"\x00"), 0) is None


def test_a_code_that_is_not_known_says_so() -> None:
    assert use_case_name(0x0FFF) == "0FFF unknown use case"
