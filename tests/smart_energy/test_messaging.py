"""Messages for remote parties in a simulated home: which machines carry them, and that they do."""

from pathlib import Path

import pytest

from emulator.lab.installing.commissioning import commission, form_network, join, register
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.messaging import reports_of
from emulator.smart_energy.mirror.facts import MirrorReported
from emulator.smart_energy.mirror.primitives import AllowMirrorReports, CheckMirror
from emulator.smart_energy.tunnel.facts import TunnelOpened
from emulator.smart_energy.tunnel.primitives import (
    LogPartner,
    SendThroughTunnel,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
    UnlogPartner,
)
from emulator.smart_energy.tunnel.server import TunnelServer
from emulator.testing.judges.device_rules import built
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT

SHIPMENTS = Path(__file__).parent.parent / "data" / "shipments"
SHIPMENT = SHIPMENTS / "one-meter.csv"
DUAL_FUEL = SHIPMENTS / "dual-fuel.csv"


class HomeWithMeter:
    """A hub and an electricity meter, joined, and what each was told through tunnels."""

    def __init__(self) -> None:
        self.lab = Lab(read_shipment(SHIPMENT), LabOptions(seed=5))
        self.home = self.lab.home()
        self.hub, self.meter = self.home.hub, self.home.joiners[0]
        self.at_hub: list[TunnelledMessage | TunnelUndeliverable] = []
        self.at_meter: list[TunnelledMessage | TunnelUndeliverable] = []
        kinds = (TunnelledMessage, TunnelUndeliverable)
        self.hub.observe(kinds, self.at_hub.append)
        self.meter.observe(kinds, self.at_meter.append)
        commission(self.lab, self.home)

    def send_both_ways(self, octets: bytes) -> None:
        self.hub.post(SendThroughTunnel(self.meter.description.eui64, octets))
        self.meter.post(SendThroughTunnel(self.hub.description.eui64, octets))
        self.lab.run("20 s")


def test_logged_meter_and_hub_exchange_messages_as_long_as_they_may_be() -> None:
    there = HomeWithMeter()
    hub, meter = there.hub.description.eui64, there.meter.description.eui64

    there.hub.post(LogPartner(meter))
    there.send_both_ways(bytes(1200))

    assert there.at_hub == [TunnelledMessage(meter, bytes(1200))]
    assert there.at_meter == [TunnelledMessage(hub, bytes(1200))]


def test_meter_that_is_not_logged_gets_no_message_and_no_tunnel() -> None:
    there = HomeWithMeter()
    meter = there.meter.description.eui64

    there.send_both_ways(b"read")

    assert there.at_hub == [TunnelUndeliverable(meter, b"read", Undeliverable.NOT_LOGGED)]
    assert there.at_meter == []
    assert not list(there.lab.trace.of(TunnelOpened))


def test_hub_opens_its_tunnels_again_after_a_power_cycle() -> None:
    there = HomeWithMeter()
    hub, meter = there.hub.description.eui64, there.meter.description.eui64
    there.hub.post(LogPartner(meter))
    there.lab.run("10 s")

    there.hub.power_off()
    there.lab.run("1 s")
    there.hub.power_on()
    there.lab.run("1 min")
    there.send_both_ways(b"again")

    assert there.at_meter == [TunnelledMessage(hub, b"again")]
    assert there.at_hub == [TunnelledMessage(meter, b"again")]


def test_meter_without_its_tunnels_is_asked_for_another_when_a_message_comes() -> None:
    there = HomeWithMeter()
    hub, meter = there.hub.description.eui64, there.meter.description.eui64
    there.hub.post(LogPartner(meter))
    there.lab.run("10 s")

    there.meter.power_off()
    there.lab.run("1 s")
    there.meter.power_on()
    there.lab.run("30 s")
    there.send_both_ways(b"again")

    assert there.at_meter == [TunnelledMessage(hub, b"again")]
    assert there.at_hub == [TunnelledMessage(meter, b"again")]


