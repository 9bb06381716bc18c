"""Every command has a server, every machine its place."""

from emulator.kernel.identity import Eui64
from hardware.ezsp.formats import Long
from hardware.ezsp.identifiers import Command
from hardware.ezsp.key_formats import ImportLinkKey
from tests.hardware.virtual.ezsp_bench import EzspBench

CALLBACKS = {each for each in Command if each.name.endswith("HANDLER") or "_HANDLER_" in each.name}
OTHERS = {Command.VERSION, Command.INVALID_COMMAND}


def test_every_command_that_is_named_is_served() -> None:
    bench = EzspBench().form()

    refused = {
        command
        for command in set(Command) - CALLBACKS - OTHERS
        if bench.raw(command, bytes(200)) == (Command.INVALID_COMMAND, b"\x31")
    }

    assert refused == set()


def test_a_link_key_of_the_host_reaches_the_stack() -> None:
    bench = EzspBench().form()

    told = bench.ask(Command.IMPORT_LINK_KEY, ImportLinkKey(0, Eui64(5), bytes(16)), Long)

    assert told.value == 0
