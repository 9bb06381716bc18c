import asyncio
import socket

import pytest

from emulator.testing.served.http_visitor import HttpAnswer, HttpVisitor, http_post

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello"


async def visited(parts: list[bytes]) -> tuple[bytes, HttpAnswer]:
    """What a server got, and what a visitor made of what it said."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        host, port = listener.getsockname()
        visitor = await HttpVisitor.come(host, port)
        there, _ = listener.accept()
        with there:
            asked = visitor.ask(http_post("/a", b"body"))
            got = there.recv(4096)
            for each in parts:
                there.sendall(each)
                await asyncio.sleep(0.005)
            there.shutdown(socket.SHUT_WR)
            seconds, answer = await asked
            visitor.leave()
    assert seconds > 0
    return got, answer


def test_an_answer_is_whole_however_it_is_cut() -> None:
    got, answer = asyncio.run(visited([ANSWER[:9], ANSWER[9:40], ANSWER[40:]]))

    assert got.startswith(b"POST /a HTTP/1.1\r\n")
    assert got.endswith(b"Content-Length: 4\r\n\r\nbody")
    assert answer == HttpAnswer(200, b"hello")


def test_an_answer_without_a_body_has_its_status() -> None:
    _, answer = asyncio.run(visited([b"HTTP/1.1 204 No Content\r\n\r\n"]))

    assert answer == HttpAnswer(204, b"")


def test_a_connection_that_ends_too_early_is_told() -> None:
    with pytest.raises(ConnectionError):
        asyncio.run(visited([ANSWER[:-1]]))
