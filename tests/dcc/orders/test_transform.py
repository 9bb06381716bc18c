"""Requests of the published templates become the reference commands, octet for octet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.orders.orders import Order
from emulator.dcc.orders.transform import maced_command, made_command, made_pre_command
from emulator.dcc.originators import Originators
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.dcc.users import User, UserRole
from emulator.dcc.world import DccWorld
from emulator.gbcs.commands.build import values_of
from emulator.gbcs.commands.services import service_use_cases, use_cases_for
from emulator.gbcs.envelope import Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.message_protection import Check
from emulator.gbcs.service_requests.catalogue import service_request, service_requests
from emulator.gbcs.service_requests.record import ServiceRequestType
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START, Calendar
from emulator.testing.judges.reference_data import reference_messages, shared_folder
from emulator.testing.scenes.dcc_scene import (
    ESME,
    GPF,
    GSME,
    HCALCS,
    HUB,
    IHD,
    KINDS,
    PPMID,
    DccScene,
    dcc_scene,
)
from emulator.testing.served.duis_requests import RequestTemplate, request_templates

FEWEST_IDENTICAL = 229
"""Of the templates with a reference message, so many become it; others carry other certificates
than the reference, or were published for another edition of GBCS."""


@cache
def scene() -> DccScene:
    made = dcc_scene()
    made.commissioned(HUB, ESME, GSME)
    made.listed(GPF, PPMID, HCALCS, IHD)
    return made


def record(device: Eui64) -> DeviceRecord:
    found = scene().inventory.device(device)
    assert found is not None
    return found


def order(srv: str, device: Eui64, counter: int, parameters: object) -> Order:
    service = service_request(srv)
    assert isinstance(parameters, dict)
    of_network = any(name.startswith("ElectricityNetworkOperator") for name in parameters)
    suppliers = {"IS", "GS"} & set(service.user_roles) and not of_network
    user: User = scene().dcc.user("supplier" if suppliers else "network operator")
    known: dict[str, object] = {"UserRole": UserRole(service.user_roles[0]).value}
    return Order(
        request=ServiceRequest(
            request_id=RequestId(user.eui64, device, counter),
            srv=srv,
            variant=service.command_variants[0],
            parameters=parameters,
        ).dated,
        service=service,
        user=user,
        device=record(device),
        now=START,
        known=known,
    )


def transformed(made: Order, world: DccWorld) -> Message:
    if made.service.critical:
        return made_pre_command(made, world)
    return made_command(made, world).message


def pairs() -> Iterator[tuple[RequestTemplate, Message]]:
    """Templates of requests to devices of the scene, each with its reference command."""
    references = {each.name.split("/")[-1]: each.octets for each in reference_messages()}
    for template in request_templates(shared_folder() / "duis" / "templates"):
        name = template.name.replace("REQUEST_DUIS.XML", "COMMAND_GBCS")
        device = Eui64(int(template.target, 16))
        service = service_request(template.srv)
        if name in references and device in KINDS and service.user_roles:
            yield template, Message.decode(references[name])


def as_issued(reference: Message, calendar: Calendar) -> Calendar:
    """A calendar in which it is now when the reference command was made."""
    code = reference.other_information.message_code
    try:
        issued = values_of(use_case(code), decode_payload(reference)).issued
    except UsageError:
        return calendar
    return calendar if issued is None else Calendar(issued)


def counting_from(last: int) -> Originators:
    parties = scene().dcc.world.originators
    return Originators(parties.broker, parties.cos_party, dict.fromkeys(parties.counters, last))


def with_parties_of(reference: Message, made: Message) -> bytes:
    """A payload in which the reference's parties stand for ours: some name who may read."""
    ours, theirs = (
        (each.originator, each.other_information.supplementary_party or each.originator)
        for each in (made, reference)
    )
    payload = made.payload
    for own, other in zip(ours, theirs, strict=True):
        payload = payload.replace(own.to_bytes(8, "big"), other.to_bytes(8, "big"))
    return payload


def test_templates_become_reference_commands() -> None:
    found: Counter[str] = Counter()
    different, by_another = [], []

    for template, reference in pairs():
        device = Eui64(int(template.target, 16))
        world = replace(
            scene().dcc.world,
            originators=counting_from(reference.counter - 1),
            calendar=as_issued(reference, scene().dcc.world.calendar),
        )
        information = reference.other_information
        counter = information.supplementary_counter or reference.counter
        try:
            made = transformed(
                order(template.srv, device, counter, dict(template.parameters)), world
            )
        except UsageError:
            found["not made"] += 1
            continue
        same = with_parties_of(reference, made) == reference.payload
        found["identical" if same else "different"] += 1
        if not same:
            different.append(template.name)
        acting = [each.other_information.supplementary_party for each in (made, reference)]
        if (acting[0] is None) is not (acting[1] is None):
            by_another.append(template.name)

    assert found["identical"] >= FEWEST_IDENTICAL, f"{found} {different}"
    assert len(by_another) <= MOST_BY_ANOTHER, by_another


MOST_BY_ANOTHER = 2
"""Two reference commands, of 4.4.4 and 7.14, show the broker where others show the user."""


READS = [
    (service, kind)
    for service in service_requests()
    for kind in (ESME, GSME, GPF, HUB, PPMID)
    if service.user_roles
    and not service.non_device
    and use_cases_for(service.srv, KINDS[kind].value)
]


@pytest.mark.parametrize(
    ("service", "device"), READS, ids=[f"{each.srv}-{KINDS[kind].value}" for each, kind in READS]
)
def test_every_request_that_needs_no_value_becomes_its_message_code(
    service: ServiceRequestType, device: Eui64
) -> None:
    made = order(service.srv, device, 1, {})
    candidates = service_use_cases(service.srv, KINDS[device].value, made.parameters)

    try:
        message = transformed(made, scene().dcc.world)
    except UsageError as error:
        assert str(error)  # noqa: PT017 - a request without its values is refused with words
        return

    assert message.other_information.message_code == candidates[0].code
    assert message.recipient == device


def test_command_is_protected_for_the_device() -> None:
    made = made_command(order("6.2.7", ESME, 1, {}), scene().dcc.world)

    verification = scene().home.protection.verify(made.message)

    assert (verification.mac, verification.signature) == (Check.VALID, Check.ABSENT)


def test_signed_command_gets_the_brokers_mac() -> None:
    made = order("7.1", ESME, 1, {})
    signed = scene().home.protection.protect(
        replace(made_pre_command(made, scene().dcc.world), signature=b""), signed=True, maced=False
    )

    command = maced_command(signed, made, scene().dcc.world)

    verification = scene().home.protection.verify(command.message)
    assert command.use_case == "ECS42"
    assert (verification.mac, verification.signature) == (Check.VALID, Check.VALID)
