from emulator.alt_han.bridge.primitives import Seen
from emulator.alt_han.bridge.sides import Sides
from emulator.testing.stack.mac_frames import JOINER


def test_an_end_answers_for_whoever_the_other_end_has_heard() -> None:
    sides = Sides()

    sides.heard_there(Seen(short=7))
    sides.heard_there(Seen(extended=JOINER))

    assert sides.aliases().short_addresses == {7}
    assert sides.aliases().extended_addresses == {JOINER}


def test_a_device_is_news_once_and_again_when_it_has_moved() -> None:
    sides = Sides()

    assert sides.heard_here(Seen(short=7))
    assert not sides.heard_here(Seen(short=7))
    sides.heard_there(Seen(short=7))
    assert sides.heard_here(Seen(short=7))

    assert sides.aliases().short_addresses == frozenset()
