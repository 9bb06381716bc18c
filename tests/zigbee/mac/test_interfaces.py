from typing import Any

import pytest

from emulator.kernel.identity import Eui64
from emulator.kernel.streams import Stream
from emulator.kernel.units import Duration, Instant
from emulator.radio.port import (
    Channel,
    DutyMode,
    RadioConfigure,
    RadioDutyCycle,
    RadioEnergy,
    RadioEnergyScan,
    RadioReceived,
    RadioTransmit,
    RadioTransmitted,
    TransmitOutcome,
)
from emulator.zigbee.addresses import BROADCAST_ALL, COORDINATOR, NwkAddress, PanId
from emulator.zigbee.mac.building import association_request_frame, data_frame
from emulator.zigbee.mac.interfaces import (
    FIRST,
    SECOND,
    MacInterfaces,
    SecondRadioCommand,
    SecondRadioEvent,
)
from emulator.zigbee.mac.machine import MacMachine
from emulator.zigbee.mac.pib import MacPib
from emulator.zigbee.mac.primitives import (
    AssociationStatus,
    CapabilityInformation,
    MacStatus,
    McpsDataConfirm,
    McpsDataIndication,
    McpsDataRequest,
    MlmeAssociateIndication,
    MlmeAssociateRequest,
    MlmeAssociateResponse,
    MlmeDutyCycleModeIndication,
    MlmePollRequest,
    MlmePowerRequest,
    MlmeScanConfirm,
    MlmeScanRequest,
    MlmeSetRequest,
    ScanKind,
)
from emulator.zigbee.mac.settings import MacSettings

NOW = Instant(1_000)
HUB = Eui64(0x00DB1234567890A2)
METER = Eui64(0x00DB1234567890A1)
PAN = PanId(0x5A17)
AT_2_4 = Channel(0, 15)
BELOW = Channel(28, 3)
ADDRESS = NwkAddress(0x1A2B)


def hub() -> MacInterfaces:
    """Both MACs of a hub, on their channels."""
    settings = MacSettings()
    macs = MacInterfaces(
        MacMachine(HUB, settings, Stream("first")),
        MacMachine(HUB, settings, Stream("second"), channel=Channel(28, 0), interface=SECOND),
    )
    home = MlmeSetRequest(
        channel=AT_2_4,
        pan_id=PAN,
        short_address=COORDINATOR,
        coordinator=True,
        association_permit=True,
    )
    macs.handle(home, NOW)
    macs.handle(MlmeSetRequest(channel=BELOW), NOW)
    return macs


def meter() -> MacPib:
    pib = MacPib(METER, Stream("meter"))
    pib.pan_id, pib.short_address = PAN, ADDRESS
    return pib


def of(effects: Any, kind: type) -> list[Any]:
    return [each for each in effects if isinstance(each, kind)]


def heard(psdu: bytes) -> RadioReceived:
    return RadioReceived(psdu, -60, 200)


def sends(macs: MacInterfaces, request: McpsDataRequest) -> tuple[int, int]:
    """How many frames go out by the first and by the second radio."""
    effects = macs.handle(request, NOW)
    second = [each.command for each in of(effects, SecondRadioCommand)]
    return len(of(effects, RadioTransmit)), len(of(second, RadioTransmit))


def test_each_interface_is_configured_with_the_channel_of_its_band() -> None:
    macs = hub()
    effects = macs.handle(MlmeSetRequest(association_permit=False, tx_power=3), NOW)

    (first,) = of(effects, RadioConfigure)
    (second,) = of(effects, SecondRadioCommand)
    assert (first.config.channel, first.config.pan_id) == (AT_2_4, PAN)
    assert (second.command.config.channel, second.command.config.pan_id) == (BELOW, PAN)
    assert first.config.power == second.command.config.power == 3


@pytest.mark.parametrize(
    ("interface", "frames"), [(None, (1, 1)), (FIRST, (1, 0)), (SECOND, (0, 1))]
)
def test_broadcast_goes_out_where_it_is_for(interface: int | None, frames: tuple[int, int]) -> None:
    request = McpsDataRequest(1, BROADCAST_ALL, b"x", ack=False, interface=interface)

    assert sends(hub(), request) == frames


