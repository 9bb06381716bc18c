"""What `hanlab gbcs decode` tells of blocks that are not a whole message."""

from typing import Any

from emulator.gbcs.block_assembly import Assembly
from emulator.gbcs.block_transfer import RoutedBlock
from emulator.gbcs.meaning.tree import Tree
from emulator.gbcs.use_cases.catalogue import known_use_case
from emulator.kernel.identity import format_eui64


def blocks_tree(found: tuple[RoutedBlock, ...], assembly: Assembly) -> Tree:
    """The blocks of one message, and which are missing.

    Args:
        found: every block there is, acknowledgements included.
        assembly: what they are together.
    """
    route = found[0].route
    known = known_use_case(route.message_code)
    title = f"{route.cra.name.lower()} of {known or 'an unknown use case'}"
    children = [
        Tree("message code", f"{route.message_code:04X}"),
        Tree("originator", format_eui64(route.originator)),
        Tree("recipient", format_eui64(route.recipient)),
        Tree("originator counter", str(route.counter)),
        *map(_block_tree, found),
        Tree("missing", _missing(assembly)),
    ]
    return Tree("blocks", title, tuple(children))


def blocks_document(found: tuple[RoutedBlock, ...], assembly: Assembly) -> dict[str, Any]:
    """The same as a JSON document."""
    route = found[0].route
    return {
        "message_code": f"{route.message_code:04X}",
        "cra": route.cra.name.lower(),
        "counter": route.counter,
        "originator": format_eui64(route.originator),
        "recipient": format_eui64(route.recipient),
        "blocks": [
            {
                "number": each.block.number,
                "last": each.block.last,
                "streaming": each.block.streaming,
                "window": each.block.window,
                "acknowledged": each.block.acknowledged,
                "octets": len(each.block.data),
            }
            for each in found
        ],
        "missing": list(assembly.missing),
        "last": assembly.last,
    }


def _block_tree(routed: RoutedBlock) -> Tree:
    block = routed.block
    says = [f"{len(block.data)} octets"] if block.data else ["acknowledgement"]
    if block.last and block.data:
        says.append("the last one")
    if block.streaming:
        says.append("more follow at once")
    says += [f"window {block.window}", f"acknowledges up to {block.acknowledged}"]
    return Tree(f"block {block.number}", ", ".join(says))


def _missing(assembly: Assembly) -> str:
    told = [f"block {number}" for number in assembly.missing]
    if assembly.last is None:
        told.append("the last block")
    return ", ".join(told)
