"""The DCC as the laboratory uses it: users, requests, answers, and the SM WAN to hubs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

from emulator.dcc.alerts.alert_desk import AlertDesk
from emulator.dcc.commands.block_desk import BlockDesk
from emulator.dcc.commands.command_desk import CommandDesk
from emulator.dcc.memory import recall, remembered
from emulator.dcc.orders.correlation import sign_pre_command
from emulator.dcc.primitives import Dispatch, DistributeImage, Submission, WanDown
from emulator.dcc.requests.anomaly import AnomalyDecision, AnomalyDetection, Threshold
from emulator.dcc.requests.calendar_desk import CalendarDesk
from emulator.dcc.requests.request_desk import RequestDesk
from emulator.dcc.service_request import (
    Acknowledgement,
    CommandVariant,
    DccAlert,
    DeviceAlert,
    RequestId,
    ServiceRequest,
    ServiceResponse,
)
from emulator.dcc.users import User
from emulator.dcc.wan import SmWan
from emulator.dcc.world import DccWorld
from emulator.gbcs.protection.key_store import KeyUse
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.errors import LocalError, UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.node import Node
from emulator.kernel.scheduler import Scheduler
from emulator.kernel.streams import Streams
from emulator.kernel.trace import Trace

NODE_NAME: Final = "DCC"
Sent = TypeVar("Sent")


@dataclass(slots=True)
class Mailbox:
    """Everything the DCC sent to users, in order, unless it is told to keep less."""

    acknowledgements: list[Acknowledgement] = field(default_factory=list)
    responses: list[ServiceResponse] = field(default_factory=list)
    device_alerts: list[DeviceAlert] = field(default_factory=list)
    dcc_alerts: list[DccAlert] = field(default_factory=list)
    _first: dict[RequestId, ServiceResponse] = field(default_factory=dict)
    _most: int | None = None
    _alerts: int = 0

    def keep_only(self, last: int) -> None:
        """Keep no more than about the last of each kind: for a DCC that runs for days."""
        self._most = last

    def put(self, sent: object) -> None:
        """Take what was sent; anything else is not for a mailbox."""
        match sent:
            case Acknowledgement():
                self._add(self.acknowledgements, sent)
            case ServiceResponse():
                self.take(sent)
            case DeviceAlert():
                self._alerts += 1
                self._add(self.device_alerts, sent)
            case DccAlert():
                self._add(self.dcc_alerts, sent)
            case _:
                pass

    def _add(self, kept: list[Sent], sent: Sent) -> None:
        kept.append(sent)
        if self._most is not None and len(kept) > 2 * self._most:
            for each in kept[: -self._most]:
                if isinstance(each, ServiceResponse):
                    self._first.pop(each.request_id, None)
            del kept[: -self._most]

    def alerts_so_far(self) -> int:
        """How many alerts of devices ever came, those included that are kept no longer."""
        return self._alerts

    def alerts_after(self, count: int) -> tuple[DeviceAlert, ...]:
        """The alerts of devices after the first so many that came, as far as they are kept."""
        new = self._alerts - count
        return tuple(self.device_alerts[-new:]) if new > 0 else ()

    def response(self, request_id: RequestId) -> ServiceResponse | None:
        """The service response to a request, None while there is none."""
        return self._first.get(request_id)

    def take(self, response: ServiceResponse) -> None:
        """Put a service response in."""
        self._add(self.responses, response)
        self._first.setdefault(response.request_id, response)


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """What a user wants to ask for.

    Args:
        srv: service reference variant.
        target: the device; None for requests that are for none.
        parameters: by the names of DUIS or of the command's values.
        execution: when it is to be carried out; None for at once.
        variant: command variant; None for the usual one, which for a critical request is first
            transform and then send.
    """

    srv: str
    target: Eui64 | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    execution: datetime | None = None
    variant: CommandVariant | None = None


class Dcc:
    """The DCC on a scheduler.

    Args:
        world: what it knows.
        scheduler: whose time it lives in.
        trace: where its facts go.
        streams: of the run.
        anomalies: threshold anomaly detection; without thresholds unless given.
    """

    def __init__(
        self,
        world: DccWorld,
        *,
        scheduler: Scheduler,
        trace: Trace,
        streams: Streams,
        anomalies: AnomalyDetection | None = None,
    ) -> None:
        self.world = world
        self.mailbox = Mailbox()
        self._listeners: list[Callable[[object], None]] = []
        self._counters: dict[Eui64, int] = {}
        self._answers: list[Acknowledgement] | None = None
        """To the request that is being submitted."""
        self._anomalies = anomalies or AnomalyDetection()
        self._node = Node(
            NODE_NAME,
            (
                RequestDesk(world, self._anomalies),
                CalendarDesk(world),
                CommandDesk(world),
                AlertDesk(world),
                BlockDesk(world.settings.times.block_answer),
            ),
            scheduler,
            trace,
        )
        self.wan = SmWan(
            scheduler=scheduler,
            trace=trace,
            calendar=world.calendar,
            post=self._node.post,
            stream=streams.stream(NODE_NAME, "SM WAN"),
            settings=world.settings.wan,
        )
        self._node.connect((WanDown,), self.wan.down)
        self._node.connect((DistributeImage,), self.wan.distribute)
        kinds = (Acknowledgement, ServiceResponse, DeviceAlert, DccAlert)
        self._node.connect(kinds, self._mailed)

    def user(self, name: str) -> User:
        """A user by its name.

        Raises:
            UsageError: when there is none.
        """
        return self.world.users.named(name)

    def listen(self, listener: Callable[[object], None]) -> None:
        """Call `listener` with everything that users are sent from now on."""
        self._listeners.append(listener)

    def request(
        self,
        user: str,
        srv: str,
        target: Eui64 | None = None,
        *,
        execution: datetime | None = None,
        variant: CommandVariant | None = None,
        **parameters: object,
    ) -> Acknowledgement:
        """Send a service request of a user, a critical one also signed; the last answer at once.

        Args:
            user: by name.
            srv: service reference variant.
            target: the device; None for requests that are for none.
            execution: when it is to be carried out; None for at once.
            variant: command variant; None for the usual one, which for a critical request is
                first transform and then send.
            parameters: by the names of DUIS or of the command's values.
        """
        plan = RequestPlan(srv, target, parameters, execution, variant)
        return self.ask(user, plan)

    def ask(self, user: str, plan: RequestPlan) -> Acknowledgement:
        """Send what a user plans to, a critical request also signed; the last answer at once."""
        service, variant = service_request(plan.srv), plan.variant
        usual = CommandVariant.DCC_ONLY if service.non_device else CommandVariant.SEND
        if service.critical:
            usual = CommandVariant.TRANSFORM
        chosen = usual if variant is None else variant
        made = ServiceRequest(
            request_id=self.next_id(self.user(user).eui64, plan.target),
            srv=plan.srv,
            variant=chosen,
            parameters=plan.parameters,
            execution=plan.execution,
        )
        answer = self.submit(made)
        if variant is None and service.critical and answer.pre_command is not None:
            return self.submit(self.signed(made, answer.pre_command))
        return answer

    def next_id(self, user: Eui64, target: Eui64 | None = None) -> RequestId:
        """The next request id of a user.

        Args:
            user: its identifier.
            target: the device; None for the DCC.
        """
        counter = self._counters.get(user, self.world.settings.first_counter) + 1
        self._counters[user] = counter
        return RequestId(user, self.world.name if target is None else target, counter)

    def signed(
        self,
        request: ServiceRequest,
        pre_command: bytes,
        variant: CommandVariant = CommandVariant.SEND_SIGNED,
    ) -> ServiceRequest:
        """The request that brings back a pre-command with its user's signature.

        Raises:
            UsageError: when the user's private key is not at hand.
        """
        user = request.request_id.originator
        found = self.world.protection.keys.find(user, KeyUse.DIGITAL_SIGNATURE)
        if found is None or found.private_key is None:
            raise UsageError("the user's private key to sign with is not at hand")
        return ServiceRequest(
            request_id=request.request_id,
            srv=request.srv,
            variant=variant,
            parameters=request.parameters,
            execution=request.execution,
            first_in_sequence=request.first_in_sequence,
            preceding=request.preceding,
            pre_command=sign_pre_command(pre_command, found.private_key),
        )

    def submit(self, request: ServiceRequest) -> Acknowledgement:
        """Send a service request as it is; the answer at once.

        Raises:
            LocalError: when the DCC is not free to answer, being asked from within an answer.
        """
        answers: list[Acknowledgement] = []
        before, self._answers = self._answers, answers
        try:
            self._node.post(Submission(request))
        finally:
            self._answers = before
        if not answers:
            raise LocalError("a request cannot be sent from within an answer of the DCC")
        return answers[0]

    def dispatch(self, command: Dispatch) -> None:
        """Send a command that is ready to go, whatever request it is for; no check is made of it.

        Its answer comes to the mailbox like any other.
        """
        self._node.post(command)

    def detect(self, thresholds: tuple[Threshold, ...]) -> None:
        """Hold these thresholds of anomaly detection from now on, and no others."""
        self._anomalies.hold(thresholds)

    def decide(self, request_id: RequestId, *, process: bool) -> None:
        """Tell the DCC what becomes of a request that anomaly detection set aside."""
        self._node.post(AnomalyDecision(request_id, process))

    def memory(self) -> dict[str, Any]:
        """What it keeps between runs beside the inventory, as JSON has it."""
        return remembered(self.world, self._counters)

    def recall(self, memory: Mapping[str, Any]) -> None:
        """Go on from what another run kept.

        Raises:
            UsageError: when it is no memory of a DCC; nothing changes then.
        """
        self._counters.update(recall(memory, self.world))

    @property
    def responses(self) -> Mapping[RequestId, ServiceResponse]:
        """The last service response to each request."""
        return {each.request_id: each for each in self.mailbox.responses}

    def _mailed(self, sent: object) -> None:
        self.mailbox.put(sent)
        if isinstance(sent, Acknowledgement) and self._answers is not None:
            self._answers.append(sent)
        for listener in self._listeners:
            listener(sent)
