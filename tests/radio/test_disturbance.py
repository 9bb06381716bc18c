from emulator.kernel.units import Instant
from emulator.radio.disturbance import Quiet
from emulator.radio.port import Channel


def test_quiet_is_one_piece_of_nothing() -> None:
    assert Quiet().most("a", Channel(0, 11)) == 0
    assert Quiet().pieces("a", Channel(0, 11), (Instant(3), Instant(9))) == ((9, 0.0),)
