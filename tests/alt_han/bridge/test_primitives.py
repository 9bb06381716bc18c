from emulator.alt_han.bridge.primitives import Carry, Seen, octets_of


def test_a_frame_is_as_long_as_it_is_and_the_rest_is_short() -> None:
    assert octets_of(Carry(bytes(100))) == 100
    assert octets_of(Seen(short=1)) == 16
