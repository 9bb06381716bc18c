import socket
from collections.abc import Iterator

import pytest

from emulator.lab.serving.bounded_heads import LARGEST_HEAD
from emulator.lab.serving.doors import Door, Doors, listen
from tests.lab.serving.test_doors import application

START = b"GET / HTTP/1.1\r\nHost: hanlab\r\n"


@pytest.fixture
def port() -> Iterator[int]:
    listener = listen("127.0.0.1", 0, "--port")
    doors = Doors([Door(application("here"), listener)])
    yield listener.getsockname()[1]
    doors.close()


def answer(line: socket.socket) -> bytes:
    line.settimeout(5)
    came = b""
    while b"\r\n\r\n" not in came or not came.endswith((b"here", b"headers")):
        piece = line.recv(4096)
        if not piece:
            break
        came += piece
    return came


@pytest.mark.parametrize("endless", [START + b"X: ", START, b"GET /"])
def test_a_head_without_end_is_no_request(port: int, endless: bytes) -> None:
    piece = b"X: a\r\n" * 1000 if endless == START else b"a" * 6000
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(endless)
        for _ in range(LARGEST_HEAD // len(piece) + 1):
            line.sendall(piece)
        came = answer(line)

    assert came.startswith(b"HTTP/1.1 400 ")
    assert b"at most 65536 octets" in came


def test_heads_of_many_requests_on_one_line_are_bounded_one_by_one(port: int) -> None:
    whole = START + b"X: " + b"a" * 30_000 + b"\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as line:
        for _ in range(4):
            for start in range(0, len(whole), 10_000):
                line.sendall(whole[start : start + 10_000])

            assert answer(line).startswith(b"HTTP/1.1 200 ")


def test_a_long_body_is_no_part_of_the_head_behind_it(port: int) -> None:
    body = b"a" * (LARGEST_HEAD + 1)
    whole = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(whole + START[:5])
        line.sendall(START[5:] + b"\r\n")

        assert b"HTTP/1.1 200 " in answer(line)
