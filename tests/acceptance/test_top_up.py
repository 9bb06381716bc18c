"""A supplier tops up a gas meter: the meter believes what its supplier made for it (GBCS 14)."""

from pathlib import Path

import pytest

from emulator.gbcs.envelope import Message
from emulator.gbcs.gbz import GbzPayload
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.utrn import TokenKey, ValueClass, build_utrn
from emulator.gbcs_device.gbz.commands.top_up import TopUpResult
from emulator.kernel.identity import Eui64
from emulator.lab.installing.installation import NEXT_WAKE, Ask, Installation
from emulator.lab.world.parties import GAINING_SUPPLIER, SUPPLIER
from emulator.testing.scenes.installed_homes import installed_home
from emulator.zcl.payloads.prepayment import ConsumerTopUpResponse

SHIPMENT = Path(__file__).parents[1] / "data/shipments/dual-fuel.csv"
TEN_POUNDS = 1_000_000
"""In thousandths of a penny."""


@pytest.fixture(scope="module")
def work() -> Installation:
    """A hub and a gas meter."""
    return installed_home(SHIPMENT, "GSME")


def test_a_token_of_its_supplier_is_taken_once(work: Installation) -> None:
    token = made(work, SUPPLIER, meter(work), counter=1)

    first, second = enter(work, token), enter(work, token)

    assert (first.result_type, first.top_up_value) == (TopUpResult.ACCEPTED, TEN_POUNDS)
    assert second.result_type == TopUpResult.DUPLICATE


def test_a_token_of_another_supplier_is_not_believed(work: Installation) -> None:
    token = made(work, GAINING_SUPPLIER, meter(work), counter=2)

    assert enter(work, token).result_type == TopUpResult.INVALID


def test_a_token_for_another_meter_is_not_believed(work: Installation) -> None:
    token = made(work, SUPPLIER, work.hub, counter=3)

    assert enter(work, token).result_type == TopUpResult.INVALID


def meter(work: Installation) -> Eui64:
    return work.home.device("GSME").description.eui64


def made(work: Installation, supplier: Eui64, device: Eui64, counter: int) -> str:
    """The digits of a token of ten pounds."""
    agreement = StoredKeyAgreement(work.side.pki.keys, KeyUse.PREPAYMENT_KEY_AGREEMENT)
    key = TokenKey(supplier, device, agreement)
    return build_utrn(key, counter << 32, 10, ValueClass.POUNDS).digits


def enter(work: Installation, digits: str) -> ConsumerTopUpResponse:
    """What the meter says of a token that the supplier sends it."""
    asked = Ask(srv="2.2", clause="", target=meter(work), parameters={"UTRN": digits})
    answer = work.send(asked)
    work.lab.run(NEXT_WAKE)
    response = work.side.dcc.mailbox.response(answer.request_id)
    assert response is not None
    assert response.message is not None
    message = Message.decode(response.message)
    (component,) = GbzPayload.decode(message.payload, message.cra).components
    return ConsumerTopUpResponse.decode(component.payload)
