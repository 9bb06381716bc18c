"""Which devices have what for others to ask for, and that it crosses a simulated home."""

from pathlib import Path

import pytest

from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.primitives import LogEvent, SetManagement
from emulator.testing.judges.device_rules import built
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT
from emulator.zcl.clusters.events import EVENTS
from emulator.zcl.payloads.device_management import UpdateSiteID
from emulator.zcl.payloads.events import GetEventLog, PublishEventLog
from emulator.zcl.primitives import (
    Outcome,
    Side,
    ZclAddress,
    ZclAnswer,
    ZclCommandConfirm,
    ZclCommandRequest,
)
from emulator.zigbee.addresses import COORDINATOR, ClusterId, Endpoint

SHIPMENT = Path(__file__).parents[2] / "data" / "shipments" / "dual-fuel.csv"
GAS_ESI = Endpoint(1)
REMOTE_CH = Endpoint(3)
HANDLE = 1_000_000
"""Of a request that no machine of the device makes."""


@pytest.mark.parametrize(
    ("kind", "cluster", "endpoints"),
    [
        ("CHF", EVENTS.id, [GAS_ESI, REMOTE_CH]),
        ("CHF", DEVICE_MANAGEMENT.id, [GAS_ESI]),
        ("ESME", EVENTS.id, [Endpoint(1)]),
        ("ESME", DEVICE_MANAGEMENT.id, []),
        ("GSME", EVENTS.id, []),
    ],
)
def test_devices_serve_what_is_asked_of_them(
    kind: str, cluster: ClusterId, endpoints: list[Endpoint]
) -> None:
    definitions = built(kind).description.endpoints

    asked = (cluster, Side.SERVER)
    serving = [each.endpoint for each in definitions if each.has(cluster, Side.SERVER)]
    acting = [
        each.endpoint
        for each in definitions
        if any((command.cluster, command.side) == asked for command in each.commands)
    ]

    assert serving == acting == endpoints


def test_device_reads_the_log_and_the_site_of_its_hub_also_after_a_power_cut() -> None:
    lab = Lab(read_shipment(SHIPMENT), LabOptions(seed=1))
    home = lab.home()
    device, answers = home.device("ESME"), list[ZclAnswer]()

    def confirmed(confirm: ZclCommandConfirm) -> None:
        if confirm.handle == HANDLE:
            assert confirm.outcome is Outcome.ANSWERED
            assert confirm.answer is not None
            answers.append(confirm.answer)

    def ask(endpoint: Endpoint, cluster: ClusterId, command: int, payload: bytes) -> ZclAnswer:
        hub = ZclAddress(COORDINATOR, endpoint)
        device.post(
            ZclCommandRequest(
                HANDLE, hub, Endpoint(1), cluster, command, payload, expects_answer=True
            )
        )
        lab.run("5 s")
        return answers.pop()

    device.observe((ZclCommandConfirm,), confirmed)
    commission(lab, home)
    site = UpdateSiteID(1, 2, 3, b"site")
    everything = GetEventLog(0x13, 0, 0, 0xFFFFFFFF, 0, 0).encode()

    nothing = ask(REMOTE_CH, EVENTS.id, 0x00, everything)
    home.hub.post(LogEvent(3, 0x8154, b"\x00\x6b"))
    home.hub.post(SetManagement(site))
    logged = ask(REMOTE_CH, EVENTS.id, 0x00, everything)
    home.hub.power_off()
    home.hub.power_on()
    lab.run("1 min")
    again = ask(GAS_ESI, EVENTS.id, 0x00, everything)
    told = ask(GAS_ESI, DEVICE_MANAGEMENT.id, 0x03, b"")

    # default response: GetEventLog, NOT_FOUND
    assert (nothing.general, nothing.payload) == (True, b"\x00\x8b")
    events = PublishEventLog.decode(logged.payload).events
    assert [(each.event_id, each.event_data) for each in events] == [(0x8154, b"\x00\x6b")]
    assert again.payload == logged.payload
    assert (told.command, told.payload) == (0x03, site.encode())
