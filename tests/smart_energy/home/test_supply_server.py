"""What an energy service interface answers displays (ZSE 1.4 Annex D)."""

from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest

from emulator.kernel.units import START, Calendar
from emulator.smart_energy.home.supply_server import SUPPLY_COMMANDS, SupplyServer, Told
from emulator.testing.stack.tunnel_bench import DEVICE, ENDPOINT, came
from emulator.wire.struct import Struct
from emulator.zcl.payloads.home_requests import HOME_REQUESTS, GetLastMessage
from emulator.zcl.payloads.messaging import DisplayMessage
from emulator.zcl.payloads.price import GetCurrentPrice
from emulator.zcl.primitives import Side, ZclStatus
from emulator.zigbee.addresses import Endpoint

MESSAGE = DisplayMessage(7, 0, 0, 0xFFFF, b"Hello")


class Telling:
    """Tells of a message, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, Struct, int]] = []

    def told(self, cluster: int, request: Struct, moment: int) -> Sequence[Told]:
        self.asked.append((cluster, request, moment))
        return ((0x00, MESSAGE),) if isinstance(request, GetLastMessage) else ()


def ask(supply: Telling, cluster: int, command: int, octets: bytes = b"", **how: Any) -> Any:
    server = SupplyServer(ENDPOINT, supply, Calendar(), count(1))
    side = how.pop("side", Side.SERVER)
    return server.handle(came(DEVICE, cluster, command, octets, side, **how), START)


def test_display_is_answered_by_the_command_that_the_supply_tells() -> None:
    (answer,) = ask(Telling(), 0x0703, 0x00, sequence=9)

    assert (answer.command, answer.payload, answer.sequence) == (0x00, MESSAGE.encode(), 9)
    assert answer.to_side is Side.CLIENT


def test_supply_is_asked_with_the_time_of_the_question() -> None:
    supply = Telling()

    ask(supply, 0x0700, 0x00, GetCurrentPrice(0).encode())

    assert supply.asked == [(0x0700, GetCurrentPrice(0), Calendar().zigbee_time(START))]


def test_what_there_is_not_is_not_found() -> None:
    (answer,) = ask(Telling(), 0x0700, 0x00, GetCurrentPrice(0).encode())

    assert (answer.general, answer.payload) == (True, bytes((0x00, ZclStatus.NOT_FOUND)))


def test_request_that_is_none_is_malformed() -> None:
    (answer,) = ask(Telling(), 0x0707, 0x00, b"\x01")

    assert answer.payload == bytes((0x00, ZclStatus.MALFORMED_COMMAND))


@pytest.mark.parametrize(
    "how", [{"side": Side.CLIENT}, {"endpoint": Endpoint(ENDPOINT + 1)}, {"quiet": True}]
)
def test_what_is_for_others_is_not_answered(how: dict[str, Any]) -> None:
    command = 0x0A if "quiet" in how else 0x00

    assert not ask(Telling(), 0x0703, command, **how)


def test_every_request_is_served() -> None:
    assert {(each.cluster, each.command) for each in SUPPLY_COMMANDS} == set(HOME_REQUESTS)
