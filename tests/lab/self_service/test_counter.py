import asyncio

from emulator.kernel.errors import LocalError
from emulator.lab.self_service import orders
from emulator.lab.self_service.counter import Counter
from emulator.lab.self_service.portal import Refusal
from emulator.lab.world.parties import GAINING_SUPPLIER, HELPDESK
from tests.lab.self_service.stranded import meter_id, stranded
from tests.lab.workbench.homes import OwnLoop


class GoneLoop:
    """A laboratory that has ended."""

    def call(self, _work: object) -> object:
        raise LocalError("the laboratory is closed")


def test_an_order_is_carried_out_in_the_loop() -> None:
    counter = Counter(OwnLoop(), stranded()[0])

    come = asyncio.run(counter.carry_out(GAINING_SUPPLIER, orders.ask({"device": meter_id()})))

    assert not isinstance(come, Refusal)
    assert counter.regime == "SSI"
    assert (HELPDESK, "DCC helpdesk") in counter.parties


def test_a_mistake_and_a_closed_laboratory_are_refusals() -> None:
    portal = stranded()[0]
    gone = Counter(GoneLoop(), portal)  # type: ignore[arg-type]  # gives no future
    wrong = orders.reassign(1, {"to": "nobody"})

    answers = [
        asyncio.run(Counter(OwnLoop(), portal).carry_out(HELPDESK, wrong)),
        asyncio.run(gone.carry_out(HELPDESK, wrong)),
    ]

    assert [each.status for each in answers if isinstance(each, Refusal)] == [400, 503]
