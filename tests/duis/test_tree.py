import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.duis.document import parse_document
from emulator.duis.refusal import DuisRefusal
from emulator.duis.tree import DUIS_NAMESPACE, Node, compact, read_node, write_node

NAMES = st.sampled_from(["Header", "Body", "DeviceID", "Price"])
TEXTS = st.text("abc &<>'\"é", max_size=8).map(str.strip)
LEAVES = st.builds(Node, NAMES, TEXTS)
NODES = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        Node,
        NAMES,
        st.just(""),
        st.lists(inner, min_size=1, max_size=3).map(tuple),
        st.sampled_from([(), (("index", "1"),)]),
    ),
    max_leaves=8,
)


@given(NODES)
def test_what_is_written_is_read_again(node: Node) -> None:
    assert read_node(parse_document(compact(write_node(node)))) == node


def test_white_space_comments_and_signatures_are_not_kept() -> None:
    octets = (
        f'<Request xmlns="{DUIS_NAMESPACE}">\n <!-- said --> <Body/>\n'
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></Request>'
    ).encode()

    assert read_node(parse_document(octets)) == Node("Request", parts=(Node("Body"),))


@pytest.mark.parametrize(
    "octets", [b"<Request/>", f'<Request xmlns="{DUIS_NAMESPACE}">text<Body/></Request>'.encode()]
)
def test_other_namespaces_and_loose_text_are_refused(octets: bytes) -> None:
    with pytest.raises(DuisRefusal):
        read_node(parse_document(octets))


def test_parts_are_found_by_name() -> None:
    node = Node("Header", parts=(Node("RequestID", "1"),))

    assert node.said("RequestID") == "1"
    assert node.part("Body") is None
