"""From service requests to GBCS commands (SEC App. AB; GBCS 6.2, 7.2).

A critical request becomes a pre-command for the user to sign. Any other becomes a command that the
DCC protects. Either gets its MAC from the access control broker.
"""

from dataclasses import dataclass, replace

from emulator.dcc.checks.certificate_checks import certificate_octets
from emulator.dcc.orders.command_values import command_values
from emulator.dcc.orders.orders import Order
from emulator.dcc.originators import CERTIFICATE_OF_READER, Origin
from emulator.dcc.world import DccWorld
from emulator.gbcs.commands.build import command_message, pre_command
from emulator.gbcs.commands.heading import CommandHeading, Execution
from emulator.gbcs.commands.parameters import ParameterValues
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.service_requests.record import FutureDating
from emulator.gbcs.use_cases.catalogue import use_case
from emulator.gbcs.use_cases.record import UseCase
from emulator.kernel.identity import Eui64


@dataclass(frozen=True, slots=True)
class Command:
    """A command ready to go.

    Args:
        message: with everything that protects it.
        use_case: name of the use case and its variant.
    """

    message: Message
    use_case: str


def made_pre_command(order: Order, world: DccWorld) -> Message:
    """The pre-command of a critical request.

    Raises:
        UsageError: when the parameters make no command.
    """
    chosen = order.use_case
    origin = Origin(order.user.eui64, order.request.request_id.counter)
    told = command_values(order, chosen, world)
    heading = _heading(order, origin, told, world)
    return pre_command(use_case(chosen.code), told.values, heading)


def made_command(order: Order, world: DccWorld) -> Command:
    """The protected command of a request that is not critical.

    Raises:
        UsageError: when the parameters make no command.
        MissingKeyError: when a key to protect it with is not at hand.
        ProtectionError: when the device is not known to have a key.
    """
    chosen = order.use_case
    told = command_values(order, chosen, world)
    record = use_case(chosen.code)
    origin = _origin(order, record, world)
    bare = command_message(record, told.values, _heading(order, origin, told, world))
    protection = world.protection_at(order.now)
    return Command(protection.protect(bare, signed=origin.signed, maced=True), chosen.name)


def maced_command(signed: Message, order: Order, world: DccWorld) -> Command:
    """A command that the user signed, with the broker's MAC.

    Raises:
        MissingKeyError: when a key to protect it with is not at hand.
        ProtectionError: when the device is not known to have a key.
    """
    mac = world.protection_at(order.now).mac(signed)
    return Command(replace(signed, mac=mac), order.use_case.name)


def _origin(order: Order, record: UseCase, world: DccWorld) -> Origin:
    if order.schedule is not None:
        return world.originators.scheduled_origin(order.user)
    return world.originators.origin(
        order.request,
        service=order.service,
        use_case=record,
        user=order.user,
        kind=order.device.kind,
    )


def _heading(
    order: Order, origin: Origin, told: ParameterValues, world: DccWorld
) -> CommandHeading:
    return CommandHeading(
        originator=origin.originator,
        recipient=order.device.device,
        counter=origin.counter,
        issued=world.moment(order.now),
        execution=_execution(order, told),
        supplementary_party=origin.supplementary,
        supplementary_counter=origin.supplementary_counter,
        certificate=_certificate(order, origin.supplementary, world),
    )


def _execution(order: Order, told: ParameterValues) -> Execution:
    """The date that the device itself has to wait for; a date that the DCC kept has come."""
    date = order.request.execution
    if date is None or FutureDating.DEVICE not in order.service.future_dated:
        return told.execution
    return date


def _certificate(order: Order, supplementary: Eui64 | None, world: DccWorld) -> bytes | None:
    """The certificate of a user unknown to the device, who is to read sensitive data."""
    given = order.request.parameters.get(CERTIFICATE_OF_READER)
    if given is not None and supplementary is not None:
        return certificate_octets(given)
    if supplementary is None or not order.service.sensitive:
        return None
    found = world.protection.keys.find(supplementary, KeyUse.KEY_AGREEMENT)
    if found is None or found.certificate is None:
        return None
    return found.certificate.der
