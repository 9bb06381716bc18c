"""What `hanlab gbcs decode --mmc` prints: a device's answer as parse-and-correlate gives it."""

import sys

import typer
from lxml import etree

from emulator.duis.mmc import mmc_document
from emulator.kernel.errors import UsageError, WireError
from emulator.lab.message_input import read_message


def print_mmc(words: tuple[str, ...], srv: str) -> None:
    """Print a response in the form of the Message Mapping Catalogue.

    Args:
        words: of the command line: one response.
        srv: service reference variant of the request that it answers.

    Raises:
        UsageError: when there is not one response, or the variant is not known.
    """
    if len(words) != 1:
        raise UsageError(f"{len(words)} messages: --mmc is for one response")
    octets = read_message(words[0], sys.stdin.buffer)
    try:
        document = mmc_document(octets, srv)
    except WireError as fault:
        raise UsageError(f"no response: {fault}") from fault
    typer.echo(etree.tostring(document, pretty_print=True).decode().rstrip())
