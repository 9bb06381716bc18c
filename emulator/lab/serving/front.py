"""The DCC of a home behind its interfaces: documents in, documents out (DUIS 5.4)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from emulator.dcc.dcc import Dcc
from emulator.dcc.service_request import (
    Acknowledgement,
    DccAlert,
    DeviceAlert,
    Endpoint,
    ServiceRequest,
    ServiceResponse,
)
from emulator.duis.certificates import Signer
from emulator.duis.desk import DuisDesk, Refused
from emulator.duis.request import DuisRequest
from emulator.duis.response import ResponseWriter
from emulator.duis.signature import sign
from emulator.duis.tree import Node, compact, write_node
from emulator.kernel.scheduler import Scheduler
from emulator.lab.serving.loop_line import LoopLine

if TYPE_CHECKING:
    from concurrent.futures import Future

OK: Final = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer over HTTP.

    Args:
        status: of HTTP.
        document: XML, when there is an answer of DUIS; otherwise empty.
        reason: words for people where there is none.
    """

    status: int
    document: bytes = b""
    reason: str = ""


class Front:
    """Answers documents with what the DCC says.

    Args:
        dcc: of the home.
        scheduler: whose time it is.
        desk: reads documents.
        line: hands requests to the laboratory's loop.
        signer: signs what is sent; None for replies that nobody signs.

    What is refused, and why, is told to `tell`, from any thread: DUIS has a code for it only.
    """

    def __init__(
        self,
        dcc: Dcc,
        scheduler: Scheduler,
        desk: DuisDesk,
        line: LoopLine,
        signer: Signer | None = None,
    ) -> None:
        self._dcc = dcc
        self._scheduler = scheduler
        self._desk = desk
        self._line = line
        self._signer = signer
        self._writer = ResponseWriter(dcc.world.name)
        self._alerts = 0
        self.tell: Callable[[str], None] = _keep_quiet

    def take(self, octets: bytes, endpoint: Endpoint) -> "Reply | Future[Reply]":
        """The answer to a document; one that needs the DCC comes when the loop has a moment."""
        return self.go_on(self._desk.read(octets), endpoint)

    def guest(self) -> AbstractContextManager[None]:
        """Whoever brought a document waits until the block ends, and events of homes with them."""
        return self._line.guest()

    def go_on(self, read: DuisRequest | Refused, endpoint: Endpoint) -> "Reply | Future[Reply]":
        """The answer to a document that was read; as above."""
        if isinstance(read, Refused):
            return self._refused(read)
        taken = self._desk.mapped(read, endpoint)
        if isinstance(taken, Refused):
            return self._refused(taken)
        return self._line.call(lambda: self._submitted(read, taken))

    def deliver_to(self, post: Callable[[bytes], None]) -> None:
        """Give everything that users are sent from now on to `post`; in the loop."""

        def sent(message: object) -> None:
            document = self._document(message)
            if document is not None:
                post(self._octets(document))

        self._dcc.listen(sent)

    def _submitted(self, read: DuisRequest, request: ServiceRequest) -> Reply:
        late = self._desk.out_of_date(read, self._moment)
        if late is not None:
            self._tell_of(late)
            return self._refusal(late)
        answer: Acknowledgement = self._dcc.submit(request)
        if not answer.accepted:
            self.tell(f"refused: {request.request_id}: {answer.code}: {answer.reason}")
        return self._reply(self._writer.acknowledgement(request, answer, self._moment))

    def _refused(self, refused: Refused) -> "Reply | Future[Reply]":
        self._tell_of(refused)
        if refused.request is None:
            return Reply(refused.status, reason=refused.reason)
        return self._line.call(lambda: self._refusal(refused))

    def _tell_of(self, refused: Refused) -> None:
        self.tell(f"refused: {refused.code or refused.status}: {refused.reason}")

    def _refusal(self, refused: Refused) -> Reply:
        request = refused.request
        if request is None:
            return Reply(refused.status, reason=refused.reason)
        document = self._writer.refusal(request.request_id, request.srv, refused.code, self._moment)
        return self._reply(document)

    def _document(self, message: object) -> Node | None:
        match message:
            case ServiceResponse():
                return self._writer.service_response(message, self._moment)
            case DeviceAlert():
                self._alerts += 1
                return self._writer.device_alert(message, self._alerts, self._moment)
            case DccAlert():
                self._alerts += 1
                return self._writer.dcc_alert(message, self._alerts, self._moment)
            case _:
                return None

    @property
    def _moment(self) -> datetime:
        return self._dcc.world.moment(self._scheduler.now)

    def _reply(self, document: Node) -> Reply:
        return Reply(OK, self._octets(document))

    def _octets(self, document: Node) -> bytes:
        root = write_node(document)
        return compact(root if self._signer is None else sign(root, self._signer))


def _keep_quiet(_text: str) -> None:
    """Tells nobody."""
