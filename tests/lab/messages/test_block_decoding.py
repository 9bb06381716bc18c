from dataclasses import replace

from emulator.gbcs.block_assembly import assemble
from emulator.gbcs.block_transfer import Block, Route, RoutedBlock
from emulator.gbcs.envelope import Cra
from emulator.kernel.identity import Eui64
from emulator.lab.messages.block_decoding import blocks_document, blocks_tree

ROUTE = Route(Cra.RESPONSE, 7, Eui64(0x00DB1234567890A0), Eui64(0x90B3D51F30010000), 0x0019)
LAST = RoutedBlock(ROUTE, bytes(5), Block(3, b"\x01\x02", last=True, window=6))
ACKNOWLEDGEMENT = replace(LAST, block=Block(1, b"", streaming=True, acknowledged=2))


def test_each_block_has_a_line_and_what_is_missing_another() -> None:
    tree = blocks_tree((LAST, ACKNOWLEDGEMENT), assemble((LAST,)))

    said = {child.label: child.value for child in tree.children}
    assert tree.value.startswith("response of ECS01a")
    assert said["originator"] == "00-DB-12-34-56-78-90-A0"
    assert said["block 3"] == "2 octets, the last one, window 6, acknowledges up to 0"
    assert said["block 1"] == (
        "acknowledgement, more follow at once, window 0, acknowledges up to 2"
    )
    assert said["missing"] == "block 1, block 2"


def test_an_unknown_message_code_is_told_as_such() -> None:
    block = replace(LAST, route=replace(ROUTE, message_code=0xFFFF))

    assert blocks_tree((block,), assemble((block,))).value == "response of an unknown use case"


def test_document_says_the_same() -> None:
    document = blocks_document((LAST,), assemble((LAST,)))

    assert document["blocks"][0]["octets"] == 2
    assert (document["missing"], document["last"]) == ([1, 2], 3)
    assert (document["cra"], document["counter"]) == ("response", 7)
