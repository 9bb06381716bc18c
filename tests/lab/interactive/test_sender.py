"""Commands by use case: who makes them, and what the device makes of them."""

import pytest

from emulator.dcc.service_request import ServiceResponse
from emulator.gbcs.protection.message_protection import Check
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import later, minutes
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import device_named
from emulator.lab.interactive.sender import (
    Role,
    SentCommand,
    UseCaseOrder,
    send_use_case,
    usual_role,
)
from emulator.lab.interactive.use_case_choice import chosen_use_case
from emulator.lab.world.parties import BROKER, OTHER_USER, SUPPLIER


def sent(work: Installation, name: str, role: Role | None = None, to: str = "ESME") -> SentCommand:
    order = UseCaseOrder(use_case=chosen_use_case(name), target=device_named(work, to), role=role)
    return send_use_case(work.side, order)


def answer(work: Installation, command: SentCommand) -> ServiceResponse:
    scheduler, mailbox = work.lab.scheduler, work.side.dcc.mailbox

    def found() -> ServiceResponse | None:
        return mailbox.response(command.request_id)

    scheduler.run(later(scheduler.now, minutes(5)), stop=lambda: found() is not None)
    response = found()
    assert response is not None
    return response


@pytest.mark.parametrize(
    ("code", "role"),
    [
        (0x27, Role.SUPPLIER),
        (0x45, Role.NETWORK_OPERATOR),
        (0x01, Role.SUPPLIER),
        (0x35, Role.OTHER_USER),
        (0x08, Role.BROKER),
        (0x0104, Role.BROKER),
        (0x0105, Role.WAN_PROVIDER),
        (0x0107, Role.CHANGE_OF_SUPPLIER),
        (0x011F, Role.LOAD_CONTROLLER),
        (0x1000, Role.BROKER),
    ],
)
def test_every_use_case_has_somebody_who_usually_sends_it(code: int, role: Role) -> None:
    assert usual_role(use_case(code)) is role


def test_supplier_reads_a_meter_in_its_own_name(home: Installation) -> None:
    command = sent(home, "ECS17b")

    response = answer(home, command)

    assert (command.message.originator, command.role) == (SUPPLIER, Role.SUPPLIER)
    assert command.message.signature == b""
    assert (response.code, response.successful) == ("I0", True)


def test_critical_command_is_signed_by_the_supplier_and_has_the_brokers_mac(
    home: Installation,
) -> None:
    command = sent(home, "ECS01a")

    verification = home.side.dcc.world.protection.verify(command.message)

    assert (verification.signature, verification.mac) == (Check.VALID, Check.VALID)
    assert command.message.originator == SUPPLIER
    assert answer(home, command).successful


def test_broker_speaks_for_the_supplier_to_a_hub(home: Installation) -> None:
    command = sent(home, "CCS05/CCS04", to="CHF")

    information = command.message.other_information
    assert command.message.originator == BROKER
    assert information.supplementary_party == SUPPLIER
    assert answer(home, command).successful


def test_other_user_is_spoken_for_and_shows_its_certificate_for_sensitive_data(
    home: Installation,
) -> None:
    command = sent(home, "ECS24", Role.OTHER_USER)
    reading = sent(home, "ECS17b", Role.OTHER_USER)

    assert command.message.other_information.supplementary_party == OTHER_USER
    assert command.message.other_information.certificate is None
    assert reading.message.other_information.certificate is not None


def test_device_refuses_a_party_that_may_not_do_it(home: Installation) -> None:
    response = answer(home, sent(home, "ECS28b", Role.OTHER_USER))

    assert (response.code, response.successful) == ("E21", False)


def test_broker_counts_on_in_its_own_name(home: Installation) -> None:
    first, second = sent(home, "ECS17b", Role.BROKER), sent(home, "ECS17b", Role.BROKER)

    assert first.message.other_information.supplementary_party is None
    assert second.message.counter == first.message.counter + 1


def test_certificates_of_a_meter_are_read_by_the_broker(home: Installation) -> None:
    order = UseCaseOrder(
        use_case=use_case(0x08),
        target=device_named(home, "ESME"),
        values={"roles": ["SUPPLIER"]},
    )

    assert answer(home, send_use_case(home.side, order)).successful


def test_device_behind_no_hub_is_refused(home: Installation) -> None:
    order = UseCaseOrder(use_case=use_case(0x27), target=Eui64(0xDEAD))

    with pytest.raises(UsageError, match="no hub through which 00-00-00-00-00-00-DE-AD is"):
        send_use_case(home.side, order)
