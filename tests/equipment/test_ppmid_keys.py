"""Keys of a PPMID become messages for the gas meter in its log (GBCS PCS01, PCS02)."""

import pytest

from emulator.equipment.facts import MessageUnroutable
from emulator.equipment.ppmid_keys import (
    ActivateGasEmergencyCredit,
    PpmidKeys,
    TopUpGasMeter,
)
from emulator.gbcs.asn1.codes import DeviceType
from emulator.gbcs_device.primitives import PartnerCommandRequest, PartnerJoined, PartnerUnjoined
from emulator.kernel.errors import LocalError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START

METER = Eui64(0x00DB1234567890A1)
UTRN = "73941656880950804485"


def keys() -> PpmidKeys:
    made = PpmidKeys()
    made.handle(PartnerJoined(METER, DeviceType.GSME), START)
    return made


@pytest.mark.parametrize(
    ("event", "code", "payload"),
    [
        (TopUpGasMeter(UTRN), 0x009B, "0109 01 01 0705 0019 01 00 04 02 14"),
        (ActivateGasEmergencyCredit(), 0x0090, "0109 01 01 0705 0008 01 00 00 00000000 02"),
    ],
)
def test_keys_become_the_reference_payload(event: object, code: int, payload: str) -> None:
    (asked,) = keys().handle(event, START)

    expected = bytes.fromhex(payload) + (UTRN.encode() if code == 0x009B else b"")
    assert asked == PartnerCommandRequest(METER, code, expected)


def test_without_gas_meter_in_the_log_nothing_goes_out() -> None:
    made = keys()
    made.handle(PartnerUnjoined(METER), START)

    (told,) = made.handle(TopUpGasMeter(UTRN), START)

    assert isinstance(told, MessageUnroutable)


def test_other_partners_are_no_gas_meter() -> None:
    made = keys()
    made.handle(PartnerJoined(Eui64(5), DeviceType.ESME), START)
    made.handle(PartnerUnjoined(Eui64(5)), START)

    assert made.gas_meter == METER
    assert list(made.wake(START)) == []


def test_meter_is_known_after_a_loss_of_power() -> None:
    again = PpmidKeys()

    again.restore(keys().snapshot())

    assert again.gas_meter == METER


def test_what_it_does_not_accept_is_its_callers_mistake() -> None:
    with pytest.raises(LocalError):
        keys().handle("event", START)
