import pytest
from lxml import etree

from emulator.dcc.service_request import Endpoint, RequestId
from emulator.duis.document import parse_document
from emulator.duis.mapping import RequestMapping
from emulator.duis.refusal import DuisRefusal
from emulator.duis.request import read_request, write_request
from emulator.duis.tree import compact
from emulator.testing.scenes.duis_scene import duis_folder, read_registers

ID = RequestId.parse("90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000")


def changed(old: bytes, new: bytes) -> etree._Element:
    octets = compact(write_request(read_registers(ID)))
    assert old in octets
    return parse_document(octets.replace(old, new))


def canonical(octets: bytes) -> bytes:
    """A document without signature, comments and white space between elements."""
    parser = etree.XMLParser(remove_blank_text=True, remove_comments=True)
    root = etree.fromstring(octets, parser)
    for each in list(root.iter("{http://www.w3.org/2000/09/xmldsig#}Signature")):
        root.remove(each)
    return etree.tostring(root, method="c14n", exclusive=True)


def test_every_published_template_is_read_and_written_again() -> None:
    templates = sorted((duis_folder() / "templates").glob("*.XML"))

    for path in templates:
        request = read_request(parse_document(path.read_bytes()))
        written = compact(write_request(request))
        assert canonical(written) == canonical(path.read_bytes()), path.name
        assert read_request(parse_document(written)) == request, path.name

    assert len(templates) == 297


def test_every_published_template_is_a_request_that_the_dcc_takes() -> None:
    mapping = RequestMapping()

    for path in (duis_folder() / "templates").glob("*.XML"):
        request = read_request(parse_document(path.read_bytes()))
        made = mapping.service_request(request, Endpoint.SEND_COMMAND)
        assert (made.srv, made.variant) == (request.srv, request.variant), path.name


def test_identifiers_are_read_in_any_case() -> None:
    root = changed(b"90-B3-D5-1F-30-01-00-00", b"90-b3-d5-1f-30-01-00-00")

    assert read_request(root).request_id == ID


def test_the_largest_counter_is_read() -> None:
    assert (
        read_request(changed(b":1000<", b":18446744073709551615<")).request_id.counter == 2**64 - 1
    )


def test_what_tells_of_sequences_is_read() -> None:
    more = (
        "</sr:RequestID><sr:FirstInSequence>true</sr:FirstInSequence>"
        f"<sr:PrecedingServiceRequestID>{ID}</sr:PrecedingServiceRequestID>"
    )
    request = read_request(changed(b"</sr:RequestID>", more.encode()))

    assert request.first_in_sequence is True
    assert request.preceding == ID
    assert read_request(write_request(request)) == request


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b":1000<", b":18446744073709551616<"),
        (b":1000<", b":01<"),
        (b":1000<", b"<"),
        (b"90-B3", b"ZZ-B3"),
        (b"<sr:CommandVariant>1<", b"<sr:CommandVariant>one<"),
        (b"<sr:CommandVariant>1</sr:CommandVariant>", b""),
        (b"</sr:RequestID>", b"</sr:RequestID><sr:FirstInSequence>maybe</sr:FirstInSequence>"),
        (b"<sr:ReadInstantaneousImportRegisters/>", b""),
        (b"sr:Header>", b"sr:Heading>"),
    ],
)
def test_what_is_no_request_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(DuisRefusal):
        read_request(changed(old, new))


def test_a_response_is_no_request() -> None:
    octets = compact(write_request(read_registers(ID))).replace(b"sr:Request ", b"sr:Response ")

    with pytest.raises(DuisRefusal, match="expected a Request"):
        read_request(parse_document(octets.replace(b"</sr:Request>", b"</sr:Response>")))
