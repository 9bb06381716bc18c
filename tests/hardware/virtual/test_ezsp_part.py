"""What the parts share."""

from hardware.virtual.ezsp_part import NcpSession


def test_a_counter_comes_round_after_65535() -> None:
    session = NcpSession(counters={3: 0xFFFE})

    session.count(3)
    before = session.counters[3]
    session.count(3)

    assert (before, session.counters[3]) == (0xFFFF, 0)
