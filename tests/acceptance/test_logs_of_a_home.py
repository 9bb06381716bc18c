"""Devices leave the logs of a home, and its DCC hears of every change (GBCS CS14, GCS62)."""

from dataclasses import replace
from pathlib import Path

import pytest

from emulator.dcc.facts import CommandSent, DeviceAlertReceived
from emulator.equipment.primitives import FromWan
from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.payload import decode_payload
from emulator.kernel.identity import Eui64
from emulator.lab.installing.installation import Ask, Installation
from emulator.testing.scenes.installed_homes import installed_home
from emulator.zcl.payloads.events import PublishEventLog

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"
JOINED, NOT_COVERED = 0x8F49, 0x8F53
GPF_LOG_CHANGED, HUB_LOG_CHANGED = 0x8071, 0x8F12


@pytest.fixture(scope="module")
def work() -> Installation:
    """A gas meter, and a display that the gas proxy knows."""
    return installed_home(SHIPMENT, "GSME", "IHD")


def test_the_dcc_knows_the_log_of_the_proxy_before_and_after_a_display_parts(
    work: Installation,
) -> None:
    display = work.home.device("IHD").description.eui64
    assert in_proxy(work) == [display]
    before = heard(work, GPF_LOG_CHANGED)

    work.unjoin(work.gas_proxy, display, "8.8.2")
    work.lab.run("1 min")

    assert in_proxy(work) == []
    assert heard(work, GPF_LOG_CHANGED) == before + 1


def test_a_display_that_is_removed_from_the_hub_leaves_the_network(work: Installation) -> None:
    display = work.home.device("IHD")
    before = heard(work, HUB_LOG_CHANGED)
    assert display.description.eui64 in in_hub(work)

    work.remove(display)
    work.lab.run("5 min")

    assert not display.joined
    assert display.description.eui64 not in in_hub(work)
    assert heard(work, HUB_LOG_CHANGED) == before + 1
    assert work.home.device("GSME").joined


def test_what_a_gas_meter_refused_stands_in_the_copy_of_its_log_at_the_proxy(
    work: Installation,
) -> None:
    # GBCS use-case annex, CS10b: log 7 is the proxy's copy of the meter's security log
    gsme = work.home.device("GSME").description.eui64
    sent = [fact.octets for _, fact in work.lab.trace.of(CommandSent) if fact.device == gsme]
    forged = replace(Message.decode(sent[-1]), mac=bytes(12))
    work.home.hub.post(FromWan(forged.encode()))
    work.lab.run("70 min")

    period = {"StartDateTime": "2026-01-01T00:00:00Z", "EndDateTime": "2027-01-01T00:00:00Z"}
    asked = {"LogToRead": "GSMESecurity", "ReadLogPeriod": period}
    read = Ask(srv="6.13", clause="GBCS CS10b", target=work.gas_proxy, parameters=asked)
    found = work.ask("the copy is read", read)

    assert found is not None
    assert found.message is not None
    payload = decode_payload(Message.decode(found.message))
    assert isinstance(payload, GbzPayload)
    (component,) = payload.components
    events = PublishEventLog.decode(component.payload).events
    assert [(each.log_id, each.event_id) for each in events] == [(7, JOINED), (7, NOT_COVERED)]


def in_proxy(work: Installation) -> list[Eui64]:
    """The log of the gas proxy, as the DCC would restore it."""
    entries = work.side.dcc.world.backups.gpfs[work.gas_proxy].entries
    return [Eui64(int.from_bytes(each.device_id, "big")) for each in entries]


def in_hub(work: Installation) -> list[Eui64]:
    """The log of the hub, as the DCC would restore it."""
    return [device for device, _ in work.side.dcc.world.backups.hubs[work.hub].devices]


def heard(work: Installation, code: int) -> int:
    """How often the DCC was told of something."""
    return sum(fact.code == code for _, fact in work.lab.trace.of(DeviceAlertReceived))
