import json

from emulator.kernel.units import seconds
from emulator.testing.stack.nwk_bench import LISTENER, NETWORK_KEY, ROUTER, SLEEPER, NwkBench
from emulator.zigbee.addresses import NwkAddress
from emulator.zigbee.nwk.facts import (
    NetworkKeyInstalled,
    NetworkKeySwitched,
    NetworkKeyUnknown,
    NetworkResumed,
)
from emulator.zigbee.nwk.primitives import (
    DeviceType,
    NldeDataIndication,
    NldeDataRequest,
    NlmeResetRequest,
    NlmeSetKeyRequest,
    NlmeStartRouterRequest,
    NlmeSwitchKeyRequest,
)
from emulator.zigbee.security.frames import AuxiliaryHeader

OTHER_KEY = bytes(range(16))


def restart(bench: NwkBench, name: str) -> None:
    """Take a node's power and give it back; only its snapshot survives."""
    former = bench.nodes[name]
    kept = json.loads(json.dumps(former.machine.snapshot()))
    kind = former.device_type
    bench.remove(name)
    bench.add(name, kind, state=kept).post(NlmeResetRequest(warm=True))


def test_coordinator_is_back_on_its_network_after_a_power_cycle() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    former = hub.machine.state.nib

    restart(bench, "hub")
    device.post(NldeDataRequest(1, NwkAddress(0), b"still here"))
    bench.run(seconds(1))

    back = bench.nodes["hub"]
    assert (back.address, back.machine.state.nib.pan_id) == (0, former.pan_id)
    assert back.mac.pib["answers_beacon_requests"]
    assert back.mac.pib["coordinator"]
    assert not back.machine.state.nib.permit_joining
    assert [said.nsdu for said in back.of(NldeDataIndication)] == [b"still here"]
    assert bench.facts(NetworkResumed, back)


def test_frame_counter_is_higher_after_a_power_cycle() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    hub.post(NldeDataRequest(1, device.address, b"before"))
    bench.run(seconds(1))

    restart(bench, "hub")
    bench.nodes["hub"].post(NldeDataRequest(1, device.address, b"after"))
    sent = bench.sent[-1][1].msdu
    bench.run(seconds(1))

    assert AuxiliaryHeader.take(sent, 8)[0].frame_counter >= 1024
    assert [said.nsdu for said in device.of(NldeDataIndication)] == [b"before", b"after"]


def test_sleeping_child_is_still_a_sleeping_child() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", SLEEPER, hub)

    restart(bench, "hub")
    bench.nodes["hub"].post(NldeDataRequest(1, device.address, b"x"))

    assert bench.sent[-1][1].indirect


def test_end_device_is_back_after_a_power_cycle() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    address = bench.join("device", SLEEPER, hub).address

    restart(bench, "device")
    bench.nodes["device"].post(NldeDataRequest(1, NwkAddress(0), b"back"))
    bench.run(seconds(1))

    back = bench.nodes["device"]
    assert back.address == address
    assert not back.mac.pib["rx_on_when_idle"]
    assert [said.nsdu for said in hub.of(NldeDataIndication)] == [b"back"]


def test_device_without_a_network_resumes_silently() -> None:
    bench = NwkBench()
    device = bench.add("device", DeviceType.ROUTER)

    device.post(NlmeResetRequest(warm=True))

    assert bench.facts(NetworkResumed) == []
    assert device.mac.pib["short_address"] == 0xFFFF


def test_cold_reset_forgets_network_and_keys() -> None:
    bench = NwkBench()
    router = bench.join("router", ROUTER, bench.coordinator())
    fresh = NwkBench().add("router", DeviceType.ROUTER).machine.snapshot()

    router.post(NlmeResetRequest())
    bench.run(seconds(60))

    kept = router.machine.snapshot()
    assert (kept["keys"]["keys"], kept["neighbours"], kept["address_map"]) == (
        fresh["keys"]["keys"],
        fresh["neighbours"],
        fresh["address_map"],
    )
    assert not router.mac.pib["answers_beacon_requests"]
    assert router.machine.deadline is None


def test_first_key_of_a_joined_device_authenticates_it() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.add("device", DeviceType.ROUTER)
    bench.associate(device, hub, ROUTER)

    held = []
    for activate in (False, True):
        device.post(NlmeSetKeyRequest(NETWORK_KEY, 3, activate=activate))
        held.append(device.machine.state.nib.authenticated)

    assert held == [False, True]
    assert [fact.active for fact in bench.facts(NetworkKeyInstalled, device)] == [False, True]


def test_end_device_does_not_start_to_route() -> None:
    bench = NwkBench()
    device = bench.join("device", LISTENER, bench.coordinator())

    device.post(NlmeStartRouterRequest())

    assert not device.machine.state.nib.routing
    assert not device.mac.pib["answers_beacon_requests"]


def test_key_that_was_kept_is_used_once_the_trust_centre_says_so() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    hub.post(NlmeSetKeyRequest(OTHER_KEY, 1, activate=False))
    before = hub.machine.state.keys.active
    hub.post(NlmeSwitchKeyRequest(1))
    hub.post(NlmeSwitchKeyRequest(1))

    assert before is not None
    assert before.key == NETWORK_KEY
    active = hub.machine.state.keys.active
    assert active is not None
    assert active.key == OTHER_KEY
    switched = [fact.sequence for fact in bench.facts(NetworkKeySwitched, hub)]
    assert switched == [1]


def test_key_that_never_came_is_not_switched_to() -> None:
    bench = NwkBench()
    hub = bench.coordinator()

    hub.post(NlmeSwitchKeyRequest(1))

    assert [fact.sequence for fact in bench.facts(NetworkKeyUnknown, hub)] == [1]
    assert hub.machine.state.keys.by_sequence(1) is None


def test_device_that_missed_the_command_follows_the_first_frame_under_the_new_key() -> None:
    bench = NwkBench()
    hub = bench.coordinator()
    device = bench.join("device", LISTENER, hub)
    for node in (hub, device):
        node.post(NlmeSetKeyRequest(OTHER_KEY, 1, activate=False))

    hub.post(NlmeSwitchKeyRequest(1))
    hub.post(NldeDataRequest(1, device.address, b"under the new key"))
    bench.run(seconds(1))

    assert [fact.sequence for fact in bench.facts(NetworkKeySwitched, device)] == [1]
    assert [said.nsdu for said in device.of(NldeDataIndication)] == [b"under the new key"]
