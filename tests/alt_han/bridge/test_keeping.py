from emulator.alt_han.bridge.keeping import KeptFrames
from emulator.alt_han.bridge.primitives import Seen
from emulator.alt_han.bridge.settings import BridgeSettings
from emulator.kernel.units import Instant, milliseconds

SETTINGS = BridgeSettings(kept_for=milliseconds(100), kept_frames=2)
DEVICE = Seen(short=7)


def test_frames_are_given_oldest_first_and_once() -> None:
    kept = KeptFrames(SETTINGS)
    kept.keep(DEVICE, b"a", Instant(0))
    kept.keep(DEVICE, b"b", Instant(1))

    assert kept.waits(DEVICE)
    assert [kept.take(DEVICE), kept.take(DEVICE), kept.take(DEVICE)] == [b"a", b"b", None]
    assert not kept.waits(DEVICE)


def test_the_oldest_goes_when_there_are_too_many() -> None:
    kept = KeptFrames(SETTINGS)

    gone = [kept.keep(DEVICE, octets, Instant(0)) for octets in (b"a", b"b", b"c")]

    assert gone == [None, None, b"a"]


def test_what_nobody_comes_for_goes_in_time() -> None:
    kept = KeptFrames(SETTINGS)
    kept.keep(DEVICE, b"a", Instant(0))
    kept.keep(Seen(short=8), b"b", Instant(50_000))

    assert kept.deadline == 100_000
    assert kept.expire(Instant(99_999)) == ()
    assert kept.expire(Instant(100_000)) == (b"a",)
    assert kept.deadline == 150_000