def test_broadcast_on_both_is_confirmed_once_when_both_are_through() -> None:
    macs = hub()
    macs.handle(McpsDataRequest(7, BROADCAST_ALL, b"x", ack=False), NOW)

    lost = RadioTransmitted(1, TransmitOutcome.CHANNEL_ACCESS_FAILURE)
    assert of(macs.handle(lost, NOW), McpsDataConfirm) == []
    sent = SecondRadioEvent(RadioTransmitted(1, TransmitOutcome.SENT))
    assert macs.handle(sent, NOW) == [McpsDataConfirm(7, MacStatus.SUCCESS)]


def test_frame_goes_out_where_its_destination_was_last_heard() -> None:
    macs = hub()
    unicast = McpsDataRequest(1, ADDRESS, b"x")
    assert sends(macs, unicast) == (1, 0)

    frame = data_frame(meter(), McpsDataRequest(1, COORDINATOR, b"hello"))
    told = macs.handle(SecondRadioEvent(heard(frame.encode())), NOW)

    assert of(told, McpsDataIndication)[0].interface == SECOND
    assert (macs.interface_of(ADDRESS), sends(macs, unicast)) == (SECOND, (0, 1))


def test_joiner_is_answered_where_it_asked_and_its_address_is_known_there() -> None:
    macs = hub()
    asked = MlmeAssociateRequest(BELOW, PAN, COORDINATOR, CapabilityInformation())
    frame = association_request_frame(meter(), asked)
    told = macs.handle(SecondRadioEvent(heard(frame.encode())), NOW)
    assert of(told, MlmeAssociateIndication)[0].device == METER

    answer = MlmeAssociateResponse(METER, ADDRESS, AssociationStatus.SUCCESS)
    effects = macs.handle(answer, NOW)

    assert len(of(effects, SecondRadioCommand)) == len(effects) == 1
    assert macs.interface_of(ADDRESS) == SECOND


def test_energy_scan_of_both_bands_is_one_scan() -> None:
    macs = hub()
    effects = macs.handle(MlmeScanRequest(ScanKind.ENERGY, (AT_2_4, BELOW), 3), NOW)
    assert [each.channel for each in of(effects, RadioEnergyScan)] == [AT_2_4]

    assert of(macs.handle(RadioEnergy(AT_2_4, 9), NOW), MlmeScanConfirm) == []
    effects = macs.handle(SecondRadioEvent(RadioEnergy(BELOW, 7)), NOW)

    wanted = MlmeScanConfirm(ScanKind.ENERGY, MacStatus.SUCCESS, ((AT_2_4, 9), (BELOW, 7)))
    assert of(effects, MlmeScanConfirm) == [wanted]


@pytest.mark.parametrize("channels", [(BELOW,), (AT_2_4,)])
def test_scan_of_one_band_leaves_the_other_alone(channels: tuple[Channel, ...]) -> None:
    effects = hub().handle(MlmeScanRequest(ScanKind.ENERGY, channels, 3), NOW)

    below = channels == (BELOW,)
    assert bool(of(effects, SecondRadioCommand)) is below
    assert bool(of(effects, RadioEnergyScan)) is not below


def test_scan_of_no_channel_is_refused() -> None:
    effects = hub().handle(MlmeScanRequest(ScanKind.ENERGY, (), 3), NOW)

    assert effects == [MlmeScanConfirm(ScanKind.ENERGY, MacStatus.INVALID_PARAMETER)]


def test_power_of_a_link_and_duty_cycle_are_those_of_its_interface() -> None:
    macs = hub()
    frame = data_frame(meter(), McpsDataRequest(1, COORDINATOR, b"hello"))
    macs.handle(SecondRadioEvent(heard(frame.encode())), NOW)

    macs.handle(MlmePowerRequest(ADDRESS, -4), NOW)
    (sent,) = of(macs.handle(McpsDataRequest(1, ADDRESS, b"x"), NOW), SecondRadioCommand)
    told = macs.handle(SecondRadioEvent(RadioDutyCycle(DutyMode.LIMITED, Duration(5))), NOW)

    assert sent.command.power == MacSettings().sub_ghz_tx_power - 4
    wanted = MlmeDutyCycleModeIndication(SECOND, DutyMode.LIMITED, Duration(5))
    assert of(told, MlmeDutyCycleModeIndication) == [wanted]


def test_what_is_due_at_either_mac_is_due() -> None:
    macs = hub()

    macs.handle(McpsDataRequest(1, ADDRESS, b"x", indirect=True), NOW)
    due = macs.deadline
    assert due is not None

    assert McpsDataConfirm(1, MacStatus.TRANSACTION_EXPIRED) in macs.wake(due)
    assert macs.handle(MlmePollRequest(COORDINATOR), NOW)
