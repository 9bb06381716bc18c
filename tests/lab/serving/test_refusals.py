"""What must be refused, brought to the services as signed documents: the code that comes back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from lxml import etree

from emulator.dcc.inventory.evidence import UserRequest
from emulator.dcc.inventory.records import Move
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.inventory.triggers import Trigger
from emulator.dcc.service_request import ENDPOINTS, Endpoint, RequestId
from emulator.dcc.users import UserStatus
from emulator.duis.request import DuisRequest
from emulator.duis.schema import Schema
from emulator.duis.tree import Node
from emulator.kernel.identity import Eui64
from emulator.kernel.units import minutes
from emulator.lab.serving.front import Front, Reply
from emulator.lab.serving.loop_line import LoopLine
from emulator.testing.scenes.dcc_scene import (
    ESME,
    HUB,
    IHD,
    OTHER_SUPPLIER,
    OTHER_USER,
    STRANGER,
    DccScene,
)
from emulator.testing.scenes.duis_scene import desk, duis_folder, read_registers, signed, signer
from tests.lab.serving.served import scene


class Bench:
    """A DCC, and documents that were brought to it."""

    def __init__(self, made: DccScene) -> None:
        self.made, self.line = made, LoopLine()
        self.desk = desk(made.keys)
        self.front = Front(made.dcc, made.scheduler, self.desk, self.line)
        self.sent: list[bytes] = []
        self.front.deliver_to(self.sent.append)

    @property
    def supplier(self) -> Eui64:
        return self.made.dcc.user("supplier").eui64

    def code(self, request: DuisRequest, endpoint: Endpoint | None = None) -> str:
        by = signer(self.made.keys, request.request_id.originator)
        service = ENDPOINTS[request.variant] if endpoint is None else endpoint
        taken = self.front.take(signed(request, by), service)
        if not isinstance(taken, Reply):
            self.line.receive(self.line.read())
            taken = taken.result(0)
        return str(etree.fromstring(taken.document).findtext(".//{*}ResponseCode"))

    def answered(self) -> list[str]:
        return [str(etree.fromstring(each).findtext(".//{*}ResponseCode")) for each in self.sent]


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench(scene())
    yield made
    made.line.close()


def read(user: Eui64, device: Eui64 = ESME, variant: int = 1, counter: int = 5000) -> DuisRequest:
    return read_registers(RequestId(user, device, counter), variant)


def disable(user: Eui64) -> DuisRequest:
    return DuisRequest(
        request_id=RequestId(user, ESME, 5000),
        variant=4,
        reference="7.2",
        srv="7.2",
        body=Node("DisableSupply"),
    )


def test_a_replayed_request_is_refused(bench: Bench) -> None:
    assert bench.code(read(bench.supplier)) == "I99"
    assert bench.code(read(bench.supplier)) == "E100"


def test_originators_are_refused_by_who_they_are(bench: Bench) -> None:
    assert bench.code(read(bench.made.dcc.world.name)) == "E1"
    assert bench.code(disable(bench.made.dcc.user("network operator").eui64)) == "E2"
    assert bench.code(read(OTHER_SUPPLIER)) == "E4"
    bench.made.dcc.world.users.change_status(bench.supplier, UserStatus.SUSPENDED)
    assert bench.code(read(bench.supplier)) == "E3"


def test_variants_and_addresses_are_held_against_the_request(bench: Bench) -> None:
    assert bench.code(read(bench.supplier, variant=4)) == "E12"
    assert bench.code(read(bench.supplier), Endpoint.TRANSFORM) == "E13"
    assert bench.code(read(OTHER_USER, variant=2)) in {"E2", "E17"}


def test_devices_are_refused_by_what_they_are(bench: Bench) -> None:
    bench.made.listed(IHD)
    moment = bench.made.moment
    gone = Move(
        device=ESME,
        trigger=Trigger.DECOMMISSION_DEVICE,
        moment=moment,
        evidence=UserRequest("8.3", bench.supplier, moment),
    )

    assert bench.code(read(bench.supplier, STRANGER)) == "E19"
    assert bench.code(read(bench.supplier, HUB)) == "E11"
    bench.made.inventory.transition(gone)
    assert bench.made.status(ESME) is SmiStatus.DECOMMISSIONED
    assert bench.code(read(bench.supplier)) == "E5"


def test_what_the_schema_refuses_is_answered_in_duis(bench: Bench) -> None:
    bench.desk.schema = Schema(duis_folder() / "schema")
    wrong = replace(read(bench.supplier), body=Node("ReadInstantaneousImportRegisters", "1"))

    assert bench.code(replace(wrong, body=Node("NoSuchRequest"))) == "E100"
    assert bench.code(wrong) == "E100"
    assert bench.code(read(bench.supplier)) == "I99"


def test_a_sequence_goes_on_as_its_requests_end(bench: Bench) -> None:
    first = replace(read(bench.supplier), first_in_sequence=True)
    second = replace(read(bench.supplier, counter=5001), preceding=first.request_id)

    assert [bench.code(first), bench.code(second)] == ["I99", "I99"]
    assert bench.answered() == []
    bench.made.run(minutes(1))

    assert bench.answered() == ["I0", "I0"]


@pytest.mark.parametrize("known", [False, True])
def test_a_request_behind_one_that_fails_is_refused(bench: Bench, known: bool) -> None:
    first = replace(read(bench.supplier, STRANGER), first_in_sequence=True)
    second = replace(read(bench.supplier, counter=5001), preceding=first.request_id)

    if known:
        assert bench.code(first) == "E19"

    assert bench.code(second) == "E100"
