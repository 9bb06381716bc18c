"""Reference responses in the form of the Message Mapping Catalogue, held against its schema."""

import re
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from emulator.duis.mmc import MMC_NAMESPACE, mmc_document
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.service_requests.catalogue import service_requests
from emulator.kernel.errors import UsageError
from emulator.testing.duis_scene import duis_folder
from emulator.testing.reference_data import reference_messages

NAMES = {"ra": MMC_NAMESPACE}


def schema(folder: Path) -> etree.XMLSchema:
    found = next(path for path in folder.glob("*.xsd") if "MMC" in path.name)
    return etree.XMLSchema(etree.parse(found))


def responses() -> list[tuple[str, bytes]]:
    """Reference responses with the variants of the requests that they answer."""
    known = {each.srv for each in service_requests()}
    found = []
    for each in reference_messages():
        named = re.match(r"([0-9.]+)_", each.name)
        answers = Message.decode(each.octets).cra is Cra.RESPONSE
        if answers and named is not None and named[1] in known:
            found.append((named[1], each.octets))
    return found


def text(root: etree._Element, path: str) -> str:
    return str(root.xpath("string(" + path + ")", namespaces=NAMES))


def test_every_reference_response_is_as_the_schema_says() -> None:
    held = schema(duis_folder() / "schema")
    told: Counter[str] = Counter()

    for srv, octets in responses():
        root = mmc_document(octets, srv)
        held.assertValid(etree.fromstring(etree.tostring(root)))
        told[text(root, "//ra:SMETSData/*/@MessageSuccess") or "no values"] += 1

    assert sum(told.values()) > 400
    assert told["true"] > told["false"]
    assert told["true"] > told["no values"]


def of(srv: str) -> etree._Element:
    """The first response to a request that says that all was carried out."""
    made = (mmc_document(octets, known) for known, octets in responses() if known == srv)
    return next(root for root in made if text(root, "//@MessageSuccess") == "true")


def test_the_header_names_parties_message_and_request() -> None:
    root = of("4.2")

    assert text(root, "//ra:BusinessOriginatorID") == "00-DB-12-34-56-78-90-A0"
    assert text(root, "//ra:GBCSHexadecimalMessageCode") == "0026"
    assert text(root, "//ra:ServiceReferenceVariant") == "4.2"


def test_export_registers_have_their_units() -> None:
    root = of("4.2")

    assert text(root, "//ra:ActiveExportRegister/ra:Value").isdigit()
    assert text(root, "//ra:ReactiveExportRegister/ra:ReactiveEnergyUnit") == "varh"


def test_what_is_encrypted_stays_so() -> None:
    root = of("4.1.1")

    assert text(root, "//ra:GBCSData/@format") == "encrypted"
    assert text(root, "//ra:ReadInstantaneousImportRegistersRsp/@MessageSuccess") == "true"


def test_a_command_is_no_response() -> None:
    command = next(
        each.octets
        for each in reference_messages()
        if Message.decode(each.octets).cra is Cra.COMMAND
    )

    with pytest.raises(UsageError, match="expected a response"):
        mmc_document(command, "4.2")
