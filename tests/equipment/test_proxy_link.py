"""The gas proxy function hears of what passes, and whose mirror the hub keeps."""

from emulator.equipment.proxy_link import ProxyLink
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs_device.gbz.proxy.tap_off import PassedFromMeter, PassedToMeter
from emulator.gbcs_device.primitives import PartnerJoined, PartnerUnjoined
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.smart_energy.mirror.primitives import MirrorChanged
from emulator.smart_energy.tunnel.primitives import SendThroughTunnel, TunnelledMessage

PROXY = Eui64(0x00DB1234567890A3)
METER = Eui64(0x00DB1234567890A1)


def test_what_goes_into_a_tunnel_passes_to_the_meter() -> None:
    link = ProxyLink(PROXY)

    assert link.handle(SendThroughTunnel(METER, b"asked"), START) == (PassedToMeter(b"asked"),)


def test_what_comes_out_of_a_tunnel_passes_from_the_meter() -> None:
    link = ProxyLink(PROXY)

    assert link.handle(TunnelledMessage(METER, b"told"), START) == (PassedFromMeter(b"told"),)


def test_the_meter_is_whichever_has_a_mirror_and_only_the_proxy_is_told() -> None:
    link = ProxyLink(PROXY)

    appeared = link.handle(MirrorChanged(METER, 2), START)
    went = link.handle(MirrorChanged(METER, None), START)

    assert appeared == (PartnerJoined(METER, DeviceType.GSME, PROXY),)
    assert went == (PartnerUnjoined(METER, PROXY),)


def test_nothing_is_ever_due() -> None:
    link = ProxyLink(PROXY)

    assert link.deadline is None
    assert link.wake(START) == ()
