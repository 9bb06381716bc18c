"""Messages of a node to itself."""

from itertools import count

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Instant
from emulator.zigbee.address_map import AddressMap
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress, ProfileId
from emulator.zigbee.aps.machine import ApsMachine
from emulator.zigbee.aps.primitives import (
    ApsdeDataConfirm,
    ApsdeDataIndication,
    ApsdeDataRequest,
    ApsStatus,
)
from emulator.zigbee.aps.settings import ApsSettings
from emulator.zigbee.nwk.primitives import NldeDataRequest
from hardware.virtual.ezsp_loopback import LoopbackAps

NOW = Instant(0)


def loopback(address: int | None) -> LoopbackAps:
    aps = ApsMachine(Eui64(1), ApsSettings(), AddressMap(), count(1), Stream("aps"))
    return LoopbackAps(aps, Eui64(1), lambda: None if address is None else NwkAddress(address))


def request(address: int) -> ApsdeDataRequest:
    return ApsdeDataRequest(
        7,
        NwkAddress(address),
        Endpoint(2),
        Endpoint(1),
        ProfileId(0x0109),
        ClusterId(6),
        b"abc",
    )


def test_a_message_to_ourselves_turns_round() -> None:
    confirm, indication = loopback(0).handle(request(0), NOW)

    assert confirm == ApsdeDataConfirm(7, NwkAddress(0), ApsStatus.SUCCESS)
    assert isinstance(indication, ApsdeDataIndication)
    assert (indication.asdu, indication.destination_endpoint) == (b"abc", 2)


def test_one_to_another_goes_down() -> None:
    (effect,) = loopback(0).handle(request(5), NOW)

    assert isinstance(effect, NldeDataRequest)


def test_without_an_address_nothing_turns_round() -> None:
    (effect,) = loopback(None).handle(request(0), NOW)

    assert isinstance(effect, NldeDataRequest)


def test_time_passes_below() -> None:
    aps = loopback(0)
    aps.handle(request(5), NOW)

    assert aps.deadline is not None
    assert aps.wake(aps.deadline)
