"""Each command variant as a signed document: what comes back at once, later, and what is sent."""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest
from lxml import etree

from emulator.dcc.facts import ResponseReceived
from emulator.dcc.orders.correlation import sign_pre_command
from emulator.dcc.requests.anomaly import Threshold
from emulator.dcc.service_request import ENDPOINTS, RequestId
from emulator.duis.document import parse_document
from emulator.duis.request import DuisRequest
from emulator.duis.schema import Schema
from emulator.duis.tree import Node
from emulator.gbcs.envelope import Cra, Message
from emulator.kernel.identity import Eui64
from emulator.kernel.units import hours, seconds
from emulator.lab.serving.front import Front, Reply
from emulator.lab.serving.loop_line import LoopLine
from emulator.testing.scenes.dcc_scene import ESME, DccScene
from emulator.testing.scenes.duis_scene import duis_folder, signed, signer
from tests.lab.serving.served import front_of, scene

READ = ("4.1", "4.1.1", "ReadInstantaneousImportRegisters")
DISABLE = ("7.2", "7.2", "DisableSupply")
COMMAND = ".//{*}LocalCommand/{*}GBCSPayload"
PRE_COMMAND = ".//{*}PreCommand/{*}GBCSPayload"
ANSWER = ".//{*}ResponseMessage/{*}GBCSPayload"


@cache
def schema() -> Schema:
    return Schema(duis_folder() / "schema")


@dataclass(slots=True)
class Supplier:
    """A supplier who brings documents to a DCC with a home behind it.

    Args:
        posted: documents that the DCC sent later.
        held: holds what is sent against the schema.
    """

    scene: DccScene = field(default_factory=scene)
    line: LoopLine = field(default_factory=LoopLine)
    posted: list[etree._Element] = field(default_factory=list)
    held: Callable[[etree._Element], None] = field(default_factory=lambda: schema().check)
    front: Front = field(init=False)

    def __post_init__(self) -> None:
        self.front = front_of(self.scene, self.line)
        self.front.deliver_to(lambda octets: self.posted.append(self.checked(octets)))

    def checked(self, octets: bytes) -> etree._Element:
        root = parse_document(octets)
        self.held(root)
        return root

    def bring(
        self, service: tuple[str, str, str], counter: int, variant: int, *parts: Node
    ) -> etree._Element:
        """The answer at once, after which there is time for another."""
        reference, srv, name = service
        supplier = self.scene.dcc.user("supplier").eui64
        request = DuisRequest(
            request_id=RequestId(supplier, self.target(srv), counter),
            variant=variant,
            reference=reference,
            srv=srv,
            body=Node(name, parts=parts),
        )
        octets = signed(request, signer(self.scene.keys, supplier))
        schema().check(parse_document(octets))
        taken = self.front.take(octets, ENDPOINTS[variant])
        if not isinstance(taken, Reply):
            self.line.receive(self.line.read())
            taken = taken.result(0)
        self.scene.run(seconds(20))
        return self.checked(taken.document)

    def target(self, srv: str) -> Eui64:
        return self.scene.dcc.world.originators.broker if srv.startswith("8.") else ESME

    def signed_pre_command(self, counter: int) -> Node:
        """What the DCC makes of a critical request, signed."""
        first = self.bring(DISABLE, counter, 4)
        assert code(first) == "I0"
        key = signer(self.scene.keys, self.scene.dcc.user("supplier").eui64).private_key
        assert key is not None
        octets = sign_pre_command(b64decode(str(first.findtext(PRE_COMMAND))), key)
        return Node("GBCSPayload", b64encode(octets).decode())


@pytest.fixture
def user() -> Iterator[Supplier]:
    supplier = Supplier()
    yield supplier
    supplier.line.close()


def code(root: etree._Element) -> str:
    return str(root.findtext(".//{*}ResponseCode"))


def message(root: etree._Element, path: str) -> Message:
    return Message.decode(b64decode(str(root.findtext(path))))


def signed_service(service: tuple[str, str, str]) -> tuple[str, str, str]:
    return (*service[:2], "SignedPreCommand")


def test_1_sends_a_command_and_answers_later(user: Supplier) -> None:
    first = user.bring(READ, 5000, 1)

    assert code(first) == "I99"
    assert first.find(COMMAND) is None
    assert len(user.scene.home.heard) == 1
    assert [code(each) for each in user.posted] == ["I0"]
    assert message(user.posted[0], ANSWER).cra is Cra.RESPONSE


