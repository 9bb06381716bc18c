import socket
import threading
from collections.abc import Sequence

import pytest

from emulator.testing.served.http_visitor import HttpAnswer, HttpVisitor, ask_at_once, http_post

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello"


def visited(*parts: Sequence[bytes], patience: float = 5.0) -> tuple[list[bytes], list[HttpAnswer]]:
    """What a server got from each visitor, and what each made of the parts that it answered."""
    got: list[bytes] = []
    enough = threading.Event()

    def serve(listener: socket.socket) -> None:
        lines = [listener.accept()[0] for _ in parts]
        for line, answers in zip(lines, parts, strict=True):
            got.append(line.recv(4096))
            for each in answers:
                line.sendall(each)
                enough.wait(0.005)
        for line in lines:
            if patience >= 1.0:
                line.shutdown(socket.SHUT_WR)
        enough.wait(5.0)
        for line in lines:
            line.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        host, port = listener.getsockname()
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        visitors = [HttpVisitor(host, port) for _ in parts]
        try:
            requests = [http_post(f"/{number}", b"body") for number in range(len(parts))]
            taken = ask_at_once(visitors, requests, patience)
        finally:
            enough.set()
            thread.join()
            for each in visitors:
                each.__exit__()
    assert all(seconds > 0 for seconds, _ in taken)
    return got, [answer for _, answer in taken]


def test_an_answer_is_whole_however_it_is_cut() -> None:
    got, answers = visited([ANSWER[:9], ANSWER[9:40], ANSWER[40:]])

    assert got[0].startswith(b"POST /0 HTTP/1.1\r\n")
    assert got[0].endswith(b"Content-Length: 4\r\n\r\nbody")
    assert answers == [HttpAnswer(200, b"hello")]


def test_each_visitor_gets_the_answer_to_its_own_question() -> None:
    other = ANSWER.replace(b"hello", b"again")
    got, answers = visited([ANSWER], [b"HTTP/1.1 204 No Content\r\n\r\n"], [other])

    assert [each.split(b" ")[1] for each in got] == [b"/0", b"/1", b"/2"]
    assert answers == [HttpAnswer(200, b"hello"), HttpAnswer(204, b""), HttpAnswer(200, b"again")]


def test_a_connection_that_ends_too_early_is_told() -> None:
    with pytest.raises(ConnectionError):
        visited([ANSWER[:-1]])


def test_an_answer_that_does_not_come_is_not_waited_for_without_end() -> None:
    with pytest.raises(TimeoutError, match="1 of 2 answers"):
        visited([ANSWER], [ANSWER[:-1]], patience=0.1)
