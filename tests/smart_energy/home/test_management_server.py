"""What a gas ESI answers who asks for tenancy, supplier, site and customer (ZSE 1.4 Annex D)."""

import json
from itertools import count
from typing import Any

import pytest

from emulator.kernel.units import START
from emulator.smart_energy.home.management_server import ManagementServer, ToServer
from emulator.smart_energy.primitives import SetManagement
from emulator.testing.stack.tunnel_bench import DEVICE, ENDPOINT, came
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT
from emulator.zcl.payloads.device_management import (
    PublishChangeOfSupplier,
    PublishChangeOfTenancy,
    UpdateCIN,
    UpdateSiteID,
)
from emulator.zcl.primitives import Side
from emulator.zigbee.addresses import Endpoint

TENANCY = PublishChangeOfTenancy(1, 2, 1, 3, 0x200)
SUPPLIER = PublishChangeOfSupplier(1, 2, 1, 4, 5, 6, b"name", b"number")
SITE = UpdateSiteID(1, 2, 3, b"site")
CUSTOMER = UpdateCIN(1, 2, 3, b"customer")
TOLD = [
    # tenancy: provider, issuer's event, gas, from when, control
    (0x00, TENANCY, "00 01000000 02000000 01 03000000 00020000"),
    # supplier: now, issuer's event, gas, next, from when, control, name, how to reach it
    (
        0x01,
        SUPPLIER,
        "01 01000000 02000000 01 04000000 05000000 06000000 04 6E616D65 06 6E756D626572",
    ),
    # site and customer: issuer's event, from when, provider, number
    (0x03, SITE, "03 01000000 02000000 03000000 04 73697465"),
    (0x05, CUSTOMER, "06 01000000 02000000 03000000 08 637573746F6D6572"),
]


def told(*values: Any) -> ManagementServer:
    server = ManagementServer(ENDPOINT, count(1))
    for each in values:
        assert not server.handle(SetManagement(each), START)
    return server


def ask(server: ManagementServer, command: int) -> Any:
    event = came(DEVICE, DEVICE_MANAGEMENT.id, command, b"", Side.SERVER)
    (answer,) = server.handle(event, START)
    return answer


@pytest.mark.parametrize(("command", "value", "answer"), TOLD)
def test_device_is_told_what_the_esi_was_told(command: int, value: Any, answer: str) -> None:
    came_back = ask(told(value), command)

    assert not came_back.general
    assert bytes((came_back.command,)) + came_back.payload == bytes.fromhex(answer)


@pytest.mark.parametrize("command", list(ToServer))
def test_what_the_esi_was_never_told_is_not_found(command: ToServer) -> None:
    answer = ask(told(), command)

    # default response: command, NOT_FOUND
    assert (answer.general, answer.payload) == (True, bytes((command, 0x8B)))


def test_the_latest_is_told() -> None:
    later = UpdateSiteID(2, 3, 3, b"other")

    assert ask(told(SITE, later), ToServer.GET_SITE_ID).payload == later.encode()


@pytest.mark.parametrize(
    "event",
    [
        came(DEVICE, DEVICE_MANAGEMENT.id, 0, b"", Side.SERVER, endpoint=Endpoint(9)),
        came(DEVICE, DEVICE_MANAGEMENT.id, 0, b"", Side.CLIENT),
        came(DEVICE, DEVICE_MANAGEMENT.id, 2, b"", Side.SERVER),
        came(DEVICE, 0x0709, 0, b"", Side.SERVER),
    ],
)
def test_what_is_for_others_is_left_to_them(event: Any) -> None:
    server = told(TENANCY)

    assert not server.handle(event, START)
    assert not server.wake(START)


def test_what_was_told_survives_a_power_cycle() -> None:
    restored = told(SUPPLIER)

    restored.restore(json.loads(json.dumps(told(TENANCY, CUSTOMER).snapshot())))

    assert ask(restored, ToServer.GET_CHANGE_OF_TENANCY).payload == TENANCY.encode()
    assert ask(restored, ToServer.GET_CIN).payload == CUSTOMER.encode()
    assert ask(restored, ToServer.GET_CHANGE_OF_SUPPLIER).general
