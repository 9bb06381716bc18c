"""The socket of one who plays GFI."""

import socket
import threading

import pytest

from emulator.bench.gfi_line.caller import Answered
from emulator.bench.gfi_line.client import GfiClient, parse_line
from emulator.bench.gfi_line.server import GfiServer
from emulator.kernel.errors import EnvironmentFault, UsageError
from emulator.testing.scenes.gfi_scene import command, served


@pytest.mark.parametrize("text", ["", "47341", "host:", ":1", "host:70000", "host:0", "host:x"])
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="expected HOST:PORT"):
        parse_line(text)


def test_a_line_is_a_host_and_a_port() -> None:
    assert parse_line("127.0.0.1:47341") == ("127.0.0.1", 47341)
    assert parse_line("[::1]:80") == ("::1", 80)


def test_nobody_listening_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        address = gone.getsockname()

    with pytest.raises(EnvironmentFault, match="nobody listens"):
        GfiClient(address, patience=0.3)


def test_a_line_that_is_closed_is_told() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        GfiClient(server.getsockname()) as client,
    ):
        server.accept()[0].close()
        with pytest.raises(EnvironmentFault, match="closed the line"):
            list(client.listen(5.0, lambda: False))


def test_it_listens_until_everything_is_answered_and_no_longer_than_told() -> None:
    server = GfiServer(served("ESME"), ("127.0.0.1", 0), lambda _: None)
    thread = threading.Thread(target=server.serve, kwargs={"connections": 1})
    thread.start()
    with GfiClient(server.address) as client:
        sent = list(client.do(client.caller.send(command(5), client.now)))
        came = list(client.listen(30.0, lambda: not client.caller.waiting))
        more = list(client.listen(0.2, lambda: False))
    thread.join(10)

    assert (sent, more) == ([], [])
    assert [each.ours for each in came if isinstance(each, Answered)] == [True]