def test_2_gives_the_command_to_the_user_who_brings_the_answer_with_8(user: Supplier) -> None:
    first = user.bring(READ, 5000, 2)
    command = message(first, COMMAND)
    assert code(first) == "I0"
    assert command.mac is not None
    assert not user.scene.home.heard
    assert not user.posted

    answer = b64encode(user.scene.home.response(command).encode()).decode()
    returned = user.bring(
        ("8.13", "8.13", "ReturnLocalCommandResponse"),
        5001,
        8,
        Node("DeviceGBCSResponse", answer),
    )

    assert code(returned) == "I99"
    ((_, received),) = user.scene.trace.of(ResponseReceived)
    assert (received.successful, received.over_wan) == (True, False)
    assert [code(each) for each in user.posted] == ["I0"]


def test_3_does_both(user: Supplier) -> None:
    first = user.bring(READ, 5000, 3)

    (heard,) = user.scene.home.heard
    assert message(first, COMMAND) == heard
    assert [code(each) for each in user.posted] == ["I0"]


def test_4_gives_what_is_to_be_signed_and_5_sends_it(user: Supplier) -> None:
    pre_command = user.signed_pre_command(5000)
    assert not user.scene.home.heard
    sent = user.bring(signed_service(DISABLE), 5000, 5, pre_command)

    assert code(sent) == "I99"
    assert len(user.scene.home.heard) == 1
    assert [code(each) for each in user.posted] == ["I0"]


def test_6_gives_the_signed_command_to_the_user(user: Supplier) -> None:
    given = user.bring(signed_service(DISABLE), 5000, 6, user.signed_pre_command(5000))

    command = message(given, COMMAND)
    assert code(given) == "I0"
    assert command.signature
    assert command.mac is not None
    assert not user.scene.home.heard
    assert not user.posted


def test_7_does_both_with_a_signed_command(user: Supplier) -> None:
    given = user.bring(signed_service(DISABLE), 5000, 7, user.signed_pre_command(5000))

    (heard,) = user.scene.home.heard
    assert message(given, COMMAND) == heard
    assert [code(each) for each in user.posted] == ["I0"]


def test_8_is_answered_by_the_dcc_itself(user: Supplier) -> None:
    user.held = lambda _: None  # devices of the scene have no maker, which the schema wants
    named = Node("DeviceID", "00-DB-12-34-56-78-90-A0")

    told = user.bring(("8.2", "8.2", "ReadInventory"), 5000, 8, named)

    assert code(told) == "I0"
    assert told.find(".//{*}DSPInventory") is not None
    assert not user.scene.home.heard


def test_a_request_beyond_a_threshold_is_set_aside_and_told(user: Supplier) -> None:
    user.scene.dcc.detect((Threshold(srv="4.1.1", period=hours(1), quarantine=1),))

    answers = [code(user.bring(READ, counter, 1)) for counter in (5000, 5001)]

    assert answers == ["I99", "E100"]
    assert len(user.scene.home.heard) == 1
    (told,) = (each for each in user.posted if each.find(".//{*}QuarantinedRequest") is not None)
    assert str(told.findtext(".//{*}RequestID")).endswith(":5001")


@pytest.mark.parametrize(("service", "variant"), [(READ, 5), (DISABLE, 1), (READ, 8), (READ, 4)])
def test_a_variant_of_another_kind_of_request_is_refused(
    user: Supplier, service: tuple[str, str, str], variant: int
) -> None:
    parts = (Node("GBCSPayload", "AA=="),) if variant == 5 else ()

    refused = user.bring(
        signed_service(service) if variant == 5 else service, 5000, variant, *parts
    )

    assert code(refused) in {"E12", "E13"}
    assert not user.scene.home.heard


def test_a_signed_command_is_carried_out_once(user: Supplier) -> None:
    pre_command = user.signed_pre_command(5000)

    first = user.bring(signed_service(DISABLE), 5000, 6, pre_command)
    again = user.bring(signed_service(DISABLE), 5000, 7, pre_command)

    assert code(first) == "I0"
    assert code(again) not in {"I0", "I99"}
    assert not user.scene.home.heard
