"""What `hanlab gbcs decode` does once its words are read: a tree of what a message means."""

import json
import sys
from typing import Any, Final

import typer
from rich.console import Console
from rich.text import Text
from rich.tree import Tree as Branch

from emulator.gbcs.block_assembly import BLOCK_START, assemble, take_blocks
from emulator.gbcs.json_form.message import to_json
from emulator.gbcs.meaning.message import Knowledge, explain
from emulator.gbcs.meaning.tree import Tree, document
from emulator.gbcs.message_check import CheckedMessage, check_message
from emulator.gbcs.protection.message_protection import Check, Protection
from emulator.kernel.errors import UsageError, WireError
from emulator.lab.messages.block_decoding import blocks_document, blocks_tree
from emulator.lab.messages.message_input import read_message
from emulator.lab.messages.opened_blocks import opened_blocks
from emulator.wire.hexdump import hexdump

PASS: Final = 0
FAIL: Final = 1

_STYLES: Final = {Check.VALID: "green", Check.INVALID: "bold red", Check.UNCHECKED: "yellow"}


def decode_message(words: tuple[str, ...], keys: Protection | None, *, as_json: bool) -> int:
    """Tell what a message means, and give the exit status.

    Args:
        words: of the command line: a message, or the blocks of one.
        keys: to verify and decrypt with.
        as_json: whether to print one JSON document.

    Raises:
        UsageError: when there is no message.
    """
    pieces = [read_message(word, sys.stdin.buffer) for word in words]
    if any(each.startswith(BLOCK_START) for each in pieces):
        return _decode_blocks(b"".join(pieces), keys, as_json=as_json)
    if len(pieces) != 1:
        raise UsageError(f"{len(pieces)} messages: give one, or the blocks of one")
    return _decode_whole(pieces[0], keys, as_json=as_json)


def _decode_blocks(octets: bytes, keys: Protection | None, *, as_json: bool) -> int:
    """Tell what the message is that came in blocks, or what is missing of it."""
    try:
        found = take_blocks(octets)
    except WireError as fault:
        raise UsageError(f"no block: {fault}", hexdump(octets, mark=fault.offset)) from fault
    assembly = assemble(found)
    if assembly.octets is not None:
        if not as_json:
            typer.echo(f"put together from {len(assembly.blocks)} blocks")
        return _decode_whole(assembly.octets, keys, as_json=as_json)
    if as_json:
        typer.echo(json.dumps(blocks_document(found, assembly), indent=2))
    else:
        _print_tree(blocks_tree(found, assembly), Console())
    return PASS


def message_document(octets: bytes, keys: Protection | None) -> dict[str, Any]:
    """What a message means and what its protection is worth, as programs read it.

    Raises:
        UsageError: when the octets are no message.
    """
    checked = _checked(octets, keys)
    return _document(checked, _meaning(checked, keys), keys)


def print_message(octets: bytes, keys: Protection | None, console: Console) -> None:
    """Print what a message means and what its protection is worth, for people.

    Raises:
        UsageError: when the octets are no message.
    """
    checked = _checked(octets, keys)
    _print(checked, _meaning(checked, keys), console)


def _decode_whole(octets: bytes, keys: Protection | None, *, as_json: bool) -> int:
    checked = _checked(octets, keys)
    tree = _meaning(checked, keys)
    if as_json:
        typer.echo(json.dumps(_document(checked, tree, keys), indent=2, ensure_ascii=False))
    else:
        _print(checked, tree, Console())
    return FAIL if checked.findings else PASS


def _checked(octets: bytes, keys: Protection | None) -> CheckedMessage:
    checked = check_message(octets, keys)
    if checked.message is None:
        finding = checked.findings[0]
        raise UsageError(
            f"no message: {finding.field} at byte {finding.offset}: {finding.reason}",
            hexdump(octets, mark=finding.offset),
        )
    return checked


def _meaning(checked: CheckedMessage, keys: Protection | None) -> Tree | None:
    """What the message means, with the sensitive data that the keys open."""
    message, payload = checked.message, checked.payload
    if message is None or payload is None:
        return None
    if keys is None:
        return explain(message, payload)
    parties = {
        each.eui64: "device" if each.role is None else each.role.name.lower().replace("_", " ")
        for each in keys.keys
        if each.certificate is not None
    }
    return explain(message, payload, Knowledge(parties=parties, opened=_opened(checked, keys)))


def _opened(checked: CheckedMessage, keys: Protection | None) -> dict[bytes, bytes]:
    """The plaintext of every encrypted block that the keys open."""
    if checked.message is None or checked.payload is None:
        return {}
    return opened_blocks(checked.message, checked.payload, keys)


def _document(
    checked: CheckedMessage, tree: Tree | None, keys: Protection | None
) -> dict[str, Any]:
    message = checked.message
    return {
        "meaning": None if tree is None else document(tree),
        "document": None
        if message is None
        else to_json(message, checked.payload, _opened(checked, keys)),
        "signature": checked.signature.value,
        "mac": checked.mac.value,
        "identical": checked.identical,
        "findings": [
            {"field": each.field, "offset": each.offset, "reason": each.reason}
            for each in checked.findings
        ],
    }


def _print(checked: CheckedMessage, tree: Tree | None, console: Console) -> None:
    if tree is not None:
        _print_tree(tree, console)
    if checked.verification is not None:
        for name, outcome in (("signature", checked.signature), ("MAC", checked.mac)):
            if outcome is not Check.ABSENT:
                console.print(f"{name}: {outcome.value}", style=_STYLES[outcome])
    for finding in checked.findings:
        line = f"{finding.field} at byte {finding.offset}: {finding.reason}"
        console.print(Text(line, style="red"), soft_wrap=True)


def _print_tree(tree: Tree, console: Console) -> None:
    branch = Branch(_line(tree), guide_style="dim")
    _grow(branch, tree)
    console.print(branch)


def _grow(branch: Branch, tree: Tree) -> None:
    for child in tree.children:
        _grow(branch.add(_line(child)), child)


def _line(tree: Tree) -> Text:
    line = Text(tree.label, style="cyan")
    if tree.value:
        line.append(": ", style="dim")
        line.append(tree.value, style="default")
    return line
