import pytest

from emulator.smart_energy.mirror.primitives import FunctionalFlag, MirrorFlagsIndication


@pytest.mark.parametrize(
    ("flags", "pending"),
    [((1 << 21, 0, 0, 0, 0), True), ((1 << 20, 1 << 21), False), ((), False)],
)
def test_flag_is_a_bit_of_the_first_word(flags: tuple[int, ...], pending: bool) -> None:
    told = MirrorFlagsIndication(flags)

    assert told.pending(FunctionalFlag.TUNNEL_MESSAGE_PENDING) is pending
