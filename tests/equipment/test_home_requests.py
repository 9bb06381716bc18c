"""An electricity meter obeys a PPMID of its home (GBCS PECS01 to PECS03)."""

from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from emulator.cosem.server.made_values import number_of, octets_of, parts_of
from emulator.equipment.home_requests import HOME_COMMANDS, HomeRequests
from emulator.gbcs_device.cosem.event_logs import EVENT_LOG
from emulator.gbcs_device.primitives import MeterSet
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.metering.prepayment.terms import SupplyState
from emulator.wire.struct import Struct
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.prepayment import PREPAYMENT
from emulator.zcl.payloads.metering import LocalChangeSupply
from emulator.zcl.payloads.prepayment import (
    ConsumerTopUp,
    ConsumerTopUpResponse,
    SelectAvailableEmergencyCredit,
)
from emulator.zcl.primitives import (
    Side,
    ZclAddress,
    ZclCommandIndication,
    ZclCommandRequest,
    ZclStatus,
)
from emulator.zigbee.addresses import ClusterId, Endpoint, NwkAddress
from emulator.zigbee.aps.primitives import ApsSecurity, KeyOrigin
from tests.equipment.test_electricity_keypad import WRONG, Scene, code

METER = Endpoint(2)
PPMID = Eui64(0x00DB1234567890A4)
TOP_UP, SELECT, CHANGE = (PREPAYMENT.id, 0x04), (PREPAYMENT.id, 0x00), (METERING.id, 0x0C)
EMERGENCY = SelectAvailableEmergencyCredit(0, 2)


class Home:
    """A meter in prepayment mode whose PPMID asks for something."""

    def __init__(self) -> None:
        self.scene = Scene()
        self.meter = self.scene.living.meter
        self.requests = HomeRequests(METER, self.scene.keypad, count(1))

    def asks(self, what: tuple[ClusterId, int], payload: Struct | bytes, **about: Any) -> list[Any]:
        """What the meter makes of it."""
        octets = payload if isinstance(payload, bytes) else payload.encode()
        came: dict[str, Any] = {
            "source": ZclAddress(NwkAddress(0x1234), Endpoint(1)),
            "source_eui64": PPMID,
            "endpoint": METER,
            "cluster": what[0],
            "command": what[1],
            "payload": octets,
            "to_side": Side.SERVER,
            "sequence": 5,
            "disable_default_response": False,
            "security": ApsSecurity.LINK_KEY,
            "key_origin": KeyOrigin.APPLICATION,
            "aps_counter": 1,
        }
        return list(self.requests.handle(ZclCommandIndication(**{**came, **about}), START))

    def logged(self) -> list[tuple[int, bytes]]:
        """Codes and message codes of the requests in the event log."""
        self.scene.living.alerts()
        store = self.scene.living.executor.store
        entries = [parts_of(entry) for entry in parts_of(store.value(EVENT_LOG))]
        found = [(number_of(entry[1]), octets_of(entry[2])) for entry in entries]
        return [each for each in found if each[0] in (0x8154, 0x8155)]


def topped_up(effects: list[Any]) -> ConsumerTopUpResponse:
    (sent,) = (each for each in effects if isinstance(each, ZclCommandRequest))
    assert (sent.command, sent.to_side) == (0x03, Side.CLIENT)
    return ConsumerTopUpResponse.decode(sent.payload)


def status(effects: list[Any]) -> int:
    (sent,) = (each for each in effects if isinstance(each, ZclCommandRequest))
    assert sent.general
    return int(sent.payload[1])


def test_code_that_is_typed_at_a_ppmid_is_credit() -> None:
    home = Home()
    before = home.meter.account.balance

    effects = home.asks(TOP_UP, ConsumerTopUp(2, code(3).encode()))

    assert topped_up(effects) == ConsumerTopUpResponse(0, 100_000, 2, before + 100_000)
    assert MeterSet() in effects
    assert home.meter.account.balance == before + 100_000
    assert home.logged() == [(0x8154, bytes.fromhex("0116"))]


@pytest.mark.parametrize("digits", [WRONG, "no code", "1" * 40])
def test_wrong_code_is_refused_and_does_not_suspend_the_keys_of_the_meter(digits: str) -> None:
    home = Home()

    answers = [topped_up(home.asks(TOP_UP, ConsumerTopUp(2, digits.encode()))) for _ in range(4)]

    assert answers == [ConsumerTopUpResponse(1, -1, 2, -1)] * 4
    assert home.logged() == [(0x8155, bytes.fromhex("0116"))] * 4
    assert home.scene.keypad.enter(code(3)).result == "done"


def test_code_that_was_taken_before_is_told_as_a_duplicate() -> None:
    home = Home()
    home.scene.keypad.enter(code(3))

    effects = home.asks(TOP_UP, ConsumerTopUp(2, code(3).encode()))

    assert topped_up(effects) == ConsumerTopUpResponse(2, -1, 2, -1)


def test_emergency_credit_is_given_once() -> None:
    home = Home()

    assert status(home.asks(SELECT, EMERGENCY)) == ZclStatus.SUCCESS
    assert home.meter.account.emergency_active
    assert status(home.asks(SELECT, EMERGENCY)) == ZclStatus.FAILURE
    assert home.logged() == [
        (0x8154, bytes.fromhex("0117")),
        (0x8155, bytes.fromhex("0117")),
    ]


def test_armed_supply_is_switched_on_and_nothing_else() -> None:
    home = Home()
    home.meter.account.terms = replace(home.meter.account.terms, disablement_threshold=0)
    assert status(home.asks(CHANGE, LocalChangeSupply(2))) == ZclStatus.FAILURE
    home.scene.keypad.enter(code(3))
    supplies = [home.meter.supply]

    assert status(home.asks(CHANGE, LocalChangeSupply(0))) == ZclStatus.FAILURE
    supplies.append(home.meter.supply)
    assert status(home.asks(CHANGE, LocalChangeSupply(2))) == ZclStatus.SUCCESS
    supplies.append(home.meter.supply)

    assert supplies == [SupplyState.ARMED, SupplyState.ARMED, SupplyState.ENABLED]
    assert home.logged()[-1] == (0x8154, bytes.fromhex("0118"))


def test_who_shares_no_key_as_a_partner_may_ask_nothing() -> None:
    home = Home()
    asked = ConsumerTopUp(2, code(3).encode())

    for stranger in ({"key_origin": KeyOrigin.CBKE}, {"source_eui64": None}):
        assert status(home.asks(TOP_UP, asked, **stranger)) == ZclStatus.NOT_AUTHORIZED

    assert home.logged() == []


@pytest.mark.parametrize("what", [TOP_UP, SELECT, CHANGE])
def test_what_is_no_request_is_malformed(what: tuple[ClusterId, int]) -> None:
    assert status(Home().asks(what, b"")) == ZclStatus.MALFORMED_COMMAND


def test_what_is_for_others_is_left_to_them() -> None:
    home = Home()
    asked = LocalChangeSupply(2)

    assert home.asks(CHANGE, asked, endpoint=Endpoint(9)) == []
    assert home.asks(CHANGE, asked, to_side=Side.CLIENT) == []
    assert home.asks((METERING.id, 0x00), b"") == []
    assert home.requests.wake(START) == ()
    assert {(each.cluster, each.command) for each in HOME_COMMANDS} == {TOP_UP, SELECT, CHANGE}
