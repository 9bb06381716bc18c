"""A commissioned home behind the DCC's desk, for tests that bring documents to it."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from lxml import etree

from emulator.dcc.orders.correlation import sign_pre_command
from emulator.dcc.service_request import ENDPOINTS, CommandVariant, RequestId
from emulator.duis.certificates import Signer
from emulator.duis.document import parse_document
from emulator.duis.request import DuisRequest
from emulator.duis.schema import Schema
from emulator.duis.tree import Node
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, later
from emulator.lab.installing.installation import Installation
from emulator.lab.interactive.premises import bring_up, every_device, open_home
from emulator.lab.interactive.send_command import HomeChoice
from emulator.lab.serving.front import Front, Reply
from emulator.lab.serving.loop_line import LoopLine
from emulator.testing.scenes.duis_scene import desk, signed, signer

_CODE: Final = ".//{*}ResponseCode"


@dataclass(slots=True)
class DeskHome:
    """A home, the DCC in front of it, and everything that users were sent.

    Args:
        work: the home.
        front: that documents are brought to.
        line: to the loop.
        schema: that every document sent is held against, where there is one.
        sent: documents that were POSTed to users, in order.
        told: what people at the terminal were told.
    """

    work: Installation
    front: Front
    line: LoopLine
    schema: Schema | None = None
    sent: list[bytes] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def signer(self, party: Eui64) -> Signer:
        """Who signs documents for a party."""
        return signer(self.work.side.pki.keys, party)

    def bring(self, octets: bytes, variant: int) -> etree._Element:
        """The answer at once to a document brought to the service of its command variant."""
        taken = self.front.take(octets, ENDPOINTS[variant])
        if not isinstance(taken, Reply):
            self.line.receive(self.line.read())
            taken = taken.result(0)
        return self.check(taken.document)

    def submit(self, request: DuisRequest) -> tuple[etree._Element, ...]:
        """The answers at once to a request; a pre-command is signed and brought back."""
        by = self.signer(request.request_id.originator)
        first = self.bring(signed(request, by), request.variant)
        made = first.findtext(".//{*}PreCommand/{*}GBCSPayload")
        if made is None or by.private_key is None:
            return (first,)
        octets = b64encode(sign_pre_command(b64decode(made), by.private_key)).decode()
        body = Node("SignedPreCommand", parts=(Node("GBCSPayload", octets),))
        back = replace(request, variant=int(CommandVariant.SEND_SIGNED), body=body)
        return first, self.bring(signed(back, by), back.variant)

    def run(self, duration: Duration) -> None:
        """Let time pass."""
        scheduler = self.work.lab.scheduler
        scheduler.run(later(scheduler.now, duration))

    def check(self, octets: bytes) -> etree._Element:
        """A document that was sent, held against the schema."""
        root = parse_document(octets)
        if self.schema is not None:
            self.schema.check(root)
        return root

    def response(self, request_id: RequestId) -> etree._Element | None:
        """What was POSTed in answer to a request, None while nothing was.

        Raises:
            AssertionError: when more than one document answers it.
        """
        name = f">{request_id}</sr:RequestID>".encode()
        found = [self.check(octets) for octets in self.sent if name in octets]
        if len(found) > 1:
            raise AssertionError(f"{request_id} was answered {len(found)} times")
        return found[0] if found else None


def desk_home(devices: Path | None = None, schema: Schema | None = None) -> DeskHome:
    """A home that is commissioned, behind the DCC's desk.

    Args:
        devices: shipment file; None for the dual-fuel home that comes with hanlab.
        schema: that requests and answers are held against.
    """
    work = open_home(devices, HomeChoice().options("desk"))
    bring_up(work, every_device(work))
    line, dcc = LoopLine(), work.side.dcc
    front = Front(dcc, work.lab.scheduler, replace(desk(work.side.pki.keys), schema=schema), line)
    made = DeskHome(work, front, line, schema)
    front.tell = made.told.append
    front.deliver_to(made.sent.append)
    return made


def code_of(root: etree._Element) -> str:
    """The response code of an answer."""
    return str(root.findtext(_CODE))
