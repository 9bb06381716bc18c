"""Service requests of DUIS that go down a wire: what the DCC would make of them, made here.

An ITCH has no SM WAN, so no DCC stands between a user's request and its hub (ETAD Appendix J 17.1).
Command and pre-command are those that the emulated DCC makes; what it would check of inventory,
registration and signatures stays undone, because the device may be anybody's.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from emulator.dcc.checks.access_control import Case
from emulator.dcc.inventory.device_kinds import DeviceKind, Generation
from emulator.dcc.inventory.records import DeviceRecord, Model
from emulator.dcc.orders.orders import Order, known_parameters
from emulator.dcc.orders.transform import maced_command, made_command, made_pre_command
from emulator.dcc.service_request import (
    CRITICAL_VARIANTS,
    ENDPOINTS,
    LOCAL_VARIANTS,
    Acknowledgement,
    CommandVariant,
    DeviceAlert,
    ServiceRequest,
    ServiceResponse,
)
from emulator.duis.document import parse_document
from emulator.duis.mapping import RequestMapping
from emulator.duis.refusal import DuisRefusal
from emulator.duis.request import read_request
from emulator.duis.response import ResponseWriter
from emulator.duis.tree import Node, compact, write_node
from emulator.gbcs.envelope import Message
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.key_store import KeyStore
from emulator.gbcs.protection.message_protection import Protection
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.errors import LabError, UsageError, WireError
from emulator.kernel.identity import format_eui64
from emulator.kernel.units import START, Calendar
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import Shipment
from emulator.lab.world.parties import BROKER

if TYPE_CHECKING:
    from emulator.dcc.world import DccWorld

SUCCESS: Final = "I0"
NO_ANSWER: Final = "E20"
"""The DCC's code for a device that did not answer in time (DUIS 5.4 ResponseCode)."""


@dataclass(frozen=True, slots=True)
class ForTheWire:
    """A request that goes on.

    Args:
        request: as it was read.
        command: for the device.
    """

    request: ServiceRequest
    command: Message


@dataclass(frozen=True, slots=True)
class AnsweredHere:
    """A request that does not: its answer is a pre-command, or a command to be taken along."""

    document: bytes


class ServiceDesk:
    """Makes commands of requests, and responses of what comes up.

    Args:
        shipment: the devices behind the hub.
        keys: of remote parties and devices.
        moment: of the requests, UTC.
    """

    def __init__(self, shipment: Shipment, keys: KeyStore, moment: datetime) -> None:
        self._shipment = shipment
        self._moment = moment
        lab = Lab(shipment, LabOptions(name="itch", start=moment))
        protection = Protection(keys=keys, agreement=StoredKeyAgreement(keys), broker=BROKER)
        self._world: DccWorld = replace(
            lab.remote_side().dcc.world, protection=protection, calendar=Calendar(moment)
        )
        self._mapping = RequestMapping()
        self._writer = ResponseWriter(self._world.name)
        self._alerts = 0

    def take(self, octets: bytes) -> ForTheWire | AnsweredHere:
        """What a document becomes.

        Raises:
            UsageError: when it is no request, or one that no command down a wire can be made of.
        """
        try:
            asked = read_request(parse_document(octets))
            endpoint = ENDPOINTS.get(asked.variant)
            if endpoint is None or asked.variant == CommandVariant.DCC_ONLY:
                raise UsageError(
                    f"{asked.srv} of variant {asked.variant} is for the DCC itself: down a wire go "
                    "commands (variants 1 to 7)"
                )
            request = self._mapping.service_request(asked, endpoint)
        except DuisRefusal as refusal:
            raise UsageError(str(refusal)) from refusal
        try:
            return self._made(request)
        except UsageError:
            raise
        except LabError as fault:
            raise UsageError(f"{request.srv}: {fault}") from fault

    def response(self, request: ServiceRequest, message: Message | None) -> bytes:
        """The response of DUIS to a request; without a message the device said nothing."""
        code = NO_ANSWER if message is None else SUCCESS
        told = ServiceResponse(
            request_id=request.request_id,
            srv=request.srv,
            code=code,
            message=None if message is None else message.encode(),
        )
        return _octets(self._writer.service_response(told, self._moment))

    def alert(self, message: Message, code: int) -> bytes:
        """An alert that came up meanwhile."""
        self._alerts += 1
        told = DeviceAlert(
            user=message.recipient, device=message.originator, code=code, message=message.encode()
        )
        return _octets(self._writer.device_alert(told, self._alerts, self._moment))

    def _made(self, request: ServiceRequest) -> ForTheWire | AnsweredHere:
        order = self._order(request)
        if request.variant == CommandVariant.TRANSFORM:
            pre_command = made_pre_command(order, self._world).encode()
            return self._answered(request, pre_command=pre_command)
        if request.variant in CRITICAL_VARIANTS:
            command = maced_command(_signed(request), order, self._world).message
        else:
            command = made_command(order, self._world).message
        if request.variant in LOCAL_VARIANTS - {CommandVariant.SEND_AND_RETURN_LOCAL}:
            return self._answered(request, command=command.encode())
        return ForTheWire(request, command)

    def _answered(
        self,
        request: ServiceRequest,
        *,
        pre_command: bytes | None = None,
        command: bytes | None = None,
    ) -> AnsweredHere:
        answer = Acknowledgement(
            request_id=request.request_id, code=SUCCESS, pre_command=pre_command, command=command
        )
        return AnsweredHere(_octets(self._writer.acknowledgement(request, answer, self._moment)))

    def _order(self, request: ServiceRequest) -> Order:
        user = self._world.users.find(request.request_id.originator)
        if user is None:
            known = ", ".join(format_eui64(each.eui64) for each in self._world.users)
            raise UsageError(
                f"user {format_eui64(request.request_id.originator)}: not known here: expected one "
                f"of {known}"
            )
        record = self._record(request)
        case = Case(
            request=request,
            moment=self._moment,
            service=service_request(request.srv),
            user=user,
            device=record,
            used=False,
            registrations=self._world.registrations,
            settings=self._world.settings,
        )
        return Order(
            request=request,
            service=case.type,
            user=user,
            device=record,
            now=START,
            known=known_parameters(case, self._world),
        )

    def _record(self, request: ServiceRequest) -> DeviceRecord:
        for each in self._shipment.devices:
            if each.eui64 == request.target:
                return DeviceRecord(
                    device=each.eui64,
                    kind=DeviceKind(each.type),
                    generation=Generation.SMETS2,
                    status=None,
                    since=self._moment,
                    resumes=None,
                    model=Model(each.manufacturer, each.model, each.firmware),
                    notifier=request.request_id.originator,
                    notified=self._moment,
                    commissioned=None,
                    hub=self._shipment.hub.eui64,
                    mpxn=each.mpxn,
                    export_mpxn="",
                    uprn="",
                    postcode="",
                )
        raise UsageError(f"target {format_eui64(request.target)}: not in the shipment")


def _signed(request: ServiceRequest) -> Message:
    try:
        return Message.decode(request.pre_command or b"")
    except WireError as fault:
        raise UsageError(f"GBCSPayload is no message: {fault}") from fault


def _octets(document: Node) -> bytes:
    return compact(write_node(document))
