from emulator.dcc.inventory.statuses import Certainty, SmiStatus


def test_there_are_nine_statuses() -> None:
    assert len(SmiStatus) == 9


def test_only_what_a_source_says_is_verified() -> None:
    assert [each for each in Certainty if each.verified] == [Certainty.SOURCED]
