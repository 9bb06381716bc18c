import json

from emulator.kernel.identity import Eui64
from emulator.radio.port import Channel
from emulator.zigbee.addresses import ExtendedPanId, NwkAddress, PanId
from emulator.zigbee.mac.primitives import CapabilityInformation
from emulator.zigbee.nwk.primitives import DeviceType
from emulator.zigbee.nwk.tables.nib import UNJOINED, Nib

EUI64 = Eui64(0x00DB1234567890A2)


def joined() -> Nib:
    nib = Nib(EUI64, DeviceType.ROUTER)
    nib.nwk_address = NwkAddress(0x1234)
    nib.pan_id = PanId(0x5A17)
    nib.extended_pan_id = ExtendedPanId(0xFEDCBA9876543210)
    nib.channel = Channel(0, 20)
    nib.update_id, nib.depth = 3, 2
    nib.capability = CapabilityInformation(mains_powered=False)
    nib.joined = nib.authenticated = nib.routing = nib.permit_joining = True
    nib.keep_alive_by_poll = True
    return nib


def test_sequence_numbers_wrap_at_one_octet() -> None:
    nib = Nib(EUI64, DeviceType.ROUTER, sequence=0xFF)

    assert [nib.next_sequence(), nib.next_sequence()] == [0xFF, 0x00]


def test_leaving_takes_back_the_network_and_keeps_the_identity() -> None:
    nib = joined()

    nib.leave()

    fresh = Nib(EUI64, DeviceType.ROUTER, channel=nib.channel, capability=nib.capability)
    assert nib == fresh
    assert nib.nwk_address == UNJOINED


def test_restart_closes_joining_and_keeps_the_rest() -> None:
    nib = joined()

    restored = Nib(EUI64, DeviceType.ROUTER)
    restored.restore(json.loads(json.dumps(nib.snapshot())))

    nib.permit_joining = False
    assert restored == nib


def test_device_types_tell_what_they_are() -> None:
    assert Nib(EUI64, DeviceType.COORDINATOR).is_coordinator
    assert Nib(EUI64, DeviceType.END_DEVICE).is_end_device
    assert Nib(EUI64, DeviceType.ROUTER).rx_on_when_idle
