from collections.abc import Callable

import pytest

from emulator.kernel.errors import UsageError
from emulator.lab.self_service import orders
from emulator.lab.self_service.portal import Refusal
from emulator.lab.world.parties import GAINING_SUPPLIER, HELPDESK, SUPPLIER
from tests.lab.self_service.stranded import CODE, meter_id, stranded

DEVICE = {"device": meter_id()}
WRONG: list[Callable[[], object]] = [
    lambda: orders.ask({}),
    lambda: orders.ask(DEVICE | {"mpxn": "12a"}),
    lambda: orders.ask(DEVICE | {"mpxn": "9" * 14}),
    lambda: orders.answer(1, {"text": "x" * 2_001}),
    lambda: orders.answer(1, {"install_code": "xyz"}),
    lambda: orders.answer(1, {"install_code": "00" * 17}),
    lambda: orders.answer(1, {"install_code": "00" * 5}),
    lambda: orders.close(1, {"outcome": "done"}),
    lambda: orders.hold(DEVICE),
    lambda: orders.hold({"device": "x", "install_code": CODE.hex()}),
]


@pytest.mark.parametrize("wrong", WRONG, ids=list(map(str, range(len(WRONG)))))
def test_a_wrong_form_is_refused_before_the_loop_hears_of_it(wrong: Callable[[], object]) -> None:
    with pytest.raises(UsageError):
        wrong()


def test_orders_do_what_the_forms_say() -> None:
    portal, _ = stranded()
    code = {"install_code": f" {CODE.hex('-').upper()} ", "text": " here "}

    done = [
        orders.ask(DEVICE)(portal, GAINING_SUPPLIER),
        orders.reassign(1, {"to": "third supplier"})(portal, HELPDESK),
        orders.reassign(1, {"to": "supplier"})(portal, HELPDESK),
        orders.answer(1, code)(portal, SUPPLIER),
        orders.close(1, {"outcome": "COMMISSIONED"})(portal, GAINING_SUPPLIER),
    ]

    assert not any(isinstance(each, Refusal) for each in done)
    assert portal.code(GAINING_SUPPLIER, stranded()[1]) == CODE.hex().upper()
    assert isinstance(orders.hold(DEVICE | code)(portal, SUPPLIER), Refusal)


def test_nobody_is_given_an_incident_who_is_not_there() -> None:
    portal, _ = stranded()
    orders.ask(DEVICE)(portal, GAINING_SUPPLIER)

    with pytest.raises(UsageError):
        orders.reassign(1, {"to": "nobody"})(portal, HELPDESK)
