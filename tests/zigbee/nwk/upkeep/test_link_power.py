import pytest

from emulator.kernel.units import seconds
from emulator.radio.port import Channel
from emulator.testing.stack.nwk_bench import LISTENER, SLEEPER, BenchNode, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.mac.primitives import (
    CapabilityInformation,
    McpsDataIndication,
    MlmePowerRequest,
)
from emulator.zigbee.nwk.commands import LinkPowerDelta, PowerDelta, PowerDeltaKind, encode_command
from emulator.zigbee.nwk.frames import NwkHeader
from emulator.zigbee.nwk.primitives import NlmePollControl, NlmeResetRequest
from emulator.zigbee.nwk.traffic.protection import seal

HUB = NwkAddress(0)
BELOW = Channel(28, 3)
HEARD = -50
"""dBm at which the bench's nodes hear each other."""
DELTA = -79 - HEARD


def pair(
    what: CapabilityInformation, *, channel: Channel = BELOW
) -> tuple[NwkBench, BenchNode, BenchNode]:
    """A hub and its child, below 1 GHz unless told."""
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", what, hub)
    for node in (hub, device):
        node.machine.state.nib.channel = node.mac.pib["channel"] = channel
        node.machine.state.nib.power_negotiation = channel == BELOW
        node.post(NlmeResetRequest(warm=True))
    device.post(NlmePollControl(seconds(1)))
    return bench, hub, device


def asked_by(bench: NwkBench, node: BenchNode) -> list[MlmePowerRequest]:
    return [request for mac, request in bench.powers if mac is node.mac]


def test_hub_and_device_that_listen_tell_each_other_within_a_period_and_a_jitter() -> None:
    bench, hub, device = pair(LISTENER)

    bench.run(seconds(27))

    assert asked_by(bench, device)[0] == MlmePowerRequest(HUB, DELTA)
    assert asked_by(bench, hub)[0] == MlmePowerRequest(device.address, DELTA)


def test_device_that_sleeps_asks_and_takes_only_the_response() -> None:
    bench, hub, device = pair(SLEEPER)

    bench.run(seconds(1700))
    assert bench.powers == []
    bench.run(seconds(200))

    assert asked_by(bench, device) == [MlmePowerRequest(HUB, DELTA)]
    assert asked_by(bench, hub) == [MlmePowerRequest(device.address, DELTA)]


def test_nothing_is_negotiated_at_2_4_ghz() -> None:
    bench, _, _ = pair(LISTENER, channel=Channel(0, 15))

    bench.run(seconds(60))

    assert bench.powers == []


@pytest.mark.parametrize(
    ("destination", "kind", "obeyed"),
    [
        ("0000", PowerDeltaKind.NOTIFICATION, True),
        ("0000", PowerDeltaKind.RESPONSE, True),
        ("fdff", PowerDeltaKind.NOTIFICATION, True),
        ("fdff", PowerDeltaKind.REQUEST, False),
    ],
)
def test_delta_is_obeyed_where_its_kind_may_come_that_way(
    destination: str, kind: PowerDeltaKind, obeyed: bool
) -> None:
    bench, hub, device = pair(LISTENER)
    source = device.address.to_bytes(2, "little").hex()
    header = NwkHeader.decode(bytes.fromhex(f"0902 {destination} {source} 01 07"))
    command = LinkPowerDelta(kind, 0, (PowerDelta(HUB, 3), PowerDelta(NwkAddress(9), 4)))
    msdu = seal(device.machine.state, header, encode_command(command))
    assert msdu is not None

    pan_id = hub.machine.state.nib.pan_id
    hub.node.post(McpsDataIndication(device.address, HUB, pan_id, msdu, 255, HEARD))

    wanted = [MlmePowerRequest(device.address, 3)] if obeyed else []
    assert asked_by(bench, hub) == wanted


def test_delta_of_a_stranger_changes_nothing() -> None:
    bench, hub, device = pair(LISTENER)
    hub.machine.state.neighbours.remove(device.address)

    bench.run(seconds(27))

    assert asked_by(bench, hub) == []
