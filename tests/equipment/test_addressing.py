"""Whoever passes a message on finds out for whom it is."""

from hypothesis import given
from hypothesis import strategies as st

from emulator.equipment.addressing import recipient_of
from emulator.testing.scenes.gbcs_scene import gbcs_scene


def test_recipient_stands_in_the_message() -> None:
    command = gbcs_scene().command

    assert recipient_of(command.encode()) == command.recipient


@given(st.binary(max_size=200))
def test_octets_that_are_no_message_name_nobody(octets: bytes) -> None:
    found = recipient_of(octets)

    assert found is None or isinstance(found, int)
