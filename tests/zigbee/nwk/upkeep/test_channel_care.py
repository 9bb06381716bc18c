from itertools import count

from emulator.kernel.units import seconds
from emulator.radio.port import Channel
from emulator.testing.stack.nwk_bench import CHANNEL, ROUTER, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.facts import ChannelChanged
from emulator.zigbee.nwk.primitives import (
    NldeDataRequest,
    NlmeChannelRequest,
    NlmeEnergyScanConfirm,
    NlmeEnergyScanRequest,
    NlmeManagerRequest,
    NlmeResetRequest,
    NlmeTransmitFailures,
)

ELSEWHERE = Channel(0, 20)
HUB = NwkAddress(0)


def test_energy_of_channels_is_measured_with_the_counts_of_what_failed() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    bench.energies = {CHANNEL: 99, ELSEWHERE: 3}
    router.post(NldeDataRequest(1, HUB, b"x"))
    bench.run(seconds(1))

    router.post(NlmeEnergyScanRequest(7, (CHANNEL, ELSEWHERE), 3))
    router.post(NlmeEnergyScanRequest(8, (CHANNEL,), 3))
    bench.run(seconds(1))

    refused, measured = router.of(NlmeEnergyScanConfirm)
    assert (refused.handle, refused.energies) == (8, None)
    assert (measured.handle, measured.energies) == (7, ((CHANNEL, 99), (ELSEWHERE, 3)))
    assert measured.total >= 1
    assert measured.failures == 0


def test_scan_of_nothing_is_refused() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    hub.post(NlmeEnergyScanRequest(7, (), 3))

    assert [said.energies for said in hub.of(NlmeEnergyScanConfirm)] == [None]


def test_channel_changes_after_the_broadcast_delivery_time() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    router = bench.join("router", ROUTER, hub)
    for node in (hub, router):
        node.post(NlmeChannelRequest(ELSEWHERE, 5))

    bench.run(seconds(8))
    before = {node.machine.state.nib.channel for node in (hub, router)}
    bench.run(seconds(2))

    assert before == {CHANNEL}
    for node in (hub, router):
        assert node.mac.pib["channel"] == node.machine.state.nib.channel == ELSEWHERE
        assert node.machine.state.nib.update_id == 5
    assert len(bench.facts(ChannelChanged)) == 2


def test_only_the_interface_of_the_band_is_moved() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    hub.machine.state.nib.second_channel = Channel(28, 0)

    hub.post(NlmeChannelRequest(Channel(28, 9), 1))
    bench.run(seconds(10))

    assert hub.machine.state.nib.channels == (CHANNEL, Channel(28, 9))
    [changed] = bench.facts(ChannelChanged)
    assert (changed.former, changed.channel) == (Channel(28, 0), Channel(28, 9))


def test_change_that_a_restart_came_before_does_not_happen() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    hub.post(NlmeChannelRequest(ELSEWHERE, 5))

    hub.post(NlmeResetRequest(warm=True))
    bench.run(seconds(10))

    assert hub.machine.state.nib.channel == CHANNEL


def test_manager_may_be_somebody_else() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    hub.post(NlmeManagerRequest(NwkAddress(9), 4))

    assert (hub.machine.state.nib.manager, hub.machine.state.nib.update_id) == (9, 4)


def test_failures_are_told_when_a_quarter_of_twenty_frames_is_lost() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    routers = [bench.join(name, ROUTER, hub) for name in ("one", "two")]
    bench.run(seconds(20))
    numbers = count()
    bench.lost = lambda sender, _receiver, _request: sender is hub.mac and next(numbers) % 2 == 0

    for handle in range(25):
        hub.post(NldeDataRequest(handle, routers[handle % 2].address, b"x"))
        bench.run(seconds(1))

    assert hub.of(NlmeTransmitFailures)
