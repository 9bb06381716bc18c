"""Which network a joiner tries, and when it looks again: ZSE 1.4 5.5.5.1 in numbers."""

from hypothesis import given
from hypothesis import strategies as st

from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant, later, minutes, seconds
from emulator.radio.port import Channel
from emulator.smart_energy.network.retry import Candidates, next_round
from emulator.smart_energy.settings import JoinerSettings
from emulator.zigbee.addresses import COORDINATOR, ExtendedPanId, PanId
from emulator.zigbee.nwk.primitives import NetworkDescriptor

SETTINGS = JoinerSettings()


def network(name: int, *, permits: bool = True) -> NetworkDescriptor:
    return NetworkDescriptor(
        extended_pan_id=ExtendedPanId(name),
        pan_id=PanId(name & 0xFFFF),
        channel=Channel(0, 15),
        permit_joining=permits,
        router_capacity=True,
        end_device_capacity=True,
        update_id=0,
        stack_profile=2,
        parent=COORDINATOR,
        depth=0,
        lqi=255,
    )


def heard(*networks: NetworkDescriptor) -> Candidates:
    candidates = Candidates(SETTINGS)
    candidates.heard(networks)
    return candidates


def test_nothing_heard_is_nothing_to_try() -> None:
    assert Candidates(SETTINGS).take() is None
    assert heard().take() is None


def test_network_that_is_closed_is_not_tried() -> None:
    assert heard(network(1, permits=False), network(2)).take() == 2


def test_same_network_is_tried_three_times_in_a_row_then_the_next() -> None:
    candidates = heard(network(1), network(2))

    assert [candidates.take() for _ in range(7)] == [1, 1, 1, 2, 2, 2, None]


def test_after_ten_joins_another_scan_is_due() -> None:
    candidates = heard(*(network(name) for name in range(1, 9)))

    tries = [candidates.take() for _ in range(12)]

    assert [name is not None for name in tries] == [True] * 10 + [False] * 2


def test_scan_starts_the_counts_over() -> None:
    candidates = heard(network(1))
    while candidates.take() is not None:
        pass

    candidates.heard([network(1)])

    assert candidates.take() == 1


def test_barred_network_stays_barred_over_scans_until_it_is_not() -> None:
    candidates = heard(network(1), network(2))
    candidates.bar(ExtendedPanId(1))
    candidates.heard([network(1), network(2)])

    barred = candidates.take()
    candidates.unbar()

    assert (barred, candidates.take()) == (2, 1)


@given(st.integers(0, 2**20), st.integers(0, 15 * 60 - 1))
def test_next_round_is_in_a_minute_or_so_for_a_quarter_of_an_hour(seed: int, after: int) -> None:
    now = later(Instant(5), seconds(after))

    again = next_round(SETTINGS, Stream(str(seed)), Instant(5), now)

    assert seconds(45) <= again - now <= seconds(75)


@given(st.integers(0, 2**20), st.integers(15 * 60, 10**6))
def test_next_round_is_in_an_hour_or_so_from_then_on(seed: int, after: int) -> None:
    now = later(Instant(5), seconds(after))

    again = next_round(SETTINGS, Stream(str(seed)), Instant(5), now)

    assert minutes(30) <= again - now <= minutes(90)


def test_rounds_of_two_devices_do_not_coincide() -> None:
    rounds = {next_round(SETTINGS, Stream(str(n)), Instant(0), Instant(0)) for n in range(20)}

    assert len(rounds) == 20
