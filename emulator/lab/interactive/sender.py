"""Who sends a use case, and the command that goes out (GBCS 6.2, 7.2.7).

No service request stands behind it: the DCC checks nobody's right to it, and its inventory takes
no note of the answer. What a device makes of a party that may not do what it asks can be seen so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from emulator.dcc.inventory.device_kinds import DeviceKind
from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.originators import FOR_NOBODY, KNOWS_USERS, Origin
from emulator.dcc.primitives import Dispatch
from emulator.dcc.service_request import CommandVariant, RequestId, ServiceRequest
from emulator.gbcs.commands.build import command_message
from emulator.gbcs.commands.heading import Activation, CommandHeading, Execution
from emulator.gbcs.envelope import Message
from emulator.gbcs.pki import organisation
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.gbcs.use_cases.record import Category, UseCase
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64, format_eui64
from emulator.lab.world.parties import BROKER, COS_PARTY, NETWORK_OPERATOR, OTHER_USER, SUPPLIER
from emulator.lab.world.remote_side import RemoteSide


class Role(StrEnum):
    """As whom a command is sent (GBCS 13.3)."""

    SUPPLIER = "supplier"
    NETWORK_OPERATOR = "network-operator"
    OTHER_USER = "other-user"
    BROKER = "broker"
    CHANGE_OF_SUPPLIER = "change-of-supplier"
    WAN_PROVIDER = "wan-provider"
    LOAD_CONTROLLER = "load-controller"


PARTY_OF: Final[Mapping[Role, Eui64]] = MappingProxyType(
    {
        Role.SUPPLIER: SUPPLIER,
        Role.NETWORK_OPERATOR: NETWORK_OPERATOR,
        Role.OTHER_USER: OTHER_USER,
        Role.BROKER: BROKER,
        Role.CHANGE_OF_SUPPLIER: COS_PARTY,
        Role.WAN_PROVIDER: organisation(RemotePartyRole.WAN_PROVIDER).eui64,
        Role.LOAD_CONTROLLER: organisation(RemotePartyRole.LOAD_CONTROLLER).eui64,
    }
)
_ANNEX: Final[Mapping[str, Role]] = MappingProxyType(
    {
        "Supplier": Role.SUPPLIER,
        "Network Operator": Role.NETWORK_OPERATOR,
        "Load Controller": Role.LOAD_CONTROLLER,
    }
)
"""Roles as the use-case annex of GBCS writes them, the first that a use case has sends it."""
_TITLES: Final[Mapping[str, Role]] = MappingProxyType(
    {
        "Supplier": Role.SUPPLIER,
        "NetworkOperator": Role.NETWORK_OPERATOR,
        "ACB": Role.BROKER,
        "TransCoS": Role.CHANGE_OF_SUPPLIER,
        "WanProvider": Role.WAN_PROVIDER,
        "LoadController": Role.LOAD_CONTROLLER,
    }
)
"""Roles as titles of use cases have them: `(supplierByTransCoS)`."""
_USERS: Final = (
    (Role.SUPPLIER, {"IS", "GS"}),
    (Role.NETWORK_OPERATOR, {"ED", "GT"}),
    (Role.OTHER_USER, {"OU", "ES", "RSA"}),
)
_OWN_COUNTER: Final = (Role.BROKER, Role.CHANGE_OF_SUPPLIER)
_BROKER_TOO: Final = "Access Control Broker"


@dataclass(frozen=True, slots=True, kw_only=True)
class UseCaseOrder:
    """A use case that somebody sends to a device.

    Args:
        role: as whom; None for who usually does.
        execution: when what can wait is to be done.
    """

    use_case: UseCase
    target: Eui64
    values: Mapping[str, object] = field(default_factory=dict)
    role: Role | None = None
    execution: Execution = Activation.NOW


@dataclass(frozen=True, slots=True)
class SentCommand:
    """A command that is on its way.

    Args:
        request_id: under which its answer comes to the mailbox of the DCC.
        message: with everything that protects it.
        role: as whom it was sent.
    """

    request_id: RequestId
    message: Message
    role: Role


def usual_role(use_case: UseCase) -> Role:
    """As whom a use case is usually sent: a supplier wherever it may be one.

    What service requests leave to the broker's own name (SRV 6.24.1 and others) it sends itself.
    """
    by = re.search(r"By([A-Za-z]+)\)", use_case.title)
    if by is not None and by[1] in _TITLES:
        return _TITLES[by[1]]
    for name, role in _ANNEX.items():
        if name in use_case.roles:
            return role
    if use_case.services and FOR_NOBODY.issuperset(use_case.services):
        return Role.BROKER
    for role, users in _USERS:
        if users.intersection(use_case.users):
            return role
    return Role.BROKER


def send_use_case(side: RemoteSide, order: UseCaseOrder) -> SentCommand:
    """Put a command on its way to a device, as the DCC would if everything were in order.

    Raises:
        UsageError: when the values make no command, or the DCC knows no way to the device.
        MissingKeyError: when a key to protect it with is not at hand.
    """
    world = side.dcc.world
    device = world.inventory.device(order.target)
    hub = None if device is None else world.hub_of(device)
    if device is None or hub is None:
        raise UsageError(f"the DCC knows no hub through which {format_eui64(order.target)} is")
    role = order.role or usual_role(order.use_case)
    origin = _origin(side, order.use_case, device, role)
    bare = command_message(order.use_case, order.values, _heading(side, order, origin))
    protected = world.protection.protect(bare, signed=origin.signed, maced=_maced(order.use_case))
    name = RequestId(PARTY_OF[role], order.target, origin.supplementary_counter or origin.counter)
    side.dcc.dispatch(
        Dispatch(
            request=ServiceRequest(
                request_id=name, srv="", variant=CommandVariant.SEND, parameters=order.values
            ),
            message=protected,
            use_case=order.use_case.name or order.use_case.title,
            hub=hub,
            device=order.target,
            sleepy=device.kind is DeviceKind.GSME,
        )
    )
    return SentCommand(name, protected, role)


def _origin(side: RemoteSide, use_case: UseCase, device: DeviceRecord, role: Role) -> Origin:
    party, signed = PARTY_OF[role], _signed(use_case)
    originators = side.dcc.world.originators
    if role in _OWN_COUNTER:
        return originators.own_origin(party, signed=signed)
    counter = side.dcc.next_id(party, device.device).counter
    if signed or (device.kind in KNOWS_USERS and not _through_broker(use_case, role)):
        return Origin(party, counter, signed=signed)
    return originators.brokered_origin(party, counter, signed=False)


def _through_broker(use_case: UseCase, role: Role) -> bool:
    """Whether a party lets the broker speak for it: devices know no other user by itself."""
    if role is Role.OTHER_USER:
        return True
    named = {_ANNEX[name] for name in use_case.roles if name in _ANNEX}
    return _BROKER_TOO in use_case.roles and role not in named


def _signed(use_case: UseCase) -> bool:
    told = use_case.protection.get("command")
    return "signature" in told[0] if told else use_case.category is Category.SME_C_C


def _maced(use_case: UseCase) -> bool:
    told = use_case.protection.get("command")
    return "MAC" in told[0] if told else True


def _heading(side: RemoteSide, order: UseCaseOrder, origin: Origin) -> CommandHeading:
    return CommandHeading(
        originator=origin.originator,
        recipient=order.target,
        counter=origin.counter,
        issued=side.moment,
        execution=order.execution,
        supplementary_party=origin.supplementary,
        supplementary_counter=origin.supplementary_counter,
        certificate=_certificate(side, order.use_case, origin.supplementary),
    )


def _certificate(side: RemoteSide, use_case: UseCase, reader: Eui64 | None) -> bytes | None:
    """The certificate of a party unknown to the device, who is to read sensitive data."""
    if reader is None or not use_case.sensitive:
        return None
    found = side.pki.keys.find(reader, KeyUse.KEY_AGREEMENT)
    return None if found is None or found.certificate is None else found.certificate.der