class HomeWithGasMeter:
    """A hub and a gas meter in its log, joined, and what each was told through tunnels."""

    def __init__(self) -> None:
        self.lab = Lab(read_shipment(DUAL_FUEL), LabOptions(seed=6))
        home = self.lab.home()
        self.hub, self.meter = home.hub, home.device("GSME")
        self.at_hub: list[TunnelledMessage | TunnelUndeliverable] = []
        self.at_meter: list[TunnelledMessage | TunnelUndeliverable] = []
        kinds = (TunnelledMessage, TunnelUndeliverable)
        self.hub.observe(kinds, self.at_hub.append)
        self.meter.observe(kinds, self.at_meter.append)
        form_network(self.lab, home)
        self.hub.post(LogPartner(self.meter.description.eui64, sleepy=True))
        register(self.lab, home, self.meter)
        join(self.lab, home, self.meter)
        self.lab.run("1 min")

    def reads(self) -> list[int]:
        """The values of the clusters that the meter reported so far, by cluster."""
        facts = self.lab.trace.of(MirrorReported)
        return [fact.cluster for _, fact in facts if fact.attributes]


def test_gas_meter_fetches_its_message_at_the_next_wake_and_answers() -> None:
    there = HomeWithGasMeter()
    hub, meter = there.hub.description.eui64, there.meter.description.eui64

    there.hub.post(SendThroughTunnel(meter, b"command"))
    there.lab.run("10 min")
    waiting = list(there.at_meter)
    there.lab.run("20 min")
    there.meter.post(SendThroughTunnel(hub, b"response"))
    there.lab.run("10 s")

    assert waiting == []
    assert there.at_meter == [TunnelledMessage(hub, b"command")]
    assert there.at_hub == [TunnelledMessage(meter, b"response")]


def test_gas_meter_mirrors_its_values_once_the_proxy_is_in_its_log() -> None:
    there = HomeWithGasMeter()
    before = there.reads()

    there.meter.post(AllowMirrorReports())
    there.meter.post(CheckMirror())
    there.lab.run("10 s")

    assert before == []
    assert there.reads() == [BASIC.id, PREPAYMENT.id, METERING.id]


def test_message_for_a_gas_meter_survives_the_power_cycles_of_both() -> None:
    there = HomeWithGasMeter()
    hub, meter = there.hub.description.eui64, there.meter.description.eui64
    there.hub.post(SendThroughTunnel(meter, b"command"))

    for device in (there.hub, there.meter):
        device.power_off()
        there.lab.run("1 s")
        device.power_on()
    there.lab.run("40 min")

    assert there.at_meter == [TunnelledMessage(hub, b"command")]


def test_gas_meter_that_leaves_the_log_gets_nothing_more() -> None:
    there = HomeWithGasMeter()
    meter = there.meter.description.eui64
    there.hub.post(SendThroughTunnel(meter, b"command"))

    there.hub.post(UnlogPartner(meter))
    there.hub.post(SendThroughTunnel(meter, b"late"))
    there.lab.run("40 min")

    assert there.at_meter == []
    assert there.at_hub == [
        TunnelUndeliverable(meter, b"command", Undeliverable.UNLOGGED),
        TunnelUndeliverable(meter, b"late", Undeliverable.NOT_LOGGED),
    ]


def test_meter_reports_what_it_serves_of_each_cluster_the_metering_cluster_last() -> None:
    (endpoint,) = built("GSME").description.endpoints

    clusters = dict(reports_of(endpoint).clusters)

    assert list(clusters) == [BASIC.id, PREPAYMENT.id, METERING.id]
    assert 0x0000 in clusters[METERING.id]
    assert 0xFFFE not in clusters[METERING.id]


@pytest.mark.parametrize("kind", ["IHD", "CAD"])
def test_display_that_answers_no_remote_party_has_no_tunnel(kind: str) -> None:
    device = built(kind)
    device.power_on()
    assert device.assembly is not None

    assert not any(isinstance(each, TunnelServer) for each in device.assembly.machines)
