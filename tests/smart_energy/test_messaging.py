"""Messages for remote parties in a simulated home: which machines carry them, and that they do."""

from pathlib import Path

from emulator.lab.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipment import read_shipment
from emulator.smart_energy.tunnel.facts import TunnelOpened
from emulator.smart_energy.tunnel.primitives import (
    LogPartner,
    SendThroughTunnel,
    TunnelledMessage,
    TunnelUndeliverable,
    Undeliverable,
)

SHIPMENT = Path(__file__).parent.parent / "data" / "shipments" / "one-meter.csv"


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
