"""ASH frames: the examples of UG101, whatever pieces they come in, and noise."""

from hypothesis import given
from hypothesis import strategies as st

from hardware.ezsp.ash import (
    CANCEL,
    ESCAPE,
    FLAG,
    SUBSTITUTE,
    XON,
    AckFrame,
    AshReader,
    DataFrame,
    ErrorFrame,
    NakFrame,
    Noise,
    ResetAck,
    ResetFrame,
    ash_octets,
    mixed,
)

NUMBER = st.integers(0, 7)
FRAMES = st.one_of(
    st.builds(DataFrame, NUMBER, NUMBER, st.binary(max_size=250), st.booleans()),
    st.builds(AckFrame, NUMBER, st.booleans()),
    st.builds(NakFrame, NUMBER, st.booleans()),
    st.just(ResetFrame()),
    st.builds(ResetAck, st.integers(0, 255)),
    st.builds(ErrorFrame, st.integers(0, 255)),
)


def test_frames_are_those_that_ug101_prints() -> None:
    assert ash_octets(ResetFrame()).hex() == "c038bc7e"
    assert ash_octets(ResetAck(0x02)).hex() == "c102029b7b7e"
    assert ash_octets(AckFrame(1)).hex() == "8160597e"
    assert ash_octets(NakFrame(6)).hex() == "a634dc7e"


def test_the_version_command_is_mixed_as_ug101_prints_it() -> None:
    frame = DataFrame(2, 5, bytes.fromhex("00000002"))

    assert ash_octets(frame).hex() == "2542 21 a8 56 a6 09 7e".replace(" ", "")


@given(st.binary(max_size=260))
def test_mixing_twice_gives_what_was_there(data: bytes) -> None:
    assert mixed(mixed(data)) == data


@given(st.lists(FRAMES, max_size=5), st.integers(1, 9))
def test_frames_are_found_in_whatever_pieces(frames: list[object], size: int) -> None:
    line = b"".join(ash_octets(frame) for frame in frames)  # type: ignore[arg-type]  # hypothesis draws a union
    reader = AshReader()

    found = [each for at in range(0, len(line), size) for each in reader.feed(line[at : at + size])]

    assert found == frames


@given(FRAMES)
def test_no_reserved_octet_is_inside_a_frame(frame: object) -> None:
    line = ash_octets(frame)  # type: ignore[arg-type]  # hypothesis draws a union

    assert line.index(FLAG) == len(line) - 1
    assert not set(line) & {CANCEL, SUBSTITUTE, XON, 0x13}


def test_cancel_drops_what_came_before() -> None:
    octets = b"half a frame" + bytes((CANCEL,)) + ash_octets(ResetFrame())

    assert list(AshReader().feed(octets)) == [ResetFrame()]


def test_substitute_an_open_escape_and_a_wrong_crc_are_noise() -> None:
    good = ash_octets(AckFrame(3))
    spoilt = bytes((SUBSTITUTE,)) + good
    escaping = good[:-1] + bytes((ESCAPE, FLAG))
    wrong = bytes((good[0] ^ 1,)) + good[1:]

    found = list(AshReader().feed(spoilt + escaping + wrong))

    assert found == [Noise(), Noise(), Noise()]


def test_flow_control_is_left_out_of_a_frame() -> None:
    line = ash_octets(AckFrame(3))

    assert list(AshReader().feed(line[:1] + bytes((XON,)) + line[1:])) == [AckFrame(3)]


def test_an_endless_frame_is_noise_and_takes_no_memory() -> None:
    reader = AshReader()

    assert list(reader.feed(b"x" * 10_000 + bytes((FLAG,)))) == [Noise()]


@given(st.binary(max_size=400))
def test_whatever_comes_gives_frames_or_noise(octets: bytes) -> None:
    for each in AshReader().feed(octets):
        assert isinstance(each, Noise) or ash_octets(each)
