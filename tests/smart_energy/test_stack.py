"""The layers of a node as they are wired."""

from itertools import count

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace
from emulator.kernel.units import START, Calendar
from emulator.smart_energy.device import Boot, Surroundings
from emulator.smart_energy.stack import Stack
from emulator.smart_energy.stack_settings import StackSettings
from emulator.testing.judges.device_rules import built
from emulator.zigbee.addresses import NO_EUI64
from emulator.zigbee.aps.primitives import ApsmeSetLinkKeyRequest, KeyOrigin
from emulator.zigbee.nwk.primitives import NlmeSetKeyRequest


@pytest.fixture
def stack() -> Stack:
    surroundings = Surroundings(
        Scheduler(), Streams(1), Trace(), Calendar(), lambda _name: pytest.fail("needs no radio")
    )
    boot = Boot(built("ESME").description, surroundings, 1, count(1))
    return Stack.build(boot, StackSettings())


def test_machines_are_the_layers_from_the_radio_up(stack: Stack) -> None:
    assert list(stack.machines) == [stack.mac, stack.nwk, stack.aps, stack.zdo, stack.zcl]


def test_node_describes_the_endpoints_of_its_device(stack: Stack) -> None:
    described = stack.zdo.description.endpoints

    assert [each.endpoint for each in described] == [1, 2, 3]
    assert [each.device_id for each in described] == [0x0500, 0x0501, 0x0508]


def test_new_node_has_no_address_no_parent_and_no_key(stack: Stack) -> None:
    assert (stack.nwk_address, stack.parent) == (None, None)
    assert list(stack.keys) == []
    assert stack.link_key_origin(None) is None


def test_key_of_the_install_code_counts_until_one_is_shared_with_the_trust_centre(
    stack: Stack,
) -> None:
    hub = Eui64(0x00DB1234567890A2)
    stack.aps.handle(ApsmeSetLinkKeyRequest(NO_EUI64, bytes(16)), START)
    before = stack.link_key_origin(hub)

    stack.aps.handle(ApsmeSetLinkKeyRequest(hub, bytes(range(16)), KeyOrigin.CBKE), START)

    assert (before, stack.link_key_origin(hub)) == (KeyOrigin.PRECONFIGURED, KeyOrigin.CBKE)


def test_keys_are_told_as_the_requests_that_would_install_them(stack: Stack) -> None:
    network = NlmeSetKeyRequest(bytes(range(16)), 3)
    link = ApsmeSetLinkKeyRequest(NO_EUI64, bytes(16))
    stack.nwk.handle(network, START)
    stack.aps.handle(link, START)

    assert list(stack.keys) == [network, link]
