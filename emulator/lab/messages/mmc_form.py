"""What `hanlab gbcs decode --mmc` prints: an answer or alert as parse-and-correlate gives it."""

import sys

import typer
from lxml import etree

from emulator.duis.mmc.alert import alert_document
from emulator.duis.mmc.document import mmc_document
from emulator.gbcs.envelope import Cra, Message
from emulator.gbcs.payload import decode_payload
from emulator.gbcs.protection.message_protection import Protection
from emulator.kernel.errors import UsageError, WireError
from emulator.lab.messages.message_input import read_message
from emulator.lab.messages.opened_blocks import opened_blocks


def print_mmc(words: tuple[str, ...], srv: str, keys: Protection | None = None) -> None:
    """Print a response or an alert in the form of the Message Mapping Catalogue.

    Args:
        words: of the command line: one message.
        srv: service reference variant of the request that a response answers; alerts have none.
        keys: to open sensitive data with.

    Raises:
        UsageError: when there is not one response or alert, or the variant is not known.
    """
    if len(words) != 1:
        raise UsageError(f"{len(words)} messages: --mmc is for one response or alert")
    octets = read_message(words[0], sys.stdin.buffer)
    try:
        document = _document(octets, srv, keys)
    except WireError as fault:
        raise UsageError(f"no response or alert: {fault}") from fault
    typer.echo(etree.tostring(document, pretty_print=True).decode().rstrip())


def _document(octets: bytes, srv: str, keys: Protection | None) -> etree._Element:
    message = Message.decode(octets)
    opened = opened_blocks(message, decode_payload(message), keys)
    if message.cra is Cra.ALERT:
        return alert_document(octets, opened)
    return mmc_document(octets, srv, opened)
