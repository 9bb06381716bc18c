"""What `hanlab gbcs check` and `decode` do once their words are read."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console
from rich.progress import track
from rich.text import Text
from rich.tree import Tree as Branch

from emulator.gbcs.envelope import Cra
from emulator.gbcs.meaning.message import Knowledge, explain
from emulator.gbcs.meaning.sensitive import encrypted_blocks
from emulator.gbcs.meaning.tree import Tree, document
from emulator.gbcs.message_check import CheckedMessage, check_message
from emulator.gbcs.protection.agreement import StoredKeyAgreement
from emulator.gbcs.protection.encryption import SensitiveData
from emulator.gbcs.protection.key_files import load_keys
from emulator.gbcs.protection.message_protection import Check, Protection
from emulator.gbcs.protection.refusal import MissingKeyError, ProtectionError
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import parse_eui64
from emulator.lab.message_input import message_files, parse_message, read_file, read_message
from emulator.lab.message_report import CheckReport
from emulator.wire.hexdump import hexdump

PASS: Final = 0
FAIL: Final = 1


def protection(keystore: Path, broker: str | None = None, at: str | None = None) -> Protection:
    """The keys of a folder, ready to verify with; its notes are told on stderr.

    Args:
        keystore: folder of certificates and keys.
        broker: EUI-64 of the access control broker; the only one of the folder unless given.
        at: day or moment, ISO 8601, at which certificates must be valid; None leaves it aside.

    Raises:
        UsageError: when there are no keys, or broker or moment are none.
    """
    moment = None if at is None else _moment(at)
    acting = None if broker is None else parse_eui64(broker)
    folder = load_keys(keystore)
    for note in folder.notes:
        typer.echo(f"note: {note}", err=True)
    return Protection(
        keys=folder.keys,
        agreement=StoredKeyAgreement(folder.keys),
        broker=acting,
        moment=moment,
        trusted_paths=moment is not None and bool(folder.keys.authorities),
    )


def check_files(path: Path, keys: Protection, *, as_json: bool) -> int:
    """Check the messages of a file or folder, tell what came of it, and give the exit status.

    Raises:
        UsageError: when there are no messages.
    """
    report = CheckReport()
    console = Console(stderr=True)
    files = message_files(path)
    for each in track(
        files, "checking", console=console, transient=True, disable=not console.is_terminal
    ):
        try:
            octets = parse_message(read_file(each.path), each.name)
        except UsageError as refusal:
            report.refuse(each.name, str(refusal).removeprefix(f"{each.name}: "))
            continue
        report.add(each.name, check_message(octets, keys))
    if as_json:
        typer.echo(json.dumps(report.document(), indent=2))
    else:
        report.print(Console())
    return PASS if report.passed else FAIL


def decode_message(word: str, keys: Protection | None, *, as_json: bool) -> int:
    """Tell what a message means, and give the exit status.

    Raises:
        UsageError: when there is no message.
    """
    octets = read_message(word, sys.stdin.buffer)
    checked = check_message(octets, keys)
    if checked.message is None:
        finding = checked.findings[0]
        raise UsageError(
            f"no message: {finding.field} at byte {finding.offset}: {finding.reason}",
            hexdump(octets, mark=finding.offset),
        )
    tree = _meaning(checked, keys)
    if as_json:
        typer.echo(json.dumps(_document(checked, tree), indent=2, ensure_ascii=False))
    else:
        _print(checked, tree, Console())
    return FAIL if checked.findings else PASS


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
    opened = {}
    if message.cra is not Cra.COMMAND:
        for block in encrypted_blocks(payload):
            try:
                opened[block] = SensitiveData(message, keys.agreement).decrypt(block)
            except (ProtectionError, MissingKeyError):
                continue
    return explain(message, payload, Knowledge(parties=parties, opened=opened))


def _document(checked: CheckedMessage, tree: Tree | None) -> dict[str, Any]:
    return {
        "message": None if tree is None else document(tree),
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
        branch = Branch(_line(tree), guide_style="dim")
        _grow(branch, tree)
        console.print(branch)
    if checked.verification is not None:
        for name, outcome in (("signature", checked.signature), ("MAC", checked.mac)):
            if outcome is not Check.ABSENT:
                console.print(f"{name}: {outcome.value}", style=_STYLES[outcome])
    for finding in checked.findings:
        line = f"{finding.field} at byte {finding.offset}: {finding.reason}"
        console.print(Text(line, style="red"), soft_wrap=True)


_STYLES: Final = {Check.VALID: "green", Check.INVALID: "bold red", Check.UNCHECKED: "yellow"}


def _grow(branch: Branch, tree: Tree) -> None:
    for child in tree.children:
        _grow(branch.add(_line(child)), child)


def _line(tree: Tree) -> Text:
    line = Text(tree.label, style="cyan")
    if tree.value:
        line.append(": ", style="dim")
        line.append(tree.value, style="default")
    return line


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"moment {text!r}: expected a date such as 2026-01-05") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
