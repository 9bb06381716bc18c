"""Sockets in front of a home."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from emulator.bench.gfi_line.served_home import ServedHome
from emulator.bench.gfi_line.server import GfiServer
from emulator.bench.gfi_line.settings import GfiLineSettings
from emulator.gbcs.envelope import Message
from emulator.gbcs.gfi import GfiDecoder, GfiFault, GfiFrame, encode_gfi
from emulator.kernel.errors import EnvironmentFault
from emulator.testing.scenes.gfi_scene import command, served


@dataclass
class Running:
    """A server in a thread of its own, and what it told."""

    server: GfiServer
    thread: threading.Thread
    told: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def home() -> ServedHome:
    return served("ESME")


def started(home: ServedHome, connections: int, settings: GfiLineSettings) -> Running:
    told: list[str] = []
    server = GfiServer(home, ("127.0.0.1", 0), told.append, settings)
    thread = threading.Thread(target=server.serve, kwargs={"connections": connections})
    thread.start()
    return Running(server, thread, told)


@pytest.fixture
def running(home: ServedHome) -> Iterator[Running]:
    made = started(home, 3, GfiLineSettings(connections=3))
    address = made.server.address
    yield made
    for _ in range(3):
        try:
            socket.create_connection(address).close()
        except OSError:
            break
    made.thread.join(10)
    assert not made.thread.is_alive()


def asked(line: socket.socket, counter: int) -> Message:
    """The answer to a command, through this line."""
    line.sendall(encode_gfi(GfiFrame(command(counter).encode())))
    decoder = GfiDecoder()
    line.settimeout(20)
    while True:
        for found in decoder.feed(line.recv(4096)):
            assert not isinstance(found, GfiFault)
            message = Message.decode(found.octets)
            if message.counter == counter:
                return message


def test_each_line_gets_its_own_answers_and_garbage_stops_none(running: Running) -> None:
    address = running.server.address
    with socket.create_connection(address) as one, socket.create_connection(address) as other:
        one.sendall(b"\xff\x00garbage\r\nGBCS:DATA#0:9:00\r\n" + bytes(9000) + b"\n")

        assert asked(other, 101).counter == 101
        assert asked(one, 102).counter == 102
        one.sendall(b"GBCS:DATA#0:")

    running.thread.join(0.5)
    odd = [line for line in running.told if "left aside" in line]
    assert running.server.tally.odd >= 3
    assert any("expected GBCS:DATA#" in line for line in odd)


def test_a_line_too_many_is_refused_in_words(running: Running) -> None:
    address = running.server.address
    with ExitStack() as lines:
        *_, last = (lines.enter_context(socket.create_connection(address)) for _ in range(4))
        last.settimeout(10)

        assert last.recv(1) == b""

        assert any("refused, 3 lines are open" in line for line in running.told)


def test_who_does_not_read_is_dropped(home: ServedHome) -> None:
    made = started(home, 1, GfiLineSettings(unsent=100))
    with socket.create_connection(made.server.address) as line:
        line.sendall(encode_gfi(GfiFrame(command(103).encode())))
        made.thread.join(20)

    assert not made.thread.is_alive()
    assert any("it does not read" in line for line in made.told)


def test_a_port_in_use_is_told(home: ServedHome) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(EnvironmentFault, match="Address already in use"),
    ):
        GfiServer(home, taken.getsockname(), print)
