from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.units import Instant
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.sub_ghz import SUB_GHZ
from emulator.zcl.suspension import Suspensions
from emulator.zigbee.addresses import NwkAddress

PEER = NwkAddress(0x1A2B)


def test_peer_is_held_back_until_its_time_is_over() -> None:
    held = Suspensions((SUB_GHZ.id,))
    assert not held

    held.suspend(PEER, Instant(100))

    assert held
    assert held.holds_back(PEER, METERING.id, Instant(99))
    assert not held.holds_back(PEER, SUB_GHZ.id, Instant(99))
    assert not held.holds_back(NwkAddress(1), METERING.id, Instant(99))
    assert held.left(PEER, Instant(60)) == 40
    assert not held.holds_back(PEER, METERING.id, Instant(100))
    assert not held


def test_suspension_can_be_ended_early_and_twice() -> None:
    held = Suspensions(())
    held.suspend(PEER, Instant(100))

    held.suspend(PEER, None)
    held.suspend(PEER, None)

    assert held.left(PEER, Instant(0)) == 0


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 50)), max_size=20))
def test_latest_word_counts(words: list[tuple[int, int]]) -> None:
    held = Suspensions(())
    latest: dict[int, int] = {}
    for peer, until in words:
        held.suspend(NwkAddress(peer), Instant(until) if until else None)
        latest[peer] = until

    for peer, until in latest.items():
        assert held.left(NwkAddress(peer), Instant(10)) == max(0, until - 10 if until else 0)
